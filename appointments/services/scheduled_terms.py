"""What time alone changes: acting terms begin with their first day, terms end with their last."""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from appointments.models import Appointment
from appointments.services.holders import end_of
from appointments.vocabulary import BEGIN_BY_THEMSELVES, RUNNING, AppointmentState, EndReason
from sgoffice.changes import clock
from sgoffice.changes.door import ANY_VERSION, change
from sgoffice.records.actors import Actor, Permission


def find_due_acting(day: date, without: Collection[UUID]) -> list[clock.ScheduledChange]:
    """Return the first batch of acting terms and extensions whose first day has come."""
    rows: Any = Appointment.objects.live().filter(kind__in=BEGIN_BY_THEMSELVES, state=AppointmentState.DESIGNATE)
    rows = rows.filter(during__startswith__lte=day).exclude(pk__in=list(without))
    found = rows.order_by("during__startswith", "pk").values_list("pk", "during__startswith")
    return [clock.ScheduledChange(*row) for row in found[: clock.BATCH]]


def begin_acting_term(appointment_id: UUID, *, on: date, by: Actor) -> None:
    """Record that an acting term or an extension began with its first day: nobody assumes it by a step."""
    by.require(Permission.WRITE)
    reason = f"{on}: the first day of the term came."
    with change(Appointment, appointment_id, verb="clock", by=by, expected=ANY_VERSION, reason=reason) as appointment:
        if appointment.state == AppointmentState.DESIGNATE and not appointment.is_in_error:
            appointment.state = AppointmentState.ASSUMED


def find_due_ends(day: date, without: Collection[UUID]) -> list[clock.ScheduledChange]:
    """Return the first batch of terms that surely expired by a day without a recorded end."""
    rows: Any = Appointment.objects.live().running_out(day).surely_over(day).exclude(pk__in=list(without))
    found = rows.order_by("during__endswith", "pk").values_list("pk", "during__endswith")
    return [clock.ScheduledChange(*row) for row in found[: clock.BATCH]]


def end_expired_term(appointment_id: UUID, *, on: date, by: Actor) -> None:
    """Record that a term ended with its last day, since nobody ended, extended or renewed it before.

    Its end still follows from the rule or the expected end, so a correction of the start moves it. Does nothing if the
    term no longer ends on that day.
    """
    by.require(Permission.WRITE)
    known = end_of(Appointment.objects.get(pk=appointment_id)) or str(on)
    reason = f"{known}: the term expired; no end had been recorded."
    with change(Appointment, appointment_id, verb="clock", by=by, expected=ANY_VERSION, reason=reason) as appointment:
        is_running = appointment.state in RUNNING and not appointment.is_in_error
        if is_running and appointment.during is not None and appointment.during.upper == on:
            appointment.state = AppointmentState.ENDED
            appointment.end_reason = appointment.end_reason or EndReason.END_OF_TERM
