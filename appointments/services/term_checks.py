"""What the rules need to know of an appointment that is open: its dates, its bodies, whether it has begun."""

from datetime import date

from appointments.models import Appointment, Body, Post, TermRule
from appointments.rules import Bodies, Dates, Life, require_bodies
from sgoffice.changes import clock
from sgoffice.records.partial_dates import PartialDate


def dates_of(appointment: Appointment) -> Dates:
    """Return what is recorded of how somebody came to a post."""
    return Dates(*(_days(getattr(appointment, name)) for name in ("proposed", "appointed", "start", "expected_end")))


def life_of(post: Post) -> Life:
    """Return since when and until when a post exists."""
    return Life(_days(post.founding_date), _days(post.dissolution_date))


def _days(text: str | None) -> tuple[date, date] | None:
    if not text:
        return None
    found = PartialDate.parse(text)
    return found.earliest, found.latest


def require_bodies_of_rule(appointment: Appointment, start: date) -> None:
    """Refuse a proposal or an appointment by another body than the rule of the day names."""
    day = appointment.appointed_earliest or start
    rule = TermRule.objects.live().filter(post=appointment.post_id, valid__contains=day).first()
    if rule is None:
        return
    wanted = Bodies(rule.proposed_by_id, rule.appointed_by_id)
    given = Bodies(appointment.proposed_by_id, appointment.appointed_by_id)
    named = [key for key in (rule.proposed_by_id, rule.appointed_by_id) if key is not None]
    names: dict[object, str] = dict(Body.objects.filter(pk__in=named).values_list("pk", "name"))
    require_bodies(given, wanted, basis=rule.legal_basis, names=names)


def has_begun(appointment: Appointment) -> bool:
    """Whether the first day of a term has come."""
    return appointment.during is not None and appointment.during.lower <= clock.day_of_transaction()
