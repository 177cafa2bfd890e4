"""The folder of the site: a new one is written whole beside the one that is served, and takes its place in one step."""

import fcntl
import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

#: What a web server serves: a link to the newest whole site.
CURRENT = "current"
_LOCK, _NEW = ".lock", ".new-"
_SITE = re.compile(r"site-[0-9a-f]{16}")
_READABLE = 0o755


@dataclass(frozen=True)
class Folder:
    """Where the site stands, and whether it was written anew."""

    site: Path
    is_new: bool


def write_site(folder: Path, files: Mapping[str, bytes]) -> Folder:
    """Write a site so that `current` is always a whole one, whenever this is stopped; the former one is deleted.

    The same site again writes nothing. Two that write at once take turns.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with _alone_in(folder):
        site, current = folder / f"site-{_digest_of(files)}", folder / CURRENT
        is_new = not (current.is_symlink() and current.resolve() == site.resolve() and site.is_dir())
        if is_new:
            beside = _write_beside(folder, files)
            shutil.rmtree(site, ignore_errors=True)
            beside.rename(site)
            _point(current, site)
        _clear(folder, keep=site)
    return Folder(site, is_new)


def _digest_of(files: Mapping[str, bytes]) -> str:
    found = hashlib.sha256()
    for name, content in sorted(files.items()):
        found.update(f"{name}\0{len(content)}\0".encode())
        found.update(content)
    return found.hexdigest()[:16]


def _write_beside(folder: Path, files: Mapping[str, bytes]) -> Path:
    beside = Path(tempfile.mkdtemp(prefix=_NEW, dir=folder))
    for name, content in files.items():
        path = beside / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    beside.chmod(_READABLE)
    return beside


def _point(current: Path, site: Path) -> None:
    """Let `current` lead to the site; a link is replaced in one step."""
    new = current.with_name(f"{_NEW}link")
    new.unlink(missing_ok=True)
    new.symlink_to(site.name)
    new.replace(current)


def _clear(folder: Path, *, keep: Path) -> None:
    """Delete former sites, which say what was withdrawn since, and what was begun and never finished."""
    for path in folder.iterdir():
        if path == keep or path.is_symlink() or not path.is_dir():
            continue
        if _SITE.fullmatch(path.name) or path.name.startswith(_NEW):
            shutil.rmtree(path, ignore_errors=True)


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    with (folder / _LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
