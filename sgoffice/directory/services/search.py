"""Search as one types: people, organizations, countries and topics whose names hold what was typed so far."""

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from sgoffice.directory.models import Country, Membership, Organization, Person, Topic
from sgoffice.directory.models.names import NamedRecord
from sgoffice.directory.rules import fold
from sgoffice.directory.services.name_matches import Candidate, organizations_called, people_called
from sgoffice.places.codes import known_codes
from sgoffice.places.suggestions import Suggestion, suggest
from sgoffice.records.actors import Actor

KINDS: dict[str, type[NamedRecord]] = {
    "person": Person,
    "organization": Organization,
    "country": Country,
    "topic": Topic,
}
_MOST = 20  # candidates
_ENOUGH = 3  # letters from which on near spellings are looked for
_BEGINS, _HOLDS, _TITLE = 0.99, 0.9, 0.8


def found_by_typing(text: str, *, by: Actor, kinds: Collection[str] = ()) -> list[Candidate]:
    """Return up to twenty records, best first, each with the reason: the name that it was found by.

    All words that were typed stand in its names, the last one perhaps unfinished; accents, case and order do not count.
    Then those who hold a function of that title, and near spellings.
    """
    words = fold(text).split()
    if not words:
        return []
    best: dict[Any, Candidate] = {}
    for candidate in _all(text, words, [kind for kind in KINDS if not kinds or kind in kinds], by):
        known = best.get(candidate.id)
        if known is None or known.score < candidate.score:
            best[candidate.id] = candidate
    return sorted(best.values(), key=lambda one: (-one.score, fold(one.name), one.id))[:_MOST]


def _all(text: str, words: list[str], kinds: Iterable[str], by: Actor) -> Iterator[Candidate]:
    if "country" in kinds:
        yield from _countries(text, by)
    for kind in kinds:
        rows: Any = KINDS[kind]._default_manager.visible_to(by).live()
        if kind == "country":  # of the others the table of names knows more
            rows = rows.exclude(code__in=known_codes())
        for record in rows.named(text).order_by("sort", "pk")[:_MOST]:
            known = _name_with(record, words)
            score = _BEGINS if fold(known).startswith(" ".join(words)) else _HOLDS
            reason = "has this name" if known == record.name else f"is also called {known}"
            yield Candidate(record.pk, kind, record.name, reason, score)
    if "person" in kinds:
        yield from _by_title(words, by)
    if len("".join(words)) >= _ENOUGH:
        yield from people_called(text, by=by) if "person" in kinds else ()
        yield from organizations_called(text, by=by) if "organization" in kinds else ()


def _countries(text: str, by: Actor) -> Iterator[Candidate]:
    """Yield the countries that a text means or begins to say, in any language, and near spellings of their names."""
    found = {one.code: one for one in suggest(text, most=_MOST)}
    for record in Country.objects.visible_to(by).live().filter(code__in=found):
        one = found[record.code]
        yield Candidate(record.pk, "country", record.name, _why(record, one), round(one.score, 3))


def _why(record: Country, found: Suggestion) -> str:
    if found.is_near:
        return f"is called much the same: {found.why}"
    if found.why == record.name:
        return "has this name"
    return f"has the code {found.why}" if found.score == 1 else f"is also called {found.why}"


def _by_title(words: list[str], by: Actor) -> Iterator[Candidate]:
    rows = Membership.objects.visible_to(by).live().select_related("person", "organization")
    for word in words:
        rows = rows.filter(role__icontains=word)
    for one in rows.order_by("-pk")[:_MOST]:
        yield Candidate(one.person_id, "person", one.person.name, f"{one.role}, {one.organization}", _TITLE)


def _name_with(record: Any, words: list[str]) -> str:
    """Return the name that holds the words: its own if it does, else the first other one."""
    names = [name for name in (record.name, *record.all_names()) if name]
    return next((name for name in names if all(word in fold(name) for word in words)), record.name)
