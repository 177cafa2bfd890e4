"""The server that `start` runs, with the very same options, and the peers behind it: `… serving PORT`."""

import sys
from typing import Any

from granian import Granian

from sgoffice.running import web_server


class WithPeers(Granian):
    """Granian over the register and its peers, whatever application it is given."""

    def __init__(self, target: str, **options: Any) -> None:
        super().__init__("tests.bench.peers.wsgi:application", **options)


if __name__ == "__main__":
    web_server.Granian = WithPeers
    web_server.serve("127.0.0.1", int(sys.argv[1]))
