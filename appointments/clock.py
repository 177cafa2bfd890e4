"""Acting terms that begin, and terms of office that expire."""

from appointments import services
from sgoffice.changes import clock
from sgoffice.records.actors import CLOCK


def _begin(change: clock.ScheduledChange) -> None:
    services.begin_acting_term(change.record, on=change.on, by=CLOCK)


def _end(change: clock.ScheduledChange) -> None:
    services.end_expired_term(change.record, on=change.on, by=CLOCK)


clock.register_pass(clock.Pass("acting_terms", due=services.find_due_acting, apply=_begin))
clock.register_pass(clock.Pass("appointments", due=services.find_due_ends, apply=_end))
