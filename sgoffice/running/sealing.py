"""Files that only who has a private key can read, in the format of age: its own programs read them too.

The machine of the register needs the public key alone, so that whoever takes its disk reads no backup.
"""

import os
from pathlib import Path

from pyrage import IdentityError, RecipientError
from pyrage.x25519 import Identity, Recipient

from sgoffice.settings.environment import read_environment

_HEAD = b"age-encryption.org/v1\n"
_PRIVATE = "AGE-SECRET-KEY-"


class UnusableSeal(Exception):
    """A key cannot be used; the text says which, and what to do."""


def recipients() -> list[Recipient]:
    """Return the public keys that a setting names; none: nothing is encrypted. Raises UnusableSeal."""
    given = [key.strip() for key in read_environment().sgoffice_backup_recipients.split(",") if key.strip()]
    try:
        return [Recipient.from_str(key) for key in given]
    except RecipientError as error:
        message = (
            "SGOFFICE_BACKUP_RECIPIENTS names public keys of age, age1…, separated by commas. `manage.py "
            "backup_identity FILE` makes one."
        )
        raise UnusableSeal(message) from error


def is_sealed(file: Path) -> bool:
    """Tell whether a file is encrypted."""
    with file.open("rb") as content:
        return content.read(len(_HEAD)) == _HEAD


def identities(file: Path | None) -> list[Identity]:
    """Return the private keys of a file as age writes them. Raises UnusableSeal."""
    if file is None:
        message = (
            "It is encrypted: name the file with the private key in --identity. Do that where the key is kept, best "
            "not on the machine that serves."
        )
        raise UnusableSeal(message)
    try:
        lines = file.read_text(encoding="utf-8").split()
        found = [Identity.from_str(line) for line in lines if line.startswith(_PRIVATE)]
    except (OSError, UnicodeDecodeError, IdentityError) as error:
        message = f"{file} cannot be read as a private key: {error}"
        raise UnusableSeal(message) from error
    if not found:
        message = f"{file} has no private key of age: a line that begins with {_PRIVATE}."
        raise UnusableSeal(message)
    return found


def make_identity(file: Path) -> str:
    """Write a new private key to a new file that only this user can read; return its public key."""
    made = Identity.generate()
    public = str(made.to_public())
    try:
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as output:
            output.write(f"# public key: {public}\n{made}\n")
    except OSError as error:
        message = f"{file} cannot be written: {error.strerror}"
        raise UnusableSeal(message) from error
    return public
