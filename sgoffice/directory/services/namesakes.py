"""Nobody enters the directory twice: who is there under a name, or nearly, is shown before another one is entered."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from hashlib import blake2b
from typing import Any
from uuid import UUID

from django.db import connection

from sgoffice.changes.merging import kept_apart_from
from sgoffice.directory.models import Country, Office, Organization, Person
from sgoffice.directory.models.names import NamedRecord
from sgoffice.directory.rules import are_one_text, fold, is_whole_name, may_be_one_body
from sgoffice.directory.services.name_matches import Candidate, organizations_called, people_called
from sgoffice.directory.services.places import read_state
from sgoffice.records.actors import Actor
from sgoffice.records.entries import Correction
from sgoffice.records.errors import PossibleDuplicates, RelatedRecord
from sgoffice.search import find_near

#: The member of entries that says that a namesake is another one; no column of a record.
ANOTHER = "allow_duplicate"
#: What tells namesakes apart, with its column.
_BESIDE = {
    "name": "name",
    "city": "city",
    "country": "country_id",
    "organization": "organization_id",
    "parent": "parent_id",
    "successor": "successor_id",
}
_MOST = 5  # candidates
_HEARD = 0.86  # of likeness: of new names in other scripts one in twenty is as near to somebody, at 0.74 one in two
_ADVICE = (
    "The register may have it already: use the one that is meant, give it the new name as another name, or send "
    "`allow_duplicate: true` to enter another one."
)


def require_new(model: type[NamedRecord], given: Mapping[str, Any], *, by: Actor, own: UUID | None = None) -> None:
    """Raise PossibleDuplicates for the name of one that is there, or nearly, and that the actor may see.

    `given` are the values of an entry, or of a record (`own`) that gets another name: it is no namesake of itself, of
    those that it names itself, and of those that somebody kept apart from it. Whom the actor may not see makes no
    refusal: whoever sees both finds the pair in the list of duplicates.
    """
    if given.get(ANOTHER) or not fold(given["name"]):
        return
    if own is None:  # who renames holds the names lock, for which those who enter wait
        _wait_for_namesakes(model, given["name"])
    look_up = _LOOK_UPS.get(model, partial(_of_that_title, model))
    near = [one for one in look_up(given, by) if _is_read_or_surely_heard(given["name"], one)]
    found = {one.id: one for one in [*near, *_called_otherwise(model, given, by)]}
    apart = {given.get("parent"), given.get("successor"), *({own, *kept_apart_from(own)} if own else ())}
    shown = [_related_record(one) for key, one in found.items() if key not in apart]
    if shown:
        raise PossibleDuplicates({"/name": shown[:_MOST]}, advice=_ADVICE)


def require_new_name(record: NamedRecord, before: str, correction: Correction[Any], *, by: Actor) -> None:
    """Raise PossibleDuplicates for a record that gets the name of another one, or nearly, by a correction."""
    if fold(record.name) == fold(before):
        return
    given = {name: getattr(record, column, None) for name, column in _BESIDE.items()}
    require_new(type(record), {**given, ANOTHER: correction.get(ANOTHER)}, by=by, own=record.pk)


def _wait_for_namesakes(model: type[NamedRecord], name: str) -> None:
    """Let one at a time enter a name, in whatever order of words: who comes second finds the first."""
    words = f"{model.record_kind} {' '.join(sorted(fold(name).split()))}"
    key = int.from_bytes(blake2b(words.encode(), digest_size=8).digest(), "big", signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key])


def _is_read_or_surely_heard(name: str, candidate: Candidate) -> bool:
    """Tell whether a candidate is written alike; in another script nearly every name sounds like somebody's."""
    return fold(name).isascii() == fold(candidate.name).isascii() or candidate.score >= _HEARD


def _people(given: Mapping[str, Any], by: Actor) -> list[Candidate]:
    return people_called(given["name"], by=by, readers=None)


def _organizations(given: Mapping[str, Any], by: Actor) -> list[Candidate]:
    """Return the organizations of nearly that name, and the States of which it may be the name."""
    name, country = given["name"], given.get("country")
    called = organizations_called(name, by=by, readers=None, country=country)
    found = [one for one in called if not one.called or may_be_one_body(one.called, name)]
    if not any(one.is_automatic for one in found):
        found = [*read_state(name, country).doubts, *found]
    return found


def _offices(given: Mapping[str, Any], by: Actor) -> list[Candidate]:
    """Return our offices of nearly that name in the same city."""
    city = fold(given.get("city") or "")
    return [one for one, office in _alike(Office, given["name"], by) if are_one_text(city, office.city)]


def _of_that_title(model: type[NamedRecord], given: Mapping[str, Any], by: Actor) -> list[Candidate]:
    """Return the records of that name but for a slip; bodies of other organizations have names of their own."""
    owner = given.get("organization")
    return [one for one, row in _alike(model, given["name"], by) if owner is None or owner == row.organization_id]


def _countries(given: Mapping[str, Any], by: Actor) -> list[Candidate]:
    """Return the countries of that very name: what is spelled nearly so is another one."""
    rows = Country.objects.visible_to(by).live().called(given["name"])
    return [Candidate(row.pk, "country", f"{row.name} ({row.code})", "has this name", 1.0) for row in rows]


def _alike(model: type[Any], name: str, by: Actor) -> Iterable[tuple[Candidate, Any]]:
    """Yield the records of a kind of which a name is this one but for a slip."""
    ids = find_near(name, kinds={model.record_kind}, by=by)
    for row in model.objects.visible_to(by).live().filter(pk__in=ids).order_by("sort", "pk"):
        known = next((known for known in row.all_names() if are_one_text(known, name)), "")
        if known:
            reason = "has this name" if fold(known) == fold(name) else f"is called much the same: {known}"
            yield Candidate(row.pk, model.record_kind, row.name, reason, 1.0), row


def _called_otherwise(model: type[Any], given: Mapping[str, Any], by: Actor) -> Iterable[Candidate]:
    """Yield the records that have one of the further names, written out, as it stands."""
    known = {fold(given["name"])}
    for name in _further_names(given):
        if fold(name) in known or not is_whole_name(name):
            continue
        known.add(fold(name))
        for row in model.objects.visible_to(by).live().called(name).order_by("sort", "pk")[:_MOST]:
            yield Candidate(row.pk, model.record_kind, row.name, f"is also called {name}", 1.0)


def _further_names(given: Mapping[str, Any]) -> Iterable[str]:
    yield from (given.get("names") or {}).values()
    yield from (one.name for one in given.get("other_names") or ())


def _related_record(one: Candidate) -> RelatedRecord:
    return RelatedRecord(id=one.id, kind=one.kind, label=one.name, reason=one.reason)


_LOOK_UPS: Mapping[type[NamedRecord], Callable[[Mapping[str, Any], Actor], Iterable[Candidate]]] = {
    Country: _countries,
    Office: _offices,
    Organization: _organizations,
    Person: _people,
}
