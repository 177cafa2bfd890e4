"""Which record of a kind is meant by a reference or a name, and which others may be."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson

from sgoffice import documents
from sgoffice.records.actors import Actor
from sgoffice.records.models import Entry, SearchRow
from sgoffice.records.readership import Readership
from sgoffice.records.references import ANY_KIND
from sgoffice.search import Searched, names_like, relevance, texts_of, tsquery, words_of
from sgoffice.search.folding import fold

LONGEST = 300  # characters of a name
_MOST = 5  # candidates
_LOOKED_AT = 60  # rows whose titles hold the words
_ORDINAL = re.compile(r"\b(\d+)\s?(st|nd|rd|th|e|er|ere|eme|a|o)\b")
_NUMBER = re.compile(r"\d")
#: Words that a label may have or not: “92nd General Assembly” is the 92nd session of it.
_SMALL = frozenset({"of", "session", "the"})
_REFERENCE = "has this reference"
#: Titles that are parts of a label, or of other records: nobody is called so.
_NOT_NAMES = ("reference", "merged_from", "number", "city")


@dataclass(frozen=True)
class Meant:
    """A record that may be meant, and why."""

    id: UUID
    kind: str
    label: str
    reason: str
    reference: str = ""


@dataclass(frozen=True)
class Names:
    """What a name may mean: the record that it surely is, or candidates; `advice` if there is more to say."""

    sure: Meant | None = None
    candidates: tuple[Meant, ...] = ()
    advice: str = ""


#: Takes the text, the actor, and who will read what names the record: none if nothing is going to be written.
Finder = Callable[[str, Actor, Readership | None], Names]
_finders: dict[str, Finder] = {}


def finds(kind: str) -> Callable[[Finder], Finder]:
    """Register the decorated function as what finds records of a kind by their names."""

    def register(finder: Finder) -> Finder:
        _finders[kind] = finder
        return finder

    return register


def find_meant(kind: str, text: str, *, by: Actor, readers: Readership | None) -> Names:
    """Return which record of a kind a text means, by its reference, its short name or a name of its own.

    One that not all `readers` may read is meant by its reference alone where its name would be shown to them.
    """
    wanted = text.strip()
    if not fold(wanted):
        return Names(advice="Write an id, a reference or a name.")
    if len(wanted) > LONGEST:
        return Names(advice=f"At most {LONGEST} characters fit; this has {len(wanted)}.")
    if named := _by_reference(kind, wanted, by):
        return Names(sure=named)
    if kind == ANY_KIND:
        return Names()
    finder = _finders.get(kind)
    return finder(wanted, by, readers) if finder else _by_titles(kind, wanted, by)


def _by_reference(kind: str, text: str, by: Actor) -> Meant | None:
    """Return the live record with that reference or short name; of a merged one, its survivor."""
    recipe = documents.recipes().get(kind)
    model: Any = recipe.model if recipe else None
    if model is not None and any(column.name == "slug" for column in model._meta.concrete_fields):
        row = model.rows().visible_to(by).live().filter(slug=text.lower()).first()
        if row is not None:
            return Meant(row.pk, kind, str(row), f"has the short name {row.slug}")
    if kind != ANY_KIND and not (model and model.is_marked):
        return None
    rows = Entry.objects.visible_to(by).filter(is_in_error=False, reference=text.upper())
    entry = (rows if kind == ANY_KIND else rows.filter(kind=kind)).select_related("merged_into").first()
    if entry is None:
        return None
    survivor = entry.merged_into or entry
    if survivor is not entry and not Entry.objects.visible_to(by).filter(pk=survivor.pk, is_in_error=False).exists():
        return None
    reference = survivor.reference or ""
    return Meant(survivor.pk, survivor.kind, _labels({survivor.pk: survivor.kind})[survivor.pk], _REFERENCE, reference)


def _by_titles(kind: str, text: str, by: Actor) -> Names:
    """Return the only record that is called so, or those that may be meant."""
    words = words_of(text)
    rows = SearchRow.objects.visible_to(by).live().filter(kind=kind)
    held = rows.holding(tsquery(_loosened(text) or words)).annotate(score=relevance(words)).order_by("-score", "-pk")
    searched = documents.recipes()[kind].searched
    most = _LOOKED_AT if searched.label else 2 * _MOST  # equal titles come first, labels are compared one by one
    bodies = _bodies(dict.fromkeys(held.values_list("pk", flat=True)[:most], kind))
    exact = [pk for pk, shown in bodies.items() if _is_called(text, shown, searched)]
    if len(exact) == 1:
        return Names(sure=_meant(exact[0], kind, bodies[exact[0]], "has this name"))
    if exact:
        shown = [_meant(pk, kind, bodies[pk], "has this name, as others have") for pk in exact[:_MOST]]
        return Names(candidates=tuple(shown))
    near = [_meant(pk, kind, shown, "its text holds these words") for pk, shown in list(bodies.items())[:_MOST]]
    return Names(candidates=tuple(near or _nearly(kind, text, by)))


def _nearly(kind: str, text: str, by: Actor) -> list[Meant]:
    near = names_like(fold(text), kinds={kind}, by=by)[:_MOST]
    bodies = _bodies({one.id: kind for one in near})
    shown = [(one, bodies[one.id]) for one in near if one.id in bodies]
    return [_meant(one.id, kind, body, f"is called much the same: {one.title}") for one, body in shown]


def _is_called(text: str, shown: Mapping[str, Any], searched: Searched) -> bool:
    """Tell whether a text is a name of the record: a title of its own, or its label, with or without the place.

    A year may stand for the number that the label has: the General Assembly of 2023 is its 91st session.
    """
    if searched.label is None:
        own = tuple(path for path in searched.titles if not path.startswith(_NOT_NAMES))
        return fold(text) in {fold(one.text) for one in texts_of(shown, own)}
    label = searched.label_of(shown)
    asked, short = _key(text), _key(label.rpartition(", ")[0])
    by_year = {word for word in short if not word.isdigit()} | {(searched.date_of(shown) or "")[:4]}
    return asked == _key(label) or (asked in (short, by_year) and bool(_NUMBER.search(text)))


def _key(text: str) -> frozenset[str]:
    return frozenset(_ORDINAL.sub(r"\1", fold(text)).split()) - _SMALL


def _loosened(text: str) -> Any:
    """Return the words of a text without those that a label may lack."""
    return words_of(" ".join(word for word in _ORDINAL.sub(r"\1", fold(text)).split() if word not in _SMALL))


def _bodies(kinds: Mapping[UUID, str]) -> dict[UUID, Mapping[str, Any]]:
    """Return the documents of records, in the order in which they are asked for."""
    found = documents.fetch_bodies(kinds)
    return {key: orjson.loads(found[key]) for key in kinds if key in found}


def _labels(kinds: Mapping[UUID, str]) -> dict[UUID, str]:
    recipes = documents.recipes()
    return {key: recipes[kinds[key]].searched.label_of(shown) for key, shown in _bodies(kinds).items()}


def _meant(key: UUID, kind: str, shown: Mapping[str, Any], reason: str) -> Meant:
    label = documents.recipes()[kind].searched.label_of(shown)
    return Meant(key, kind, label, reason, str(shown.get("reference") or ""))
