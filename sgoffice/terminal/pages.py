"""Answers as lines of a terminal; nothing that the register stores moves its cursor or colors it."""

import unicodedata
from collections.abc import Iterable, Iterator

from sgoffice.terminal.shapes import Brief, ContactLine, Deadlines, ImportReport, OpenItem

_MOST = 20


def plain(text: str) -> str:
    """Return a text without control characters, in one line."""
    return "".join(one if unicodedata.category(one) not in {"Cc", "Cf"} else " " for one in text)


def of_deadlines(found: Deadlines) -> Iterator[str]:
    """Yield what is due, the soonest first."""
    if not found["results"]:
        yield f"Nothing is due until {found['until']}."
    for one in found["results"]:
        day = one["day"] or "no day    "
        yield f"{day}{' OVERDUE' if one['is_overdue'] else ''}  {one['sentence']}  {one['record']['reference']}"
    if (left := found["count"] - len(found["results"])) > 0:
        yield f"… and {left} more: ask for fewer days."


def of_brief(found: Brief) -> Iterator[str]:
    """Yield what is known of a counterpart."""
    count = found["contacts_total"]
    yield f"{found['counterpart']['label']} ({found['marking']}): {count} {'contact' if count == 1 else 'contacts'}"
    if found["next_contact"]:
        yield f"Next: {_contact(found['next_contact'])}"
    yield from _section("Last", map(_contact, found["last_contacts"]))
    yield from _section("We owe", map(_item, found["action_items"]["ours"]))
    yield from _section("They owe", map(_item, found["action_items"]["theirs"]))
    yield from _section("Agreements", (f"{one['record']['label']}. {one['sentence']}" for one in found["agreements"]))


def of_report(found: ImportReport) -> Iterator[str]:
    """Yield how many rows can be entered, and what is wrong with the others."""
    if found["failure"]:
        yield found["failure"]
    yield ", ".join(f"{count} {name}" for name, count in sorted(found["counts"].items())) or "no rows"
    for one in found["problems"]:
        place = f"row {one['row']}" + (f", column {one['column']}" if one["column"] else "")
        yield f"{place}: {one['detail']}"
    if found["next_after"] is not None:
        yield "… and more rows."
    if found["open_questions"]:
        yield f"{found['open_questions']} questions are open: answer them on the desk."


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    shown = list(lines)
    if shown:
        yield f"{title}:"
        yield from (f"  {line}" for line in shown[:_MOST])


def _contact(one: ContactLine) -> str:
    place = ", ".join(filter(None, (one["city"], one["country"])))
    return "  ".join(filter(None, (one["held"] or "no day", one["record"]["label"], place, one["record"]["reference"])))


def _item(one: OpenItem) -> str:
    due = one["due_on"] or "no day"
    return f"{due}{' OVERDUE' if one['is_overdue'] else ''}  {one['record']['label']}  {one['record']['reference']}"
