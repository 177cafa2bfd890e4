"""What each worker of `start` loads: the application, in a process that ends with the one that started it."""

import os
import signal

from django.core.wsgi import get_wsgi_application

from sgoffice.running.web_server import end_with_parent, send_whole_bodies

# told to end while it loads, it ends: the server's own handler would wait for a loop that has not begun
_handler = signal.signal(signal.SIGTERM, signal.SIG_DFL)
end_with_parent(os.getppid())
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sgoffice.settings")
application = send_whole_bodies(get_wsgi_application())
signal.signal(signal.SIGTERM, _handler)
