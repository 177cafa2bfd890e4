"""Who is meant by a name: people and organizations that may be it, best first, and the one that it surely is."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Value

from sgoffice.directory.models import Organization, Person
from sgoffice.directory.models.names import NamedRecord
from sgoffice.directory.rules import body_key, fold, is_whole_name, likeness, same_person, without_titles
from sgoffice.records.actors import Actor
from sgoffice.records.readership import ALL_STAFF, Readership
from sgoffice.search import find_near

_MOST = 5  # candidates
_NEAR = 0.74  # of likeness: below it a name is another one
_ALMOST = 0.99  # of likeness: what is not surely the same is less than equal
_INITIALS = re.compile("[A-Z]{3,8}")
_HIDDEN = "but is known from restricted records alone: naming them here tells all readers of this one"
_SMALL_WORDS = "and|de|des|du|for|la|of|on|the"


@dataclass(frozen=True)
class Candidate:
    """A record that a name may mean; `is_automatic` when it surely does, and nothing that is known contradicts.

    `is_hidden` when not all readers of the record that names it may read it. `short` is the acronym that the name is,
    `called` the name of the record that is spelled nearly so.
    """

    id: UUID
    kind: str
    name: str
    reason: str
    score: float
    is_automatic: bool = False
    is_hidden: bool = False
    short: str = ""
    called: str = ""


def people_called(name: str, *, by: Actor, readers: Readership | None = ALL_STAFF) -> list[Candidate]:
    """Return up to five people whom a name may mean, best first, as far as the actor may see them.

    At most one is automatic: the only person with these words in this order, or with the family name moved as one
    block (`rules.same_person`). A name that two have, in another script or not written out is nobody's for sure, nor is
    that of somebody whom not all `readers` of the record that names them may read: the actor says who is meant. What
    else is known of the person may still contradict: that is for the caller to say. Without `readers` nothing is going
    to name them.
    """
    rows = _rows(Person, without_titles(name), by, readers)
    exact = {one.pk for one in rows if any(same_person(known, name, family=one.family_name) for known in _of(one))}
    is_sure = len(exact) == 1 and is_whole_name(name)
    found: list[Candidate] = []
    for person in rows:
        known, score = _best(person.all_names(), name, ordered=False)
        if person.pk in exact:
            found.append(Candidate(person.pk, "person", person.name, _reason(person, known), 1.0, is_automatic=is_sure))
        elif score >= _NEAR:
            found.append(Candidate(person.pk, "person", person.name, f"sounds like {known}", min(score, _ALMOST)))
    return _ranked(_marked_hidden(found, rows))


def organizations_called(
    name: str, *, by: Actor, readers: Readership | None = ALL_STAFF, country: str | None = None
) -> list[Candidate]:
    """Return up to five organizations that a name may mean, best first, as far as the actor may see them.

    At most one is automatic: the only one with that name, not as an acronym, of no other country than the one that is
    given, and one that all `readers` of the record that names it may read. An organization of another country is a
    candidate under its very name alone.
    """
    plain, _, _ = name.partition(" (")
    rows = _rows(Organization, name, by, readers)
    wanted, keys = {fold(name), fold(plain)}, {body_key(name), body_key(plain)}
    exact = {row.pk for row in rows if keys & {body_key(known) for known in _of(row)}}
    found: list[Candidate] = []
    for row in rows:
        contradicts = bool(country and row.country_id and row.country_id != country)
        known, score = _best(row.all_names(), plain, ordered=True)
        if row.pk in exact:
            sure = len(exact) == 1 and not contradicts and not _is_acronym_of_several(rows, wanted)
            found.append(Candidate(row.pk, "organization", row.name, _reason(row, known), 1.0, is_automatic=sure))
        elif row.acronym and fold(row.acronym) in wanted:
            reason = f"has the acronym {row.acronym}"
            found.append(Candidate(row.pk, "organization", row.name, reason, 0.95, short=row.acronym))
        elif score >= _NEAR and not contradicts:
            reason = f"is called much the same: {known}"
            found.append(Candidate(row.pk, "organization", row.name, reason, score, called=known))
    seen = {one.id for one in found}
    short = [row for row in _with_initials(plain, by, readers) if row.pk not in seen]
    found += [Candidate(row.pk, "organization", row.name, f"has the initials {plain}", 0.9) for row in short]
    return _ranked(_marked_hidden(found, [*rows, *short]))


def _rows(model: type[NamedRecord], name: str, by: Actor, readers: Readership | None) -> list[Any]:
    """Return the records that share something with a name: a word nearly, or all of it in another order."""
    ids = find_near(name, kinds={model.record_kind}, by=by)
    found = _seen(model, by, readers).in_bulk(ids)
    return [found[one] for one in ids if one in found]


def _seen(model: type[NamedRecord], by: Actor, readers: Readership | None) -> Any:
    """Return the live records that the actor may see; `is_known` says whether all of these readers may read one."""
    seen = model._default_manager.visible_to(by).live()
    if readers is None:
        return seen.annotate(is_known=Value(True))
    known = model._default_manager.readable_by_readers_of(readers).filter(pk=OuterRef("pk"))
    return seen.annotate(is_known=Exists(known))


def _marked_hidden(found: list[Candidate], rows: list[Any]) -> list[Candidate]:
    """Return the candidates; whom not all readers may read is not surely meant."""
    hidden = {row.pk for row in rows if not row.is_known}
    return [
        replace(one, is_automatic=False, is_hidden=True, reason=f"{one.reason}, {_HIDDEN}") if one.id in hidden else one
        for one in found
    ]


def _of(record: Any) -> list[str]:
    """Return the names by which a record is surely meant: all but the acronym, the parts of it, and merged ones.

    The part of one acronym is the whole of another: SCO RATS is a body of the SCO.
    """
    acronym = fold(getattr(record, "acronym", "") or "")
    merged = {fold(name) for name in record.merged_names if name.isupper() and " " not in name}
    short = {acronym, *acronym.split(), *merged} - {fold(one["name"]) for one in record.other_names}
    return [known for known in record.all_names() if known and fold(known) not in short]


def _with_initials(name: str, by: Actor, readers: Readership | None) -> list[Any]:
    """Return the organizations without an acronym of which the name, in capital letters, has the initials."""
    if not _INITIALS.fullmatch(name):
        return []
    words = rf"( ({_SMALL_WORDS}))* ".join(rf"{letter}\w*" for letter in name.lower())
    rows = _seen(Organization, by, readers).filter(acronym="", search__regex=rf"(^|\| ){words}( \||$)")
    return list(rows.order_by("sort", "pk")[:_MOST])


def _best(names: Iterable[str], name: str, *, ordered: bool) -> tuple[str, float]:
    scores = [(likeness(known, name, ordered=ordered), known) for known in names if known]
    score, known = max(scores, default=(0.0, ""))
    return known, round(score, 3)


def _is_acronym_of_several(rows: list[Any], wanted: set[str]) -> bool:
    return sum(bool(row.acronym) and fold(row.acronym) in wanted for row in rows) > 1


def _reason(record: Any, known: str) -> str:
    return "has this name" if fold(known) == fold(record.name) else f"is also called {known}"


def _ranked(found: list[Candidate]) -> list[Candidate]:
    return sorted(found, key=lambda one: (-one.score, one.name, one.id))[:_MOST]
