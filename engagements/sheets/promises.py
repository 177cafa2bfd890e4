"""Action items in rows: about a meeting, an agreement or a mandate of the register, entered by the services."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from engagements.models import ActionItem
from engagements.services import ActionItemEntry, CompletionEntry, OwnerEntry, add_action_item
from engagements.services.action_item_steps import complete_action_item
from engagements.sheets.words import HEADINGS, LABELS, PROMISE_HEADINGS, WORDS
from engagements.vocabulary import ABOUT, ActionItemStatus, Owing
from sgoffice.changes.called import Meant, find_meant
from sgoffice.changes.door import ANY_VERSION
from sgoffice.imports.kinds import Entering, Option, Question, RowReading, SheetField, SheetKind
from sgoffice.records.markings import narrowest
from sgoffice.records.references import ANY_KIND
from sgoffice.search.folding import fold

_NEEDED = frozenset({"text", "about"})
_LABELLED = {
    "text": "What to do", "about": "About", "owed_by": "Owed by", "owner_unit": "Unit in charge", "due": "Due",
    "item_status": "Status", "completed": "Done on", "evidence": "Evidence", "marking": "Marking",
}  # fmt: skip
_COLUMNS = {
    "text": "text", "engagement": "about", "agreement": "about", "mandate": "about", "owed_by": "owed_by",
    "owner": "owner_unit", "due_on": "due", "evidence": "evidence", "completed_on": "completed", "marking": "marking",
}  # fmt: skip
_LONGEST_KEY = 150  # characters of a name


def read_promise(row: RowReading) -> dict[str, Any]:
    """Return what a row says of an action item; what cannot be read is noted."""
    values: dict[str, Any] = {"text": row.text("text"), "owner_unit": row.text("owner_unit")}
    if not values["text"]:
        row.refuse("text", "Say what is to be done.")
    for name in ("owed_by", "item_status", "marking"):
        values[name] = row.word(name, WORDS[name], LABELS[name])
    values |= {"due_on": row.exact_day("due"), "completed_on": row.exact_day("completed")}
    values |= {"evidence": row.items("evidence"), "about": _about(row)}
    if values["item_status"] == ActionItemStatus.DONE and not (values["evidence"] and values["completed_on"]):
        row.refuse("item_status", "What is done needs the day on which it was done, and evidence: write both, or open.")
    return values


def enter_promise(values: Mapping[str, Any], entering: Entering) -> ActionItem:
    """Enter the action item of a row, and complete one that is done.

    Raises AlreadyThere for one that is promised in the same words about the same record, RuleViolation for one of
    another row.
    """
    kind, _, record = values["about"].partition("-")
    about = {kind: UUID(record)}
    _require_new(about, values["text"], entering)
    due = date.fromisoformat(values["due_on"]) if values["due_on"] else None
    entry = ActionItemEntry(
        text=values["text"],
        owed_by=values["owed_by"] or Owing.OURS,
        owner=OwnerEntry(unit=values["owner_unit"]),
        due_on=due,
        marking=narrowest([values["marking"] or entering.marking, entering.marking]),
        sources=(entering.source,),
        engagement=about.get("engagement"),
        mandate=about.get("mandate"),
        agreement=about.get("agreement"),
    )
    item = add_action_item(entry, by=entering.by)
    if values["item_status"] == ActionItemStatus.DONE:
        done = CompletionEntry(
            evidence=tuple(values["evidence"]), completed_on=date.fromisoformat(values["completed_on"])
        )
        return complete_action_item(item.pk, done, by=entering.by, expected=ANY_VERSION)
    return item


def _about(row: RowReading) -> str:
    """Return the kind and id of the record that a cell names, by reference or name; what may be several is asked."""
    text = row.text("about")
    if not text:
        row.refuse("about", "Say which meeting, agreement or mandate it is about: by its reference or its title.")
        return ""
    key = f"about:{fold(text)[:_LONGEST_KEY]}"
    if key not in row.sheet.questions:
        found = list(_meant(row, text))
        sure = [one for one, is_sure in found if is_sure]
        options = tuple({f"{one.kind}-{one.id}": _option(one) for one, _ in found}.values())
        detail = f"Which record is “{text[:100]}”? Choose, or write its reference."
        suggested = f"{sure[0].kind}-{sure[0].id}" if len(sure) == 1 else ""
        row.sheet.questions[key] = Question(key, "about", text, options, suggested, detail)
    question = row.sheet.questions[key]
    if not question.options:
        row.refuse("about", f"Nothing is called “{text[:100]}”. Write the reference of a meeting or an agreement.")
        return ""
    return row.ask(question)


def _meant(row: RowReading, text: str) -> Iterator[tuple[Meant, bool]]:
    """Yield the records that a text may mean, and whether each surely is."""
    by, readers = row.sheet.by, row.sheet.readers
    named = find_meant(ANY_KIND, text, by=by, readers=readers).sure
    if named is not None:
        if named.kind in ABOUT:
            yield named, True
        return
    for kind in ABOUT:
        found = find_meant(kind, text, by=by, readers=readers)
        if found.sure:
            yield found.sure, True
        yield from ((one, False) for one in found.candidates)


def _option(one: Meant) -> Option:
    return Option(f"{one.kind}-{one.id}", f"{one.reference} {one.label}".strip(), one.reason, str(one.id))


def _require_new(about: Mapping[str, UUID], text: str, entering: Entering) -> None:
    items = ActionItem.objects.visible_to(entering.by).live().filter(**about)
    same = next((one.pk for one in items.order_by("pk") if fold(one.text) == fold(text)), None)
    entering.require_new(same, pointer="/text")


PROMISES = SheetKind(
    name="action_item",
    label="Action items",
    model=ActionItem,
    fields=tuple(
        SheetField(
            name=name, label=label, headings=PROMISE_HEADINGS.get(name) or HEADINGS[name], is_needed=name in _NEEDED
        )
        for name, label in _LABELLED.items()
    ),
    read=read_promise,
    enter=enter_promise,
    columns=_COLUMNS,
    compared={"owed_by": "owed_by", "owner_unit": "owner_unit", "due_on": "due_on"},
)
