"""The line of an engagement in the public register: built up from nothing, with fields of its own."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import orjson

_DIGEST = 16


@dataclass(frozen=True, kw_only=True)
class PublicCounterpart:
    """An organization or a country that was met, and who came for it.

    `key` is the id of an organization, the code of a country, and empty for people who came for nobody that is named.
    """

    key: str
    kind: str
    name: str
    #: What it was called there, if otherwise.
    called: str
    country: str
    country_name: str
    people: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class PublicLine:
    """An engagement as the public reads it. Nothing else of it leaves the register by this way."""

    id: str
    reference: str
    first: date
    last: date
    held: str
    days: str
    kind: str
    meeting_format: str
    level: str
    subject: str
    for_us: str
    city: str
    country: str
    country_name: str
    topics: tuple[str, ...]
    counterparts: tuple[PublicCounterpart, ...]

    @property
    def place(self) -> str:
        """Where it was, in words."""
        return ", ".join(filter(None, (self.city, self.country_name)))

    @property
    def years(self) -> range:
        """The years that its date can mean."""
        return range(self.first.year, self.last.year + 1)

    @property
    def countries(self) -> dict[str, str]:
        """The countries that were met, by code, with their names."""
        return {one.country: one.country_name for one in self.counterparts if one.country}


#: The columns of the register as a file: a row for each organization, with the reference as the common id.
COLUMNS = (
    "id", "held", "days", "kind", "format", "level", "subject", "for_us", "organization", "organization_kind",
    "organization_country", "people", "city", "country", "topics",
)  # fmt: skip


def rows_of(lines: Iterable[PublicLine]) -> Iterator[dict[str, Any]]:
    """Yield a row for each organization that was met, and one for an engagement without any."""
    nobody = PublicCounterpart(key="", kind="", name="", called="", country="", country_name="", people=())
    for line in lines:
        for one in line.counterparts or (nobody,):
            yield {
                "id": line.reference,
                "held": line.held,
                "days": line.days,
                "kind": line.kind,
                "format": line.meeting_format,
                "level": line.level,
                "subject": line.subject,
                "for_us": line.for_us,
                "organization": one.called or one.name,
                "organization_kind": one.kind,
                "organization_country": one.country,
                "people": "; ".join(one.people),
                "city": line.city,
                "country": line.country,
                "topics": "; ".join(line.topics),
            }


def digest_of(line: PublicLine) -> str:
    """Return the digest of all that a line says: what two people agreed on is known by it."""
    return hashlib.sha256(orjson.dumps(line)).hexdigest()[:_DIGEST]
