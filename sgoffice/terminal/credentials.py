"""Where the address of the register and the token are kept: in a file that nobody else may read."""

import json
import os
from dataclasses import dataclass
from pathlib import Path

_PRIVATE, _PRIVATE_FOLDER = 0o600, 0o700


class NotSignedIn(Exception):
    """There is no token yet, or it cannot be used; the text says what to do."""


@dataclass(frozen=True)
class Credentials:
    """The register and the token of its user."""

    address: str
    token: str


def file_of_credentials() -> Path:
    """Return where they are kept (XDG Base Directory)."""
    home = os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config"
    return Path(home) / "sgo" / "credentials.json"


def keep(credentials: Credentials) -> Path:
    """Keep them for this user alone; the file is private before anything is in it, and whole or the former one."""
    path = file_of_credentials()
    path.parent.mkdir(parents=True, exist_ok=True, mode=_PRIVATE_FOLDER)
    beside = path.with_suffix(f".{os.getpid()}")
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE), "w", encoding="utf-8") as file:
        json.dump({"address": credentials.address, "token": credentials.token}, file)
    beside.replace(path)
    return path


def kept() -> Credentials:
    """Return what was kept; raises NotSignedIn."""
    path = file_of_credentials()
    try:
        if path.stat().st_mode & 0o077:
            message = f"Others may read {path}: run `chmod 600 {path}`, and make a new token if somebody did."
            raise NotSignedIn(message)
        told = json.loads(path.read_text(encoding="utf-8"))
        return Credentials(told["address"], told["token"])
    except (OSError, ValueError, KeyError, TypeError):
        message = "Sign in first: sgo login https://register.example.org"
        raise NotSignedIn(message) from None
