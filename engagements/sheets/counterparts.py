"""Who was met, from the cells of a row: read by the same reader as a line of the desk, and the same name but once."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from engagements.rules.typed_lines import names_somebody
from engagements.services.counterpart_lines import (
    GROUP,
    NEW_ORGANIZATION,
    NEW_PERSON,
    Choice,
    LineReading,
    NamesInLines,
    participant_of,
    read_counterpart_line,
)
from engagements.services.entries import ParticipantEntry
from sgoffice.directory import services as directory
from sgoffice.directory.rules import fold, same_person
from sgoffice.directory.services import Candidate, organizations_called, people_called
from sgoffice.imports.kinds import LEFT_OUT, Entering, Option, Question, RowReading
from sgoffice.places.states import is_of_a_state
from sgoffice.records.errors import RelatedRecord, RuleViolation
from sgoffice.search.likeness import likeness

#: Fields beside the names, in the order of a line.
_BESIDE = ("counterpart_title", "counterpart_body", "counterpart_country")
_NEAR = 0.82  # of likeness: from here on two new names of the file may be one
_SAME = "same-"
_FIRST_LETTERS = 3
_LONGEST_KEY = 150  # characters of a name


@dataclass(frozen=True)
class _NewName:
    """A name of the file that the register does not have: with which question it came, and from which country."""

    key: str
    name: str
    country: str | None
    number: int


def read_counterparts(row: RowReading) -> list[dict[str, Any]]:
    """Return who was met, each with what was said beside the name and the answer to who that is."""
    found = []
    for line in _lines(row):
        by, readers = row.sheet.by, row.sheet.readers
        known = row.sheet.memory.setdefault("lines", {})
        names = row.sheet.memory.setdefault("names", NamesInLines(by=by, readers=readers))
        if line not in known:
            known[line] = read_counterpart_line(line, by=by, readers=readers, names=names)
        if known[line] is not None:
            found.append(_understood(row, known[line]))
    return found


def participants_of(values: list[Mapping[str, Any]], entering: Entering) -> tuple[ParticipantEntry, ...]:
    """Return the participants; who is new enters the directory, once for the whole file."""
    return tuple(_participant(one, entering) for one in values if one["choice"] != LEFT_OUT)


def _lines(row: RowReading) -> Iterator[str]:
    """Yield a line for each counterpart: as it stands, or made of the columns beside the names."""
    names = row.items("counterparts")
    beside = [row.items(name) for name in _BESIDE]
    if not any(beside):
        yield from names
        return
    if not names and len({len(parts) for parts in beside if parts}) <= 1:
        # somebody without a name: “Minister, Austria”
        names = ["" for _ in max(beside, key=len)]
    for field, parts in zip(_BESIDE, beside, strict=True):
        if len(parts) not in {0, 1, len(names)}:
            row.refuse(
                field, f"There are {len(names)} names and {len(parts)} of these: write one, or one for each name."
            )
            return
    for place, name in enumerate(names):
        said = [parts[place] if len(parts) == len(names) else parts[0] for parts in beside if parts]
        yield ", ".join(part for part in (_turned(name), *said) if part)


def _turned(name: str) -> str:
    """Return “Karner, Gerhard” as Gerhard KARNER: titles stand in a column of their own here.

    Several words that are not in capitals may be a whole name with another one behind the comma.
    """
    family, _, given = (part.strip() for part in name.partition(","))
    is_family = family.isupper() or len(family.split()) == 1
    return f"{given} {family.upper()}" if is_family and given and "," not in given else name


def _understood(row: RowReading, line: LineReading) -> dict[str, Any]:
    """Return what a line says, and who is meant: by an answer, surely, or as the same name in another row."""
    key = f"name:{fold(line.name)[:_LONGEST_KEY]}|{line.country or ''}|{line.body.id if line.body else ''}"
    others = [part for part in line.title.split(", ") if names_somebody(part)] if line.chosen != GROUP else []
    if others:
        key += f"|{fold(others[0])[: _LONGEST_KEY // 3]}"  # the same name alone is another question
    if key not in row.sheet.questions:
        _prepare(row, line, key, others)
    choice = row.ask(row.sheet.questions[key])
    key, choice = _followed(row, key, choice)
    known = [one.record for one in row.sheet.questions[key].options if one.record]
    said = {
        "name": line.name,
        "title": line.title,
        "country": line.country,
        "choice": choice,
        "key": key,
        "known": known,
    }
    body = {"body": str(line.body.id) if line.body else "", "body_name": line.body.name if line.body else ""}
    if line.new_body and _is_taken(row, line.new_body):
        body["body_name"] = line.new_body
    return said | body


def _is_taken(row: RowReading, name: str) -> bool:
    """Ask once for a new body, which undoing the import takes back; one nearly of the name of another is refused."""
    seen: dict[str, str] = row.sheet.memory.setdefault("bodies", {})
    near = next((one for key, one in seen.items() if key != fold(name) and likeness(key, fold(name)) >= _NEAR), "")
    if near:
        row.refuse("counterparts", f"{name} may be {near} of another row: write both alike.")
        return False
    seen.setdefault(fold(name), name)
    key = _key_of_body(name)
    if key not in row.sheet.questions:
        new = Option(NEW_ORGANIZATION, name, "an organization that is new to the register")
        options = (new, Option(LEFT_OUT, "Leave it out"))
        detail = f"Which “{name[:100]}” is it? Choose."
        row.sheet.questions[key] = Question(key, "counterparts", name, options, NEW_ORGANIZATION, detail)
    return row.ask(row.sheet.questions[key]) == NEW_ORGANIZATION


def _key_of_body(name: str) -> str:
    return f"body:{fold(name)[:_LONGEST_KEY]}"


def _prepare(row: RowReading, line: LineReading, key: str, others: list[str]) -> None:
    """Make the question of a name, with the new names of earlier rows that may be the same."""
    options = [Option(one.key, one.label, one.detail, str(one.record or "")) for one in line.choices]
    suggested, detail = line.chosen, f"Which “{line.name[:100]}” is it? Choose."
    if others:
        detail = f"“{others[0][:100]}” may be another person: put a semicolon between people, or choose."
    if suggested == NEW_PERSON:
        alike = _among_new(row, line, key)
        if alike:
            suggested = f"{_SAME}{alike[0][0].key}" if alike[0][1] else ""
        options = [Option(f"{_SAME}{one.key}", one.name, f"as in row {one.number}") for one, _ in alike] + options
    options.append(Option(LEFT_OUT, "Leave it out"))
    row.sheet.questions[key] = Question(key, "counterparts", line.name, tuple(options), suggested, detail)


def _followed(row: RowReading, key: str, choice: str) -> tuple[str, str]:
    """Return the question that “the same as in row 3” leads to, and its answer; an open one is open here too."""
    while choice.startswith(_SAME):
        key = choice.removeprefix(_SAME)
        question = row.sheet.questions[key]
        choice = row.sheet.answer_to(question)
        if not choice:
            row.leave_open(question)
    return key, choice


def _among_new(row: RowReading, line: LineReading, key: str) -> list[tuple[_NewName, bool]]:
    """Return the new names of earlier rows that may be this one, and whether they surely are; note the name."""
    index: dict[str, list[_NewName]] = row.sheet.memory.setdefault("new", {})
    new = _NewName(key, line.name, line.country, row.number)
    folded = fold(line.name)
    beginnings = {word[:_FIRST_LETTERS] for word in folded.split()}
    near = {one.key: one for beginning in beginnings for one in index.get(beginning, ()) if _fits(one, line)}
    found = []
    for one in near.values():
        if same_person(one.name, line.name) and one.country == line.country:
            found.append((one, True))
        elif likeness(fold(one.name), folded, ordered=False) >= _NEAR:
            found.append((one, False))
    for beginning in beginnings:
        index.setdefault(beginning, []).append(new)
    return sorted(found, key=lambda item: (not item[1], item[0].number))


def _fits(one: _NewName, line: LineReading) -> bool:
    return one.country is None or line.country is None or one.country == line.country


def _participant(said: Mapping[str, Any], entering: Entering) -> ParticipantEntry:
    key, choice = said["key"], said["choice"]
    body = (
        Candidate(_body_of(said, entering), "organization", said["body_name"], "", 1.0) if said["body_name"] else None
    )
    line = LineReading(said["name"], said["title"], said["country"], "", body, (), "")
    kind, _, record = choice.partition("-")
    if choice == NEW_PERSON:
        made = entering.made(key, lambda: _new_person(said, entering))
        return participant_of(line, Choice("", "", "", "person", made))
    if choice == NEW_ORGANIZATION:
        made = entering.made(key, lambda: _new_organization(said, entering))
        return participant_of(line, Choice("", "", "", "organization", made))
    if choice == GROUP or kind == "country":
        return participant_of(line, Choice(choice, "", "", kind))
    return participant_of(line, Choice(choice, "", "", kind, UUID(record)))


def _body_of(said: Mapping[str, Any], entering: Entering) -> UUID:
    """Return the body that somebody speaks for; one that is new enters the directory once for the whole file."""
    if said["body"]:
        return UUID(said["body"])
    name = said["body_name"]
    country = said["country"] if is_of_a_state(name) else None  # what its member speaks for is not a foundation's
    entry = {"name": name, "country": country, "known": []}
    return entering.made(_key_of_body(name), lambda: _new_organization(entry, entering))


def _new_person(said: Mapping[str, Any], entering: Entering) -> UUID:
    _require_still_new(said, entering, lambda: people_called(said["name"], by=entering.by))
    entry = directory.PersonEntry(name=said["name"], sources=(entering.source,), allow_duplicate=True)
    return directory.register_person(entry, by=entering.by).pk


def _require_still_new(said: Mapping[str, Any], entering: Entering, candidates: Callable[[], list[Candidate]]) -> None:
    """Raise RuleViolation if the directory has got somebody of a name since it was said to be new.

    A trial has just asked that.
    """
    if entering.is_trial:
        return
    since = [one for one in candidates() if str(one.id) not in said["known"] and not entering.is_own(one.id)]
    if since:
        detail = f"{said['name']} may be {since[0].name}, entered after the check: bring the file again."
        records = [RelatedRecord(since[0].id, since[0].kind, since[0].name, reason=since[0].reason)]
        raise RuleViolation(detail, rule="import-stale", pointer="/participants", records=records)


def _new_organization(said: Mapping[str, Any], entering: Entering) -> UUID:
    name = said["name"]
    _require_still_new(said, entering, lambda: organizations_called(name, by=entering.by, country=said["country"]))
    entry = directory.OrganizationEntry(
        name=name, names={"en": name}, country=said["country"], sources=(entering.source,), allow_duplicate=True
    )
    return directory.register_organization(entry, by=entering.by).pk
