"""Secrets that the register itself must read back: sealed with a key made of the installation's own."""

import base64

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


def seal(secret: bytes) -> bytes:
    """Encrypt a secret, so that whoever holds a copy of the database alone cannot use it."""
    return _sealer().encrypt(secret)


def unseal(sealed: bytes | memoryview) -> bytes | None:
    """Return what was sealed; None if the key of the installation is another one since."""
    try:
        return _sealer().decrypt(bytes(sealed))
    except InvalidToken:
        return None


def _sealer() -> Fernet:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"sgoffice.accounts.sealing")
    return Fernet(base64.urlsafe_b64encode(derived.derive(settings.SECRET_KEY.encode())))
