"""What a reminder says: references and titles of what its reader may see, and nothing that is restricted."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import formats, translation
from django.utils.translation import gettext

from engagements.models import ActionItem, Engagement
from engagements.querysets import OLDEST
from engagements.reminders.services.outbox import Due
from engagements.reminders.vocabulary import WORDS, ReminderKind
from engagements.reports import services as reports
from engagements.reports.services.report_types import DeadlineLine, marking_of
from engagements.reports.vocabulary import DeadlineKind
from engagements.vocabulary import EngagementStatus
from sgoffice.languages.french import with_first
from sgoffice.languages.sentences import said
from sgoffice.records.actors import Actor
from sgoffice.records.models import Marking

_AHEAD, _MOST = 60, 30
_IN_DIARY = (EngagementStatus.TENTATIVE, EngagementStatus.CONFIRMED, EngagementStatus.HELD)
#: What a Monday is about; promises are of the morning.
_DEADLINES = frozenset(DeadlineKind.values) - {DeadlineKind.ACTION_ITEM, DeadlineKind.REPLY}


class Section(NamedTuple):
    """A heading and its lines."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Letter:
    """A reminder in the language of its reader, before it is a mail."""

    language: str
    subject: str
    sections: tuple[Section, ...]


def letter_for(due: Due, *, at: datetime) -> Letter | None:
    """Return what a reminder says; None if there is nothing to say."""
    language = due.user.language if due.user.language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    reader = due.user.as_actor()
    with translation.override(language):
        found = _morning(due, reader, at) if due.kind == ReminderKind.MORNING else _monday(due, reader)
        sections = tuple(
            Section(gettext(WORDS[name]).format(days=_AHEAD), _bounded(list(lines))) for name, lines in found
        )
        subject = gettext(WORDS[due.kind]).format(day=_day(due.day))
    filled = tuple(one for one in sections if one.lines)
    return Letter(language, subject, filled) if filled else None


def _morning(due: Due, reader: Actor, at: datetime) -> Iterator[tuple[str, Iterable[str]]]:
    meetings: Any = Engagement.objects.visible_to(reader).live().exclude(marking=Marking.RESTRICTED)
    today = meetings.filter(status__in=_IN_DIARY, sort_rank=0).overlaps("held", due.day, due.day)
    yield "meetings", (_meeting(one, due.zone) for one in today.order_by(*OLDEST)[: _MOST + 1])
    items: Any = ActionItem.objects.visible_to(reader).live().exclude(marking=Marking.RESTRICTED)
    mine = items.open().filter(owner_user=due.user.pk, due_on__lte=due.day).order_by("due_on", "pk")
    yield "overdue", (_item(one) for one in mine.filter(due_on__lt=due.day)[: _MOST + 1])
    yield "due", (_item(one) for one in mine.filter(due_on=due.day)[: _MOST + 1])
    over = meetings.to_confirm(at).filter(responsible=due.user.pk).order_by(*OLDEST)
    yield "to_confirm", (_meeting(one, due.zone) for one in over[: _MOST + 1])


def _monday(due: Due, reader: Actor) -> Iterator[tuple[str, Iterable[str]]]:
    wanted = reports.DeadlineFilter(on=due.day, within=_AHEAD, kinds=_DEADLINES)
    lines = (line for piece in reports.every_deadline(wanted, by=reader) for line in piece)
    yield "ahead", (_deadline(one) for one in lines if marking_of(one) != Marking.RESTRICTED)


def _bounded(lines: list[str]) -> tuple[str, ...]:
    if len(lines) <= _MOST:
        return tuple(lines)
    return (*lines[:_MOST], "…" if len(lines) == _MOST + 1 else gettext(WORDS["more"]).format(count=len(lines) - _MOST))


def _meeting(one: Engagement, zone: ZoneInfo) -> str:
    if one.starts_at is None:
        when = _day(one.held_earliest) if one.held_earliest else ""
    else:
        local = one.starts_at.astimezone(zone)
        when = f"{local:%H:%M}" if one.status in _IN_DIARY else _day(local.date())
    return " · ".join(filter(None, (when, _one_line(one.title), one.city, one.reference)))


def _item(one: ActionItem) -> str:
    return " · ".join(filter(None, (_day(one.due_on) if one.due_on else "", _one_line(one.text), one.reference)))


def _deadline(one: DeadlineLine) -> str:
    return " · ".join(
        filter(None, (_day(one.day) if one.day else "", _one_line(said(one.sentence)), one.record.reference))
    )


def _day(day: date) -> str:
    return with_first(formats.date_format(day, "j F Y"))


def _one_line(text: str) -> str:
    return " ".join(text.split())[:300]
