"""The key that signs checkpoints: Ed25519, in a file of the installation and never in the database."""

from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey


class UnusableKey(Exception):
    """A key that cannot be read or created; the text says what to do."""


def private_key(place: Path) -> Ed25519PrivateKey:
    """Return the key in a PEM file, created on first use and readable by its user only. Raises UnusableKey."""
    try:
        if not place.exists():
            _create(place)
        key = serialization.load_pem_private_key(place.read_bytes(), password=None)
    except (OSError, ValueError, TypeError) as error:
        message = f"The key in {place} cannot be used ({error}): set SGOFFICE_CHECKPOINT_KEY to a file of this user."
        raise UnusableKey(message) from error
    if not isinstance(key, Ed25519PrivateKey):
        message = f"The key in {place} is no Ed25519 key: make one with `openssl genpkey -algorithm ed25519`."
        raise UnusableKey(message)
    return key


def public_key(place: Path) -> Ed25519PublicKey:
    """Return the public key in a PEM file. Raises UnusableKey."""
    try:
        key = serialization.load_pem_public_key(place.read_bytes())
    except (OSError, ValueError) as error:
        message = f"{place} holds no public key ({error}): take checkpoint_key.pub from the installation."
        raise UnusableKey(message) from error
    if not isinstance(key, Ed25519PublicKey):
        message = f"The key in {place} is no Ed25519 key: take checkpoint_key.pub from the installation."
        raise UnusableKey(message)
    return key


def is_signed(by: Ed25519PublicKey, signature: bytes, text: bytes) -> bool:
    """Tell whether this key signed the text."""
    try:
        by.verify(signature, text)
    except InvalidSignature:
        return False
    return True


def _create(place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    key = Ed25519PrivateKey.generate()
    text = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    with NamedTemporaryFile(dir=place.parent, prefix=".") as file:  # of this thread alone, and of its user alone
        file.write(text)
        file.flush()
        with suppress(FileExistsError):  # another one was first: its key counts
            place.hardlink_to(file.name)
            place.with_suffix(".pub").write_bytes(
                key.public_key().public_bytes(
                    serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
                )
            )
