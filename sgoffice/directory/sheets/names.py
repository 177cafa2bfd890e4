"""People and organizations in rows. Who is in the directory already stays as it is: the report says what differs."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

from sgoffice.directory.models import Organization, Person
from sgoffice.directory.rules import fold
from sgoffice.directory.services import (
    Candidate,
    Contact,
    OrganizationEntry,
    PersonEntry,
    organizations_called,
    people_called,
    register_organization,
    register_person,
)
from sgoffice.directory.vocabulary import Classification
from sgoffice.imports.kinds import (
    AlreadyThere,
    Entering,
    Option,
    Question,
    RowReading,
    SheetField,
    SheetKind,
)
from sgoffice.records.errors import RuleViolation

_NEW = "new"
#: Between two people; and letters behind a name.
_SEVERAL = re.compile(r"[;\n]|\s[/&+]\s")
_BEHIND = frozenset({"jr", "sr", "junior", "senior", "ii", "iii", "iv", "phd", "ph d", "md", "esq", "ret", "retired"})
_ONE_A_ROW = "Several people stand in this cell, with “{}” between them: give each a row of their own."
_LONGEST_KEY = 150  # characters of a name
_CONTACTS = ("email", "telephone", "address", "url")
_CLASSES = {str(value): str(label) for value, label in Classification.choices}
_CLASS_WORDS = {fold(label): value for value, label in _CLASSES.items()}


def read_person(row: RowReading) -> dict[str, Any]:
    """Return what a row says of a person."""
    name, given, family = _name_in(row)
    found = people_called(name, by=row.sheet.by) if name else []
    values = {"given_name": given, "family_name": family, "honorific_prefix": row.text("honorific_prefix")}
    return values | _named(row, name, "", found, "a person") | _contacts(row)


def _name_in(row: RowReading) -> tuple[str, str, str]:
    """Return the whole name, the given and the family name, from one column or from two.

    “Okafor, Ngozi” is Ngozi Okafor; a column of names beside one of given names has family names. What names several
    people is refused.
    """
    written, given, family = row.text("name"), row.text("given_name"), row.text("family_name")
    if several := _SEVERAL.search(written or family):
        row.refuse("name" if written else "family_name", _ONE_A_ROW.format(several[0].strip() or "line"))
    if not written:
        return f"{given} {family}".strip(), given, family if given else ""
    before, comma, behind = (part.strip() for part in written.partition(","))
    if comma and not given and not family and behind and "," not in behind and fold(behind) not in _BEHIND:
        return f"{behind} {before}", behind, before
    if given and f" {fold(given)} " not in f" {fold(written)} ":
        return f"{given} {written}", given, family or written
    return written, given, family


def enter_person(values: Mapping[str, Any], entering: Entering) -> Person:
    """Register a person who is new."""
    _require_new(values, people_called(values["name"], by=entering.by), entering)
    entry = PersonEntry(
        name=values["name"],
        given_name=values["given_name"],
        family_name=values["family_name"],
        honorific_prefix=values["honorific_prefix"],
        contact_details=_details(values),
        sources=(entering.source,),
        allow_duplicate=True,
    )
    return register_person(entry, by=entering.by)


def read_organization(row: RowReading) -> dict[str, Any]:
    """Return what a row says of an organization."""
    name, country = row.text("name"), row.country("country")
    found = organizations_called(name, by=row.sheet.by, country=country or None) if name else []
    values = {
        "country": country or None,
        "acronym": row.text("acronym"),
        "seat_city": row.text("seat_city"),
        "classification": row.word("classification", _CLASS_WORDS, _CLASSES),
    }
    return values | _named(row, name, country, found, "an organization") | _contacts(row)


def enter_organization(values: Mapping[str, Any], entering: Entering) -> Organization:
    """Register an organization that is new; a State is refused by the service."""
    found = organizations_called(values["name"], by=entering.by, country=values["country"])
    _require_new(values, found, entering)
    entry = OrganizationEntry(
        name=values["name"],
        acronym=values["acronym"],
        country=values["country"],
        seat_city=values["seat_city"],
        classification=values["classification"] or Classification.OTHER,
        contact_details=_details(values),
        sources=(entering.source,),
        allow_duplicate=True,
    )
    return register_organization(entry, by=entering.by)


def _named(row: RowReading, name: str, country: str, found: list[Candidate], what: str) -> dict[str, Any]:
    """Return the name and who has it already: surely, by an answer, or nobody. A name counts once in a file."""
    if not fold(name):
        row.refuse("name", "A name is needed.")
        return {"name": name, "choice": "", "known": []}
    key = f"name:{fold(name)[:_LONGEST_KEY]}|{country}"
    first = row.sheet.memory.setdefault(key, row.number)
    if first != row.number:
        row.refuse("name", f"Row {first} has the same name: leave one of them out, or tell them apart.")
        return {"name": name, "choice": "", "known": []}
    options = [Option(str(one.id), one.name, one.reason, str(one.id)) for one in found]
    sure = next((str(one.id) for one in found if one.is_automatic), "")
    options.append(Option(_NEW, name, f"{what} who is new" if what == "a person" else f"{what} that is new"))
    suggested = sure or ("" if found else _NEW)
    detail = f"Is “{name[:100]}” somebody whom the register has? Choose."
    choice = row.ask(Question(key, "name", name, tuple(options), suggested, detail))
    return {"name": name, "choice": choice, "known": [str(one.id) for one in found]}


def _require_new(values: Mapping[str, Any], found: list[Candidate], entering: Entering) -> None:
    """Raise AlreadyThere for whom the directory has, RuleViolation for whom it has got since the check."""
    if values["choice"] != _NEW:
        raise AlreadyThere(UUID(values["choice"]))
    since = [one for one in found if str(one.id) not in values["known"] and not entering.is_own(one.id)]
    if since:
        row = entering.row_of(since[0].id)
        detail = f"{values['name']} may be {since[0].name}, entered after the check: bring the file again."
        if row is not None:
            detail = f"{values['name']} may be {since[0].name} of row {row}: leave one of them out."
        raise RuleViolation(detail, rule="import-stale", pointer="/name")


def _contacts(row: RowReading) -> dict[str, Any]:
    return {"contacts": {name: text for name in _CONTACTS if (text := row.text(name))}}


def _details(values: Mapping[str, Any]) -> tuple[Contact, ...]:
    return tuple(Contact(type=name, value=text) for name, text in values["contacts"].items())


def _fields(kind: str, labels: Mapping[str, str], *, instead: str = "") -> tuple[SheetField, ...]:
    """Return the fields of a kind, and how to reach it."""
    return tuple(
        SheetField(
            name=name,
            label=label,
            headings=tuple(_HEADINGS[kind][name]),
            is_needed=name == "name",
            instead=instead if name == "name" else "",
        )
        for name, label in labels.items()
    ) + tuple(
        SheetField(name=name, label=label, headings=tuple(_HEADINGS["contact"][name]))
        for name, label in _CONTACT_LABELS.items()
    )


_HEADINGS: dict[str, dict[str, list[str]]] = json.loads((Path(__file__).parent / "data" / "words.json").read_bytes())
_CONTACT_LABELS = {"email": "E-mail", "telephone": "Telephone", "address": "Address", "url": "Website"}
_COLUMNS = {
    "name": "name", "given_name": "given_name", "family_name": "family_name", "honorific_prefix": "honorific_prefix",
    "acronym": "acronym", "country": "country", "seat_city": "seat_city", "classification": "classification",
    "contact_details": "email",
}  # fmt: skip
PEOPLE = SheetKind(
    name="person",
    label="People",
    model=Person,
    fields=_fields(
        "person",
        {
            "name": "Full name",
            "family_name": "Family name",
            "given_name": "Given name",
            "honorific_prefix": "Form of address",
        },
        instead="family_name",
    ),
    read=read_person,
    enter=enter_person,
    columns=_COLUMNS,
    compared={name: name for name in ("family_name", "given_name", "honorific_prefix")},
)
ORGANIZATIONS = SheetKind(
    name="organization",
    label="Organizations",
    model=Organization,
    fields=_fields(
        "organization",
        {
            "name": "Name of the organization",
            "acronym": "Acronym",
            "classification": "Classification",
            "country": "Country",
            "seat_city": "Seat",
        },
    ),
    read=read_organization,
    enter=enter_organization,
    columns=_COLUMNS,
    compared={"acronym": "acronym", "country": "country_id", "seat_city": "seat_city"},
)
