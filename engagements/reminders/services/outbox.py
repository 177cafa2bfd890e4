"""What is due, and who sends it: a mail is held by one worker at a time and tried twice at most.

A mail that surely did not leave is given back and tried again; one that may have left (the worker died, or the server
fell silent) goes out once more, with the same Message-ID.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F, Q

from engagements.reminders.models import ReminderChoice, ReminderMail
from engagements.reminders.rules import kinds_due
from sgoffice.accounts.models import User
from sgoffice.accounts.services.members import may_sign_in
from sgoffice.records.time_zones import time_zone_names

#: How long a worker holds a mail, longer than sending takes; and how long it rests when the server is away.
HELD_FOR, REST = timedelta(minutes=2), timedelta(minutes=5)
MOST_ATTEMPTS = 2
_KEPT = timedelta(days=90)


@dataclass(frozen=True)
class Due:
    """A mail that somebody wants today."""

    user: User
    kind: str
    day: date
    zone: ZoneInfo


def due_at(at: datetime) -> Iterator[Due]:
    """Yield what is due at an instant by the clocks of each person, without what is done."""
    done = set(
        ReminderMail.objects.filter(day__gte=(at - timedelta(days=2)).date(), done_at__isnull=False).values_list(
            "user", "kind", "day"
        )
    )
    choices = ReminderChoice.objects.filter(Q(morning=True) | Q(monday=True)).select_related("user").order_by("user")
    for choice in choices:
        user: Any = choice.user
        if not user.email or not may_sign_in(user):
            continue
        zone = ZoneInfo(user.time_zone if user.time_zone in time_zone_names() else "UTC")
        local = at.astimezone(zone)
        for kind in kinds_due(local, morning=choice.morning, monday=choice.monday):
            if (user.pk, kind, local.date()) not in done:
                yield Due(user, kind, local.date(), zone)


def claim(due: Due, *, at: datetime) -> ReminderMail | None:
    """Hold a mail; None if another worker does, or it is done, or it was tried often enough."""
    key = {"user": due.user, "kind": due.kind, "day": due.day}
    ReminderMail.objects.bulk_create([ReminderMail(**key)], ignore_conflicts=True)
    with transaction.atomic():
        free = ReminderMail.objects.filter(Q(held_until=None) | Q(held_until__lte=at), **key)
        rows: Any = free.filter(done_at=None, attempts__lt=MOST_ATTEMPTS)
        mail: ReminderMail | None = rows.select_for_update(no_key=True, skip_locked=True).first()
        if mail is not None:
            mail.attempts += 1
            mail.held_until = at + HELD_FOR
            mail.save(update_fields=["attempts", "held_until"])
    return mail


def conclude(mail: ReminderMail, *, was_sent: bool, at: datetime) -> None:
    """Note that a mail was sent, or had nothing to say."""
    ReminderMail.objects.filter(pk=mail.pk).update(done_at=at, was_sent=was_sent, held_until=None)


def give_back(mail: ReminderMail, *, at: datetime) -> None:
    """Note that a mail surely did not leave: the attempt does not count."""
    ReminderMail.objects.filter(pk=mail.pk).update(attempts=F("attempts") - 1, held_until=at + REST)


def forget_old(*, at: datetime) -> int:
    """Delete what is noted of mails of long ago; return how many."""
    return ReminderMail.objects.filter(day__lt=(at - _KEPT).date()).delete()[0]
