"""A counterpart as a picture: when we met, what was promised by when, and which agreements are in force."""

from collections.abc import Iterator
from datetime import date
from itertools import chain
from typing import Any

from django.utils.translation import gettext

from engagements.reports.services import Brief, Contacts
from engagements.vocabulary import AHEAD, EngagementStatus
from sgoffice.admin.formatting import readable_date
from sgoffice.desk.time_lines import DASHED, DOTTED, FULL, STRIPED, Span, time_line
from sgoffice.languages.sentences import said


def picture_of(contacts: Contacts, brief: Brief, today: date) -> list[dict[str, Any]]:
    """Return the time line of a counterpart, of what the reader may see; nothing where no day is known."""
    return time_line(chain(_meetings(contacts), _promises(brief), _agreements(brief)), today)


def _meetings(contacts: Contacts) -> Iterator[Span]:
    """Yield what was held, and what is planned; dotted where the day is some day between two."""
    for one in reversed(contacts.known):
        if one.first is None or one.last is None:
            continue
        days = readable_date(one.first.isoformat() if one.first == one.last else f"{one.first}/{one.last}")
        if one.status == EngagementStatus.HELD:
            drawn = FULL if one.first == one.last else DOTTED
            yield Span("Meetings", one.first, one.last, drawn, gettext("Met %(days)s") % {"days": days})
        elif one.status in AHEAD:
            yield Span("Meetings", one.first, one.last, DASHED, gettext("Planned for %(days)s") % {"days": days})


def _promises(brief: Brief) -> Iterator[Span]:
    items = brief.action_items
    for row, owed in (("Promised by us", items.ours), ("Promised by them", items.theirs)):
        for one in owed:
            if one.due_on is not None:
                words = {"what": one.record.label, "day": readable_date(one.due_on.isoformat())}
                yield Span(row, one.due_on, one.due_on, STRIPED, gettext("%(what)s, by %(day)s") % words)


def _agreements(brief: Brief) -> Iterator[Span]:
    for one in brief.agreements:
        if one.since is not None:
            text = f"{one.record.label}: {said(one.sentence)}"
            yield Span(one.record.label, one.since, None, FULL if one.is_in_force else DOTTED, text)
