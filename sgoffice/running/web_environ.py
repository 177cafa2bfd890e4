"""The WSGI environment (PEP 3333) of a request that granian's loop has read."""

import sys
from io import BytesIO
from typing import Any

from sgoffice.api.refusals import REFUSAL
from sgoffice.running.web_bodies import Body


def environ_of(scope: Any, body: Body) -> dict[str, Any]:
    """Return the environment. Header names with `_` are left out: they would pass for those with `-`."""
    host, _, port = scope.server.rpartition(":")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": _latin(scope.path),
        "QUERY_STRING": _latin(scope.query_string),
        "SERVER_NAME": host,
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": scope.client.rpartition(":")[0].strip("[]"),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": BytesIO(body.content),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for name in scope.headers.keys():  # noqa: SIM118 - not a dictionary: it cannot be iterated over
        if "_" not in name:
            separator = "; " if name == "cookie" else ","
            environ[f"HTTP_{name.upper().replace('-', '_')}"] = separator.join(scope.headers.get_all(name))
    environ["CONTENT_TYPE"] = environ.pop("HTTP_CONTENT_TYPE", "")
    environ.pop("HTTP_CONTENT_LENGTH", None)
    environ.pop("HTTP_TRANSFER_ENCODING", None)
    environ["CONTENT_LENGTH"] = str(body.length or "")
    if body.refusal:
        environ[REFUSAL] = body.refusal
    return environ


def _latin(text: str) -> str:
    return text.encode().decode("latin-1")
