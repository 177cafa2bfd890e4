"""Terms of office that expire."""

from appointments import services
from sgoffice.changes import clock
from sgoffice.records.actors import CLOCK


def _apply(change: clock.ScheduledChange) -> None:
    services.end_expired_term(change.record, on=change.on, by=CLOCK)


clock.register_pass(clock.Pass("appointments", due=services.find_due_ends, apply=_apply))
