"""What the form “Log a meeting” holds: what was typed, how it was understood, and the entry that it makes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from engagements import services
from engagements.desk.log_times import times_in
from engagements.rules.made_titles import made_title
from engagements.services.counterpart_lines import Choice, LineReading, participant_of, read_counterpart_line
from engagements.vocabulary import EngagementKind, EngagementStatus, Owing, Relation
from sgoffice.desk.forms import day_in, forbidden_characters
from sgoffice.desk.mentions import Named
from sgoffice.places.reading import UnclearPlace, read_country
from sgoffice.records.actors import Actor
from sgoffice.records.characters import without_forbidden
from sgoffice.records.models import Marking
from sgoffice.records.readership import Readership

FEWEST_LINES, MOST_LINES = 2, 40
LONGEST_LINE = 1000  # characters
FEWEST_PROMISES, MOST_PROMISES = 2, 20
_TEXTS = (
    "title",
    "kind",
    "status",
    "day",
    "start",
    "end",
    "city",
    "country",
    "zone",
    "outcome",
    "marking",
    "venue",
    "summary",
)
#: What is left empty follows from the day: what is over was held, what lies ahead is planned.
STATUSES = (
    ("", "By its day: it did, or it is planned"),
    (EngagementStatus.HELD, "It took place"),
    (EngagementStatus.CONFIRMED, "It is planned and confirmed"),
    (EngagementStatus.TENTATIVE, "It is planned, not confirmed yet"),
)
#: Where a refusal of the service is shown: the pointer's first part, and the field.
_FIELDS = {
    "held": "day", "starts_at": "start", "ends_at": "end", "time_zone": "zone", "title": "title", "kind": "kind",
    "status": "status", "city": "city", "country": "country", "outcome": "outcome", "marking": "marking",
    "venue": "venue", "summary": "summary",
}  # fmt: skip


@dataclass
class WhoLine:
    """A line of “with whom”: as it was typed, as it is understood, and which choice was made."""

    number: int
    text: str
    reading: LineReading | None = None
    chosen: str = ""
    error: str = ""

    @property
    def name(self) -> str:
        return f"who-{self.number}"

    @property
    def choice(self) -> Choice | None:
        return self.reading.choice(self.chosen) if self.reading else None


@dataclass
class PromiseLine:
    """A line of “what was promised”."""

    number: int
    text: str
    owed_by: str
    due: str
    is_mine: bool
    error: str = ""
    due_error: str = ""


@dataclass
class LogForm:
    """The form as it was sent. `errors` are by the name of the field."""

    values: dict[str, str]
    who: list[WhoLine]
    promises: list[PromiseLine]
    errors: dict[str, str] = field(default_factory=dict)
    #: What it is to belong to, by relation.
    ties: dict[str, Named] = field(default_factory=dict)

    @classmethod
    def empty(cls) -> "LogForm":
        values = dict.fromkeys(_TEXTS, "") | {"marking": Marking.INTERNAL}
        form = cls(values, [], [])
        form.fill_up()
        return form

    @classmethod
    def sent(cls, data: Mapping[str, Any], *, by: Actor) -> "LogForm":
        """Return the form with everything that was typed, and each line as it is understood."""
        values = {name: without_forbidden(str(data.get(name, ""))).strip() for name in _TEXTS}
        numbers = range(MOST_LINES)
        who = [who_line(number, data, by=by) for number in numbers if f"who-{number}" in data]
        promises = [promise_line(number, data) for number in range(MOST_PROMISES) if f"promise-{number}" in data]
        form = cls(values, who, promises)
        form.fill_up()
        form.errors |= {name: f"This {found.advice}" for name, found in forbidden_characters(data)}
        return form

    def fill_up(self, more: int = 0) -> None:
        """Add empty lines, so that there are enough to type on."""
        while len(self.who) < min(max(FEWEST_LINES, len(self.who) + more), MOST_LINES):
            self.who.append(WhoLine(len(self.who), ""))
            more = max(more - 1, 0)
        while len(self.promises) < FEWEST_PROMISES:
            self.promises.append(PromiseLine(len(self.promises), "", Owing.OURS, "", is_mine=False))

    def entry(self, *, by: Actor, today: date, is_another: bool) -> services.EngagementEntry | None:
        """Return the entry that the form makes; None with `errors` where something cannot be read."""
        self._require_words()
        participants = self._participants()
        promises = [self._promised(one, by, today) for one in self.promises if one.text]
        times, wrong = times_in(self.values, today=today)
        self.errors |= wrong
        country = self._country()
        if self.errors:
            return None
        return services.EngagementEntry(
            title=self.values["title"] or self.suggested_title(),
            kind=self.values["kind"],
            status=self.values["status"] or EngagementStatus.HELD,
            city=self.values["city"],
            country=country,
            outcome=self.values["outcome"],
            marking=self.values["marking"],
            participants=tuple(participants),
            action_items=tuple(one for one in promises if one),
            venue=self.values["venue"],
            summary=self.values["summary"],
            allow_duplicate=is_another,
            **times,
            **self._belongings(),
        )

    def _belongings(self) -> dict[str, Any]:
        ids = {relation: UUID(str(one.document["id"])) for relation, one in self.ties.items()}
        under = ids.pop(Relation.UNDER, None)
        return {str(relation): one for relation, one in ids.items()} | ({"under": (under,)} if under else {})

    def suggested_title(self) -> str:
        """Return what the meeting is called when nobody says: its kind and the first who were met."""
        names = [one.choice.label for one in self.who if one.choice]
        return made_title(EngagementKind(self.values["kind"]).label, names)

    @property
    def may_be_planned(self) -> bool:
        """Tell whether nothing in the form says that the meeting took place."""
        return not self.values["status"] and not self.values["outcome"]

    def refuse(self, pointer: str, detail: str) -> None:
        """Show a refusal of the service at its field."""
        head, _, rest = pointer.strip("/").partition("/")
        number = rest.partition("/")[0]
        if head == "participants" and number.isdigit():
            filled = [one for one in self.who if one.text]
            if int(number) < len(filled):
                filled[int(number)].error = detail
                self.errors[filled[int(number)].name] = detail
                return
        if head == "action_items" and number.isdigit():
            lines = [one for one in self.promises if one.text]
            if int(number) < len(lines):
                lines[int(number)].error = detail
                self.errors[f"promise-{lines[int(number)].number}"] = detail
                return
        self.errors[_FIELDS.get(head, "")] = detail

    def _require_words(self) -> None:
        if self.values["kind"] not in EngagementKind.values:
            self.errors["kind"] = "Choose what kind of meeting it is."
        if self.values["status"] not in dict(STATUSES):
            self.errors["status"] = "Say whether it took place."
        if self.values["marking"] not in Marking.values:
            self.errors["marking"] = "Choose who may read it."

    def _participants(self) -> list[services.ParticipantEntry]:
        found = []
        for one in self.who:
            if one.reading is None:
                continue
            if one.choice is None:
                one.error = f"Which {one.reading.name} is it? Choose one below."
                self.errors[one.name] = one.error
                continue
            found.append(participant_of(one.reading, one.choice))
        if not found and not self.errors:
            self.errors["who-0"] = self.who[0].error = "Say who was met: a name, a title, a country."
        return found

    def _promised(self, line: PromiseLine, by: Actor, today: date) -> services.Promise | None:
        marking = self.values["marking"] if self.values["marking"] in Marking.values else Marking.INTERNAL
        found = promised(line, by=by, today=today, marking=marking)
        name = f"promise-{line.number}"
        self.errors |= {key: text for key, text in ((name, line.error), (f"{name}-due", line.due_error)) if text}
        return found

    def _country(self) -> str | None:
        if not self.values["country"]:
            return None
        try:
            return read_country(self.values["country"])
        except UnclearPlace as error:
            self.errors["country"] = str(error)
            return None


def promised(
    line: PromiseLine, *, by: Actor, today: date, marking: str, readers: tuple[str, ...] = ()
) -> services.Promise | None:
    """Return the promise of a line; None with what cannot be read said on the line."""
    due = day_in(line.due, today=today, is_ahead=True) if line.due else None
    if line.due and due is None:
        line.due_error = "Write a day, such as 15 December 2026."
    if line.owed_by not in Owing.values:
        line.error = "Say who promised it."
    if line.error or line.due_error:
        return None
    owner = services.OwnerEntry(user=UUID(by.id)) if line.is_mine else services.OwnerEntry()
    return services.Promise(
        text=line.text, owed_by=line.owed_by, owner=owner, due_on=due, marking=marking, readers=readers
    )


def who_line(number: int, data: Mapping[str, Any], *, by: Actor) -> WhoLine:
    """Return one line as it was typed, understood and chosen; a choice that no longer fits is forgotten."""
    text = without_forbidden(str(data.get(f"who-{number}", ""))).strip()[:LONGEST_LINE]
    marking = str(data.get("marking", ""))
    readers = Readership.marked(marking if marking in Marking.values else Marking.INTERNAL, by.id, ())
    line = WhoLine(number, text, read_counterpart_line(text, by=by, readers=readers))
    if line.reading is not None:
        sent = str(data.get(f"who-{number}-is", ""))
        line.chosen = sent if _was_chosen(sent, line, data) else line.reading.chosen
    return line


def _was_chosen(sent: str, line: WhoLine, data: Mapping[str, Any]) -> bool:
    """Tell whether somebody chose this for the name as it is now.

    What was found for half a name, or ticked by the register itself, is no choice: the whole line is read anew.
    """
    reading = line.reading
    is_own = sent != data.get(f"{line.name}-found", "")
    return (
        is_own
        and reading is not None
        and data.get(f"{line.name}-of", "") == reading.name
        and bool(reading.choice(sent))
    )


def promise_line(number: int, data: Mapping[str, Any]) -> PromiseLine:
    name = f"promise-{number}"
    return PromiseLine(
        number,
        without_forbidden(str(data.get(name, ""))).strip(),
        str(data.get(f"{name}-by", Owing.OURS)),
        without_forbidden(str(data.get(f"{name}-due", ""))).strip(),
        is_mine=f"{name}-mine" in data,
    )
