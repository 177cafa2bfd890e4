"""What time alone changes: entry into force, the end or tacit renewal of a term, an announced end."""

from engagements.agreements import services
from sgoffice.changes import clock
from sgoffice.records.actors import CLOCK


def _apply(change: clock.ScheduledChange) -> None:
    services.apply_scheduled_change(change.record, on=change.on, by=CLOCK)


clock.register_pass(clock.Pass(services.CLOCK_NAME, due=services.find_due_changes, apply=_apply))
