"""Which day it is: what the database's clock says, once it is believed.

A day that has come ends terms and agreements for good, and a machine's clock may be wrong. So the passes of the clock
take the instant from the database, and a day that lies more than one day after the last one they reached is refused
until somebody says that it is right: after a holiday as after a clock that went wrong. What was said is a row of its
own: how far each pass came stays as the pass stored it, and the next run goes on from there.
"""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.db import connection
from django.db.models import Max
from django.utils import timezone

from sgoffice.records.models import ClockPass, StatedDay

#: How far the day moves on without being asked about.
LEAP = timedelta(days=1)
#: How far machines may disagree.
TOLERANCE = timedelta(minutes=5)


class DayNotBelieved(Exception):
    """The day lies too far from the last one that the passes reached."""


def now() -> datetime:
    """Return the instant by the database's clock, which is one for all machines."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        (instant,) = cursor.fetchone()
    return timezone.localtime(instant)


def leaps(at: datetime, reached: Collection[date | None]) -> bool:
    """Tell whether an instant lies more than a day after the last day that passes have reached or somebody stated."""
    today, known = timezone.localdate(at), [day for day in reached if day is not None]
    if known and today - max(known) <= LEAP:
        return False  # as nearly always: what somebody stated is not asked for
    days = [day for day in (*known, stated()) if day is not None]
    return bool(days) and today - max(days) > LEAP


def stated() -> date | None:
    """Return the day that somebody said is right the last time."""
    return StatedDay.objects.order_by("-pk").values_list("day", flat=True).first()


def is_stated(at: datetime) -> bool:
    """Tell whether what lies after an instant is a future that never was: somebody said that it was no later."""
    newest = StatedDay.objects.order_by("-pk").first()
    return newest is not None and newest.at <= at and newest.day <= timezone.localdate(at)


def require_believed(at: datetime) -> None:
    """Raise DayNotBelieved if the day lies more than a day after the last one that a pass reached."""
    last: date | None = ClockPass.objects.aggregate(last=Max("day"))["last"]
    if leaps(at, [last]):
        day = timezone.localdate(at)
        message = (
            f"The register last moved on to a new day on {last}, and the database says that today is {day}. Nothing "
            f"that time changes is applied until somebody says that this is right: manage.py work --once --today {day}"
        )
        raise DayNotBelieved(message)


def believe(day: date) -> None:
    """Say that today is this day: the passes go on, also where they ran in a future that never was.

    Raises DayNotBelieved if the database's clock says another day.
    """
    if day != (today := timezone.localdate(now())):
        message = f"The database says that today is {today}, not {day}: set its clock right, or say that day."
        raise DayNotBelieved(message)
    StatedDay.objects.create(day=day)
