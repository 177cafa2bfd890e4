"""The WSGI application of each worker of `start`; the worker ends with its parent."""

import os
import signal

from django.core.wsgi import get_wsgi_application

from sgoffice.running.web_server import end_with_parent, send_whole_bodies

# a SIGTERM while loading ends the worker: the server's handler would wait for a loop that has not started
_handler = signal.signal(signal.SIGTERM, signal.SIG_DFL)
end_with_parent(os.getppid())
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sgoffice.settings")
application = send_whole_bodies(get_wsgi_application())
signal.signal(signal.SIGTERM, _handler)
