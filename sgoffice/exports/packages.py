"""A package: a zip of files of lines and bytes, each with its digest, and a manifest of them."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import IO, Any, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import orjson
from django.db import models

from sgoffice.exports.spreadsheets import Form

MANIFEST = "manifest.json"
PACKAGE: Final = Form("application/zip", "zip")
_DAY = (1980, 1, 1, 0, 0, 0)  # no time of this machine stands in it
_READABLE = orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS


@dataclass(frozen=True)
class Member:
    """A file of a package: how many lines it has (none if it has no lines), how many bytes, and their SHA-256."""

    path: str
    lines: int
    size: int
    sha256: str


class Package:
    """A package that is being written."""

    def __init__(self, output: IO[bytes]) -> None:
        self._zip = ZipFile(output, "w", ZIP_DEFLATED)
        self.members: list[Member] = []

    @contextmanager
    def lines(self, path: str) -> Iterator[Callable[[bytes], None]]:
        """Write a file of lines; what is yielded writes one."""
        digest, count, size = hashlib.sha256(), 0, 0
        with self._zip.open(_named(path), "w", force_zip64=True) as file:

            def write(line: bytes) -> None:
                nonlocal count, size
                count, size = count + 1, size + len(line) + 1
                digest.update(line)
                digest.update(b"\n")
                file.write(line)
                file.write(b"\n")

            yield write
        self.members.append(Member(path, count, size, digest.hexdigest()))

    def add(self, path: str, content: bytes) -> None:
        """Write a file as it is."""
        self._zip.writestr(_named(path), content)
        self.members.append(Member(path, 0, len(content), hashlib.sha256(content).hexdigest()))

    def close(self, **said: Any) -> bytes:
        """Write the manifest, with what is said of the whole, and return it."""
        manifest = orjson.dumps(said | {"files": [asdict(member) for member in self.members]}, option=_READABLE)
        self._zip.writestr(_named(MANIFEST), manifest)
        self._zip.close()
        return manifest


def _named(path: str) -> ZipInfo:
    named = ZipInfo(path, _DAY)
    named.compress_type, named.external_attr = ZIP_DEFLATED, 0o600 << 16
    return named


def files_of(model: type[models.Model]) -> models.ForeignKey[Any, Any] | None:
    """Return the field that leads to the bytes of a kind's files, if it has any."""
    for field in model._meta.concrete_fields:
        if isinstance(field, models.ForeignKey) and _has_bytes(field.remote_field.model):
            return field
    return None


def _has_bytes(model: type[models.Model]) -> bool:
    return any(isinstance(field, models.BinaryField) for field in model._meta.concrete_fields)
