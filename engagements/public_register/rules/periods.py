"""What was published of a period, and what two people agree on when they publish it."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Publication:
    """A period that two people published: the digest of each line by the id of its engagement, and its reference."""

    first: date
    last: date
    at: datetime
    #: By id: the reference of the engagement, and the digest of its line.
    lines: Mapping[str, tuple[str, str]]


@dataclass(frozen=True)
class Agreed:
    """What the newest publication of an engagement says of it."""

    reference: str
    digest: str
    at: datetime


def agreed_by(publications: Iterable[Publication]) -> dict[str, Agreed]:
    """Return, by id, what was last agreed on of everything that was ever published."""
    return {
        key: Agreed(reference, digest, one.at)
        for one in sorted(publications, key=lambda one: one.at)
        for key, (reference, digest) in one.lines.items()
    }


def digest_of_lines(lines: Mapping[str, tuple[str, str]]) -> str:
    """Return one digest of all lines of a period: what an approver read is what is published."""
    told = "\n".join(f"{key} {digest}" for key, (_, digest) in sorted(lines.items()))
    return hashlib.sha256(told.encode()).hexdigest()
