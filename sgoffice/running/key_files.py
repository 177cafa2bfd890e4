"""The keys of a register in one file, apart from backups: who has both can forge cursors, sign-ins and checkpoints."""

import json
import os
import time
from pathlib import Path

import pyrage
from django.conf import settings

from sgoffice.running import sealing

_KEYS = ("secret_key", "checkpoint_key")


class KeysNotKept(Exception):
    """Nothing was written; the text says why."""


def keep(file: Path) -> list[str]:
    """Write the keys of this machine to a new file that only this user can read; return which. Raises KeysNotKept.

    Where a setting names public keys for backups, the file is encrypted to them.
    """
    kept = {"secret_key": settings.SECRET_KEY}
    signing = Path(settings.CHECKPOINT_KEY)
    if signing.exists():
        kept["checkpoint_key"] = signing.read_text(encoding="utf-8")
    text = json.dumps(kept, indent=1).encode()
    try:
        public = sealing.recipients()
    except sealing.UnusableSeal as error:
        raise KeysNotKept(str(error)) from error
    _write(file, pyrage.encrypt(text, public) if public else text)
    return list(kept)


def put_back(file: Path, state: Path, identity: Path | None = None) -> list[str]:
    """Put keys back where this machine looks for them, and set others aside; return which. Raises KeysNotKept."""
    try:
        kept = json.loads(_read(file, identity))
        places = {"secret_key": state / "secret_key", "checkpoint_key": Path(settings.CHECKPOINT_KEY)}
        wanted = {places[name]: str(kept[name]) for name in _KEYS if name in kept}
    except (OSError, ValueError, TypeError, sealing.UnusableSeal, pyrage.DecryptError) as error:
        message = f"{file} cannot be read as keys: {error}"
        raise KeysNotKept(message) from error
    for place, text in wanted.items():
        if place.exists() and place.read_text(encoding="utf-8") == text:
            continue
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if place.exists():  # a machine makes one of its own as soon as any command runs
            place.rename(place.with_name(f"{place.name}.replaced-{int(time.time())}"))
        _write(place, text.encode())
    return [place.name for place in wanted]


def _read(file: Path, identity: Path | None) -> bytes:
    content = file.read_bytes()
    return pyrage.decrypt(content, sealing.identities(identity)) if sealing.is_sealed(file) else content


def _write(place: Path, content: bytes) -> None:
    try:
        with os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
    except OSError as error:
        message = f"{place} cannot be written: {error.strerror}"
        raise KeysNotKept(message) from error
