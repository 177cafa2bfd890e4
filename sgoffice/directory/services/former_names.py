"""A rename: what a record was called until then stays among its other names, in each language."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sgoffice.directory.models import Organization
from sgoffice.directory.models.names import NamedRecord
from sgoffice.directory.rules import fold, name_then
from sgoffice.records.entries import Correction
from sgoffice.records.errors import InvalidEntry
from sgoffice.records.partial_dates import PartialDate

#: The member of entries that says since when the new name counts; no column of a record.
SINCE = "renamed_on"


@dataclass(frozen=True)
class Called:
    """What a record is called: its name, the name in each language and the acronym, as far as it has these."""

    name: str
    names: dict[str, str]
    acronym: str

    @classmethod
    def of(cls, record: NamedRecord) -> "Called":
        names: Any = getattr(record, "names", {})
        return cls(record.name, dict(names), getattr(record, "acronym", ""))


def keep_former_names(record: NamedRecord, before: Called, correction: Correction[Any]) -> None:
    """Keep what an open record was called before a correction, until the day that the correction names, if any.

    Languages in which it was called alike follow the new name. A spelling that is read alike is no other name. A list
    of other names that comes with the correction is taken as it is, unless it says since when: so a name that was
    wrong from the start leaves nothing behind. Raises InvalidEntry for an invalid day, and for one without a new name.
    """
    _follow(record, before, correction)
    now = Called.of(record)
    former = list(_former(before, now))
    since = correction.get(SINCE) or ""
    _require_day(since, is_renamed=now != before)
    if not former or ("other_names" in correction and not since):
        return
    current = {fold(one) for one in (now.name, *now.names.values())}
    kept = [one for one in record.other_names if fold(one["name"]) not in current]
    known = {fold(one["name"]) for one in kept} | current
    for name, note, language in former:
        if fold(name) not in known:
            known.add(fold(name))
            kept.append({"name": name, "note": note, "language": language, "until": since})
    record.other_names = kept


def names_then(organizations: Iterable[UUID], day: date | None) -> dict[UUID, str]:
    """Return what these organizations were called on a day, as far as by another name than today."""
    wanted = set(organizations) if day is not None else set()
    rows = Organization.objects.filter(pk__in=wanted).values_list("pk", "other_names") if wanted else ()
    return {key: name for key, other_names in rows if (name := name_then(other_names, day))}


def require_no_rename(entry: Any) -> None:
    """Raise InvalidEntry for a new record that says since when it is called so."""
    if getattr(entry, SINCE, None):
        raise InvalidEntry([(f"/{SINCE}", "A new record has no rename: give its former names in `other_names`.")])


def _follow(record: Any, before: Called, correction: Correction[Any]) -> None:
    if record.name == before.name or "names" in correction or not before.names:
        return
    record.names = {code: record.name if name == before.name else name for code, name in before.names.items()}


def _former(before: Called, now: Called) -> Iterator[tuple[str, str, str]]:
    """Yield each name that changed, with a note and its language."""
    if fold(before.name) != fold(now.name):
        language = next((code for code, name in sorted(before.names.items()) if name == before.name), "")
        yield before.name, "former name", language
    for code, name in sorted(before.names.items()):
        if name and name != before.name and fold(name) != fold(now.names.get(code, "")):
            yield name, "former name", code
    if before.acronym and fold(before.acronym) != fold(now.acronym):
        yield before.acronym, "former acronym", ""


def _require_day(since: str, *, is_renamed: bool) -> None:
    if not since:
        return
    try:
        PartialDate.parse(since)
    except ValueError as error:
        raise InvalidEntry([(f"/{SINCE}", str(error))]) from None
    if not is_renamed:
        raise InvalidEntry([(f"/{SINCE}", "It keeps its name: give the new one with the day since when it counts.")])
