"""One request to the API and its answer; a refusal is the sentence of its problem detail."""

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from sgoffice.terminal.credentials import Credentials

_API = "/api/v1"
_PATIENCE = 60
_LOOPBACK = {"localhost", "127.0.0.1", "::1"}


class Refused(Exception):
    """The register refused a request, or cannot be reached; the text says what to do."""


class _NoRedirections(HTTPRedirectHandler):
    """A token never follows to another address; a merged record says where it went."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


_opener = build_opener(_NoRedirections)


@dataclass(frozen=True)
class Register:
    """The register of a signed-in user."""

    credentials: Credentials

    def get(self, path: str, **query: object) -> Any:
        """Return an answer; query parameters that are None are left out."""
        given = urlencode({name: value for name, value in query.items() if value is not None})
        return self._ask("GET", f"{path}?{given}" if given else path)

    def post(self, path: str, body: Mapping[str, object], **headers: str) -> Any:
        """Send a body and return the answer; sent again after a broken connection, it is entered once."""
        sent = {"Content-Type": "application/json", "Idempotency-Key": uuid.uuid4().hex, **headers}
        return self._ask("POST", path, json.dumps(body).encode(), sent)

    def send_file(self, path: str, file: Path) -> Any:
        """Send a file in a form."""
        edge = uuid.uuid4().hex
        name = file.name.replace("\\", "").replace('"', "").replace("\r", "").replace("\n", "")
        head = f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
        body = head.encode() + b"Content-Type: application/octet-stream\r\n\r\n" + file.read_bytes()
        body += f"\r\n--{edge}--\r\n".encode()
        return self._ask("POST", path, body, {"Content-Type": f"multipart/form-data; boundary={edge}"})

    def _ask(self, method: str, path: str, body: bytes | None = None, headers: Mapping[str, str] | None = None) -> Any:
        address = checked_address(self.credentials.address)
        given = {"Authorization": f"Bearer {self.credentials.token}", "Accept": "application/json", **(headers or {})}
        request = Request(f"{address}{_API}{path}", data=body, headers=given, method=method)  # noqa: S310 - checked_address
        try:
            with _opener.open(request, timeout=_PATIENCE) as answer:
                return json.loads(answer.read())
        except HTTPError as error:
            raise Refused(_reason(error)) from None
        except (URLError, HTTPException, OSError, ValueError) as error:
            reason = getattr(error, "reason", error)
            message = f"{address} does not answer ({reason}): try again, or ask whether the register is up."
            raise Refused(message) from None


def checked_address(address: str) -> str:
    """Return the address without its end; raises Refused for one by which a token would be read on its way."""
    parts = urlsplit(address)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOOPBACK):
        message = f"{address}: write the address of the register with https://."
        raise Refused(message)
    return address.rstrip("/")


def _reason(error: HTTPError) -> str:
    """Return what a problem detail says: its sentence, and each field with what is wrong about it."""
    try:
        told = json.loads(error.read())
        fields = [f"  {one.get('pointer', '')}: {one.get('detail', '')}" for one in told.get("errors", ())]
        return "\n".join([str(told.get("detail") or told.get("title")), *fields])
    except (ValueError, AttributeError):
        return f"The register answers {error.code}: try again, or ask whether it is up."
