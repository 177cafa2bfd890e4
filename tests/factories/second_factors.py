"""An authenticator app and a passkey, made of their standards (RFC 6238, WebAuthn), not of the register's own code."""

import base64
import hashlib
import hmac
import json
import struct
import time
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2 import cbor

from sgoffice.accounts import services
from sgoffice.accounts.models import User

ORIGIN = services.Origin("https://register.example.org", "register.example.org")


def code_of(key: str, at: float | None = None) -> str:
    """What an app shows for a key that was typed."""
    step = int((time.time() if at is None else at) // 30)
    mac = hmac.digest(base64.b32decode(key), struct.pack(">Q", step), "sha1")
    start = mac[-1] & 15
    return f"{(int.from_bytes(mac[start : start + 4]) & 0x7FFFFFFF) % 10**6:06}"


def with_app(user: User, at: Any) -> tuple[User, str, list[str]]:
    """Somebody with an app that was set up at an instant: the key in it, and the recovery codes."""
    secret = services.new_app_secret()
    key = services.key_to_type(secret)
    codes = services.add_app(user, name="Telephone", secret=secret, code=code_of(key, at.timestamp()), at=at)
    user.refresh_from_db()
    return user, key, codes


@dataclass
class Passkey:
    """A security key with one credential."""

    origin: str = ORIGIN.address
    host: str = ORIGIN.host
    count: int = 1
    id: bytes = b"one credential of a security key"
    key: Any = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def make(self, asked: dict[str, Any]) -> dict[str, Any]:
        """What a browser answers to navigator.credentials.create()."""
        numbers = self.key.public_key().public_numbers()
        public = {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32), -3: numbers.y.to_bytes(32)}
        attested = bytes(16) + struct.pack(">H", len(self.id)) + self.id + cbor.encode(public)
        made = cbor.encode({"fmt": "none", "attStmt": {}, "authData": self._data(0x45) + attested})
        return self._answer({"clientDataJSON": _text(self._said("create", asked)), "attestationObject": _text(made)})

    def use(self, asked: dict[str, Any]) -> dict[str, Any]:
        """What a browser answers to navigator.credentials.get()."""
        self.count += 1
        said, data = self._said("get", asked), self._data(0x05)
        signature = self.key.sign(data + hashlib.sha256(said).digest(), ec.ECDSA(SHA256()))
        shown = {"clientDataJSON": said, "authenticatorData": data, "signature": signature}
        return self._answer({name: _text(value) for name, value in shown.items()})

    def _said(self, what: str, asked: dict[str, Any]) -> bytes:
        said = {"type": f"webauthn.{what}", "challenge": asked["challenge"], "origin": self.origin}
        return json.dumps(said).encode()

    def _data(self, flags: int) -> bytes:
        return hashlib.sha256(self.host.encode()).digest() + bytes([flags]) + struct.pack(">I", self.count)

    def _answer(self, response: dict[str, str]) -> dict[str, Any]:
        return {"id": _text(self.id), "rawId": _text(self.id), "type": "public-key", "response": response}


def _text(given: bytes) -> str:
    return base64.urlsafe_b64encode(given).rstrip(b"=").decode()
