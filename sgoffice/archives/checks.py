"""Open an archive and refuse it: one that is damaged, of a newer version, or of another shape."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

import orjson

from sgoffice import __version__
from sgoffice.archives.packages import PackageFailed
from sgoffice.archives.writing import FORMAT
from sgoffice.exports.packages import MANIFEST, Member

_PIECE = 1 << 20


@dataclass(frozen=True)
class Archive:
    """An archive whose files are those that its manifest tells of."""

    place: str
    files: ZipFile
    manifest: dict[str, Any]
    digest: str

    def lines(self, path: str) -> Iterator[tuple[int, Any]]:
        """Yield the lines of a file with their numbers; none if there is no such file. Raises PackageFailed."""
        if path not in self.files.namelist():
            return
        with self.files.open(path) as file:
            for number, line in enumerate(file, 1):
                try:
                    yield number, orjson.loads(line)
                except orjson.JSONDecodeError as error:
                    message = f"{self.place}: line {number} of {path} is no JSON."
                    raise PackageFailed(message) from error

    def digest_of(self, path: str) -> str:
        """Return the digest of a file as the manifest has it."""
        return next((str(one["sha256"]) for one in self.manifest["files"] if one["path"] == path), "")


@contextmanager
def opened(place: Path) -> Iterator[Archive]:
    """Open an archive, all of it checked against its manifest. Raises PackageFailed with what to do."""
    try:
        with place.open("rb") as raw, ZipFile(raw) as files:  # closed at once, whoever still reads a line
            content = files.read(MANIFEST)
            archive = Archive(place.name, files, orjson.loads(content), hashlib.sha256(content).hexdigest())
            _require_known(archive)
            _require_whole(archive)
            yield archive
    except (OSError, BadZipFile, EOFError, KeyError, TypeError, ValueError) as error:
        message = f"{place.name} cannot be read as an archive of a register: {error}"
        raise PackageFailed(message) from error


def _require_known(archive: Archive) -> None:
    said = archive.manifest
    if said["format"] > FORMAT or _number(said["version"]) > _number(__version__):
        message = (
            f"{archive.place} was written by version {said['version']} of the register, and this is {__version__}: "
            "upgrade this one first."
        )
        raise PackageFailed(message)


def _require_whole(archive: Archive) -> None:
    told = {one["path"]: Member(**one) for one in archive.manifest["files"]}
    if sorted(archive.files.namelist()) != sorted([MANIFEST, *told]):
        message = f"{archive.place} is damaged: it has other files than its manifest names. Use another copy."
        raise PackageFailed(message)
    for path, member in told.items():
        if _measured(archive.files, path) != (member.size, member.sha256):
            message = f"{archive.place} is damaged: {path} is not the file that its manifest names. Use another copy."
            raise PackageFailed(message)


def _measured(files: ZipFile, path: str) -> tuple[int, str]:
    digest, size = hashlib.sha256(), 0
    with files.open(path) as file:
        while piece := file.read(_PIECE):
            digest.update(piece)
            size += len(piece)
    return size, digest.hexdigest()


def _number(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))
