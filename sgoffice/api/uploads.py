"""Uploads: files in forms (RFC 7578), measured while they are read and kept in memory, never on disk."""

import hashlib
import json
from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http.multipartparser import MultiPartParser, MultiPartParserError
from rest_framework import serializers
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser

from sgoffice.api.problems import TooLarge

MEDIA_TYPE = "multipart/form-data"
#: Bytes for the other fields and the boundaries of a form.
_OVERHEAD = 64 * 1024
#: A form in the admin is read up to so many times the limit, so that it can name the file that is too large.
READ_LIMIT = 4
_TOKEN = "csrfmiddlewaretoken"  # noqa: S105 - the name of a field


class BoundedUpload(FileUploadHandler):
    """Keeps a file in memory up to the limit; the rest of a larger file is counted and discarded.

    Check `size` before using the bytes. A body far above the limit is not read at all.
    """

    def handle_raw_input(self, input_data: Any, meta: Any, content_length: int, *args: Any) -> None:
        if content_length > READ_LIMIT * settings.FILE_UPLOAD_MAX_MEMORY_SIZE:
            raise RequestDataTooBig("The body is too large.")

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.file = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start + len(raw_data) <= settings.FILE_UPLOAD_MAX_MEMORY_SIZE:
            self.file.write(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile:
        self.file.seek(0)
        return InMemoryUploadedFile(
            self.file, self.field_name, self.file_name or "", self.content_type, file_size, self.charset
        )


class FormParser(BaseParser):
    """Reads a form with files, each field once; refuses a body above the limit before reading it."""

    media_type = MEDIA_TYPE

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> dict[str, Any]:
        """Return texts and files by field; raises ParseError (400) or TooLarge (413)."""
        http = parser_context["request"]._request
        most = settings.FILE_UPLOAD_MAX_MEMORY_SIZE
        # no more is read than the declared length
        if int(http.META.get("CONTENT_LENGTH") or 0) > most + _OVERHEAD:
            raise TooLarge(most)
        try:
            reader = MultiPartParser(http.META, stream, [BoundedUpload(http)], http.encoding or "utf-8")
            texts, files = reader.parse()
        except MultiPartParserError as error:
            raise ParseError(f"The form cannot be read: {error}.") from None
        if any(file.size > most for _, several in files.lists() for file in several):
            raise TooLarge(most)
        found = _once([*texts.lists(), *files.lists()])
        http._body = _essence(found)
        return found


class File(serializers.FileField):
    def to_internal_value(self, data: Any) -> UploadedFile:
        """Return the file; rules decide which files are allowed."""
        if not isinstance(data, UploadedFile):
            raise serializers.ValidationError("Send a file, as in `curl -F file=@readout.pdf`.")
        return data


def _once(fields: list[tuple[str, list[Any]]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, values in fields:
        if name in found or len(values) != 1:
            raise ParseError(f"The field {name[:100]!r} appears twice in the form.")
        found[name] = values[0]
    found.pop(_TOKEN, None)
    return found


def _essence(fields: dict[str, Any]) -> bytes:
    """Return a digest of the form for its Idempotency-Key: the same for a retry, whose boundary differs.

    The bytes of the file are not kept twice.
    """
    described = {
        name: [value.name, value.content_type, hashlib.sha256(value.read()).hexdigest(), value.seek(0)]
        if isinstance(value, UploadedFile)
        else value
        for name, value in fields.items()
    }
    return json.dumps(described, sort_keys=True).encode()
