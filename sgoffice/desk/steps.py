"""Steps of a record as buttons of its sheet: each opens a short form, and posts one call of its service."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone

from sgoffice.admin.access import actor_of
from sgoffice.admin.refusals import refusal_texts
from sgoffice.changes.steps import Step
from sgoffice.desk.forms import date_in, day_in, forbidden_characters, is_in_calendar, number_in
from sgoffice.desk.pages import attempt, zone_of_reader
from sgoffice.records.characters import without_forbidden
from sgoffice.records.errors import InvalidEntry
from sgoffice.records.models import Record

#: What is typed in a field becomes this of the entry.
LINE, LONG, DAY, DATE, CHOICE, TEXTS = "line", "long", "day", "date", "choice", "texts"
_LONGEST = {LINE: 2000, LONG: 20_000, DAY: 100, DATE: 100, CHOICE: 200, TEXTS: 2000}


@dataclass(frozen=True)
class Asked:
    """A field of a step's form. A day is exact, a date may be imprecise; `texts` are kept as a list of one."""

    name: str
    label: str
    kind: str = LINE
    help: str = ""
    choices: Sequence[tuple[str, str]] = ()
    value: str = ""

    @property
    def length(self) -> int:
        return _LONGEST[self.kind]


@dataclass(frozen=True)
class Offered:
    """A step on a sheet, with what it asks."""

    name: str
    label: str
    tone: str
    asked: Sequence[Asked]


@dataclass(frozen=True)
class Taken:
    """What became of a step: the record, or what was refused and typed."""

    step: str
    record: Record | None = None
    refused: tuple[str, ...] = ()
    typed: Mapping[str, str] | None = None


def offered(step: Step, asked: Sequence[Asked], *, label: str = "") -> Offered:
    return Offered(step.name, label or step.label, step.tone, asked)


def shown(steps: Iterable[Offered], taken: Taken | None = None) -> dict[str, Any]:
    """Return what the template `desk/steps.html` shows: the buttons, and what was refused and typed."""
    tried, typed = (taken.step, taken.typed or {}) if taken else ("", {})
    found = [
        {
            "name": one.name,
            "label": one.label,
            "tone": one.tone,
            "is_tried": one.name == tried,
            "fields": [
                {"asked": asked, "id": f"{one.name}-{asked.name}", "value": _value(asked, one.name == tried, typed)}
                for asked in one.asked
            ],
        }
        for one in steps
    ]
    return {"steps": found, "refused": taken.refused if taken else ()}


def _value(asked: Asked, is_tried: bool, typed: Mapping[str, str]) -> str:  # noqa: FBT001 - private
    return typed.get(asked.name, asked.value) if is_tried else asked.value


def take(
    request: HttpRequest,
    record: Record,
    steps: Mapping[str, tuple[Step, Sequence[Asked]]],
    *,
    more: Callable[[str, dict[str, Any]], dict[str, Any]] | None = None,
    instead: Mapping[str, Callable[[Step, dict[str, Any], int], Record]] | None = None,
) -> Taken:
    """Take the step that a form asks for.

    `more` completes the values of its entry from what was typed; what stands in `instead` takes steps by itself, such
    as one that records several acts at once.
    """
    name, version = request.POST.get("step", ""), number_in(request.POST.get("version", ""))
    if name not in steps or version is None:
        return Taken("", refused=("Press one of the buttons below.",))
    step, asked = steps[name]
    typed = {one.name: without_forbidden(request.POST.get(one.name, "")).strip() for one in asked}
    refused = [f"What you wrote {found.advice}" for _, found in forbidden_characters(request.POST)]
    values, wrong = read_values(asked, typed, today=timezone.now().astimezone(zone_of_reader(request)).date())
    if refused or wrong:
        return Taken(name, refused=(*refused, *wrong), typed=typed)

    def work() -> Record:
        if instead and name in instead:
            return instead[name](step, values, version)
        given = more(name, values) if more else values
        known = {item.name: item for item in fields(step.entry)}
        if missing := [one for one in asked if one.name not in given and _is_required(known.get(one.name))]:
            raise InvalidEntry([(f"/{one.name}", f"{one.label}: fill this in.") for one in missing])
        entry = step.entry(**{key: value for key, value in given.items() if key in known})
        return step.take(record.pk, entry, by=actor_of(request), expected=version, at=timezone.now())

    done, error = attempt(work)
    if done is None:
        texts = tuple(detail for _, detail in refusal_texts(error)) if error else ()
        return Taken(name, refused=texts, typed=typed)
    return Taken(name, record=done)


def _is_required(item: Any) -> bool:
    return item is not None and item.default is MISSING and item.default_factory is MISSING


def read_values(asked: Iterable[Asked], typed: Mapping[str, str], *, today: date) -> tuple[dict[str, Any], list[str]]:
    """Return the values of what was typed, and a sentence for each that cannot be read; what is empty is left out."""
    values: dict[str, Any] = {}
    wrong = []
    for one in asked:
        if not (text := typed.get(one.name, "")[: one.length]):
            continue
        try:
            values[one.name] = _read(one, text, today)
        except ValueError as error:
            wrong.append(f"{one.label}: {error}")
    return values, wrong


def _read(asked: Asked, text: str, today: date) -> Any:
    if asked.kind == DAY:
        if (day := day_in(text, today=today)) is None:
            message = "write a day, such as 15 December 2026."
            raise ValueError(message)
        return day
    if asked.kind == DATE:
        written = date_in(text, today=today)
        if not is_in_calendar(written):
            message = "write a date, such as 15 December 2026 or December 2026."
            raise ValueError(message)
        return written
    if asked.kind == CHOICE:
        if text not in dict(asked.choices):
            message = "choose one of the list."
            raise ValueError(message)
        return text
    return (text,) if asked.kind == TEXTS else text


def id_in(text: str, pointer: str) -> UUID:
    """Return an id that a form sent; raises InvalidEntry for anything else."""
    try:
        return UUID(text)
    except ValueError:
        raise InvalidEntry([(pointer, "Choose one of the list.")]) from None
