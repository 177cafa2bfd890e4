"""Agreements in rows: with whom, and the days of their acts. What the register has already stays as it is."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

from appointments.models import Post
from engagements.agreements.models import Agreement
from engagements.agreements.services import ActEntry, AgreementEntry, PartyEntry, open_agreement
from engagements.agreements.vocabulary import ActKind, Instrument, PartySide
from engagements.services.principals import OFFICE_POST
from sgoffice.directory import services as directory
from sgoffice.directory.services import Candidate, organizations_called
from sgoffice.imports.kinds import (
    LEFT_OUT,
    Entering,
    Option,
    Question,
    RowReading,
    SheetField,
    SheetKind,
)
from sgoffice.places.codes import label_of
from sgoffice.places.reading import UnclearPlace, read_country
from sgoffice.places.zones import zone_of
from sgoffice.records.markings import narrowest
from sgoffice.records.models import Marking
from sgoffice.search.folding import fold

_TABLE: dict[str, Any] = json.loads((Path(__file__).parent / "data" / "words.json").read_bytes())
_LABELS = {
    "instrument": {str(value): str(label) for value, label in Instrument.choices},
    # publishing needs two people, afterwards
    "marking": {str(value): str(label) for value, label in Marking.choices if value != Marking.PUBLIC},
}
_WORDS = {
    name: {fold(label): stored for stored, label in labels.items()}
    | {fold(text): stored for stored, texts in _TABLE[name].items() for text in texts}
    for name, labels in _LABELS.items()
}
_NEEDED = frozenset({"title", "parties"})
_LABELLED = {
    "title": "Title", "parties": "Parties", "instrument": "Instrument", "signed": "Signed",
    "in_force": "In force since", "terminated": "Terminated", "expires": "Expires",
    "registration_number": "Registration number", "depositary": "Depositary", "marking": "Marking",
}  # fmt: skip
_COLUMNS = {
    "title": "title", "parties": "parties", "instrument": "instrument", "expires": "expires", "acts": "signed",
    "registration_number": "registration_number", "depositary": "depositary", "marking": "marking",
}  # fmt: skip
#: The act that the day of each column is of.
_ACTS = {
    "signed": ActKind.SIGNATURE, "in_force": ActKind.ENTRY_INTO_FORCE, "terminated": ActKind.TERMINATION,
}  # fmt: skip
_NEW = "new"
_AND = re.compile(r"\s*(?:[,/&+]|\s(?:and|et|y|und|و)\s)\s*")
_LONGEST_KEY = 150  # characters of a name
_TEXTS = ("title", "registration_number", "depositary")


def read_agreement(row: RowReading) -> dict[str, Any]:
    """Return what a row says of an agreement; what cannot be read is noted."""
    values: dict[str, Any] = {name: row.text(name) for name in _TEXTS}
    if not fold(values["title"]):
        row.refuse("title", "Say what the agreement is called.")
    values |= {name: row.word(name, _WORDS[name], _LABELS[name]) for name in _LABELS}
    values |= {name: row.day(name) for name in (*_ACTS, "expires")}
    values["parties"] = [_party(row, name) for cell in row.items("parties") for name in _named_apart(cell)]
    if not values["parties"]:
        row.refuse("parties", "Say with whom: organizations or countries, with semicolons between them.")
    return values


def enter_agreement(values: Mapping[str, Any], entering: Entering) -> Agreement:
    """Enter the agreement of a row by the service that everybody calls.

    Raises AlreadyThere for one of this title that the register has, RuleViolation for one of another row.
    """
    _require_new(values["title"], entering)
    parties = _parties(values, entering)
    entry = AgreementEntry(
        allow_duplicate=entering.is_another,
        title=values["title"],
        instrument=values["instrument"] or Instrument.COOPERATION_AGREEMENT,
        is_bilateral=len(parties) <= 2,  # noqa: PLR2004 - two sides
        parties=parties,
        acts=tuple(ActEntry(kind=kind, date=values[name]) for name, kind in _ACTS.items() if values[name]),
        expires=values["expires"] or None,
        registration_number=values["registration_number"],
        depositary=values["depositary"],
        marking=narrowest([values["marking"] or entering.marking, entering.marking]),
        sources=(entering.source,),
    )
    return open_agreement(entry, by=entering.by)


def _party(row: RowReading, name: str) -> dict[str, str]:
    """Return who a name is: a country, an organization of the directory or a new one; what may be several is asked."""
    key = f"party:{fold(name)[:_LONGEST_KEY]}"
    if key not in row.sheet.questions:
        country, countries = _countries(name)
        found = organizations_called(name, by=row.sheet.by, readers=row.sheet.readers)
        options = [Option(f"country-{code}", label_of(code), "a country") for code in countries]
        options += [Option(f"organization-{one.id}", one.name, one.reason, str(one.id)) for one in found]
        suggested = _surely(name, country, options, found)
        options += [Option(_NEW, name, "an organization that is new"), Option(LEFT_OUT, "Leave it out")]
        detail = f"Which party is “{name[:100]}”? Choose."
        row.sheet.questions[key] = Question(key, "parties", name, tuple(options), suggested, detail)
    question = row.sheet.questions[key]
    return {"name": name, "key": key, "choice": row.ask(question)}


def _named_apart(text: str) -> list[str]:
    """Return the countries that a cell names one behind the other; what else it says stays together."""
    parts = [part for part in _AND.split(text) if part]
    are_countries = len(parts) > 1 and not _countries(text)[0] and all(_countries(part)[0] for part in parts)
    return parts if are_countries else [text]


def _countries(name: str) -> tuple[str, tuple[str, ...]]:
    """Return the code of the country that a name surely is, and those that it may be."""
    try:
        code = read_country(name)
    except UnclearPlace as error:
        return "", error.candidates
    return code, (code,)


def _surely(name: str, country: str, options: list[Option], found: list[Candidate]) -> str:
    """Return the only country or organization that is surely meant; a name that nothing is near to is a new one.

    A city is none, and what may name several is asked.
    """
    sure = [f"organization-{one.id}" for one in found if one.is_automatic]
    sure += [f"country-{country}"] if country else []
    if len(sure) == 1:
        return sure[0]
    return "" if options or zone_of(name, None) or _names_several(name) else _NEW


def _names_several(name: str) -> bool:
    return any(_countries(part)[0] for part in _AND.split(name)) and not _countries(name)[0]


def _parties(values: Mapping[str, Any], entering: Entering) -> tuple[PartyEntry, ...]:
    """Return the parties; the office's own organization is one of them, whether or not the row names it."""
    ours = Post.objects.live().filter(slug=OFFICE_POST).values_list("organization", flat=True).first()
    named = [_named(one, entering) for one in values["parties"] if one["choice"] != LEFT_OUT]
    theirs = [one for one in dict.fromkeys(named) if one.organization is None or one.organization != ours]
    own = (PartyEntry(organization=ours, side=PartySide.OURS),) if ours else ()
    return (*own, *theirs)


def _named(one: Mapping[str, str], entering: Entering) -> PartyEntry:
    kind, _, record = one["choice"].partition("-")
    if kind == "country":
        return PartyEntry(country=record)
    if kind == "organization":
        return PartyEntry(organization=UUID(record))
    return PartyEntry(organization=entering.made(one["key"], lambda: _new_organization(one["name"], entering)))


def _new_organization(name: str, entering: Entering) -> UUID:
    entry = directory.OrganizationEntry(name=name, names={"en": name}, sources=(entering.source,), allow_duplicate=True)
    return directory.register_organization(entry, by=entering.by).pk


def _require_new(title: str, entering: Entering) -> None:
    wanted = fold(title)
    rows = Agreement.objects.visible_to(entering.by).live().filter(title__iexact=title.strip()).order_by("pk")
    same = next((one.pk for one in rows if fold(one.title) == wanted), None)
    entering.require_new(same, pointer="/title")


AGREEMENTS = SheetKind(
    name="agreement",
    label="Agreements",
    model=Agreement,
    fields=tuple(
        SheetField(name=name, label=label, headings=tuple(_TABLE["headings"][name]), is_needed=name in _NEEDED)
        for name, label in _LABELLED.items()
    ),
    read=read_agreement,
    enter=enter_agreement,
    columns=_COLUMNS,
    compared={"registration_number": "registration_number", "depositary": "depositary", "expires": "expires"},
)
