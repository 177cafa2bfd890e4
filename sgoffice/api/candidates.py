"""Errors as a problem lists them, with the countries or records that may be meant."""

import dataclasses
from collections.abc import Iterable, Mapping
from typing import Any

from sgoffice.places.codes import label_of
from sgoffice.records.errors import RelatedRecord


class Candidates(str):
    """The codes of the countries that may be meant: as the `code` of a ValidationError they are listed beside it."""

    __slots__ = ()

    def shown(self) -> list[dict[str, str]]:
        """Return each with its name."""
        return [{"code": code, "name": label_of(code)} for code in self.split()]


def described(pointer: str, detail: str) -> dict[str, Any]:
    """Return an error as `errors` of a problem lists it."""
    meant = getattr(detail, "code", None)
    more = {"candidates": meant.shown()} if isinstance(meant, Candidates) and meant else {}
    return {"pointer": pointer, "detail": str(detail), **more}


def flattened(detail: Any, pointer: str = "") -> list[tuple[str, str]]:
    """Return pairs of JSON pointer (RFC 6901) and message from REST framework's nested errors."""
    if isinstance(detail, dict):
        found = []
        for key, below in detail.items():
            name = str(key).replace("~", "~0").replace("/", "~1")
            found += flattened(below, pointer if key == "non_field_errors" else f"{pointer}/{name}")
        return found
    if isinstance(detail, list):
        if all(isinstance(item, str) for item in detail):
            return [(pointer, item) for item in detail]
        return [
            pair for position, item in enumerate(detail) if item for pair in flattened(item, f"{pointer}/{position}")
        ]
    return [(pointer, str(detail))]


def shown_candidates(found: Mapping[str, Iterable[RelatedRecord]]) -> list[dict[str, Any]]:
    """Return the records that may be meant at each pointer."""
    return [
        {"pointer": pointer, "records": [shown_record(record) for record in records]}
        for pointer, records in found.items()
    ]


def shown_record(record: RelatedRecord) -> dict[str, Any]:
    """Return a record that conflicts with the request or may be meant; what is empty is left out."""
    return {name: value for name, value in dataclasses.asdict(record).items() if value}
