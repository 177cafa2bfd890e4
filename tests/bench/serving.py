"""The server that `start` runs, with the very same options, and the peers behind it: `… serving PORT`."""

import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sgoffice.settings")

from sgoffice.running.web_server import serve

if __name__ == "__main__":
    serve("127.0.0.1", int(sys.argv[1]), application="tests.bench.peers.wsgi:application")
