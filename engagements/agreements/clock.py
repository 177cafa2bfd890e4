"""What time alone changes: entry into force, the end or tacit renewal of a term, an announced end."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from engagements.agreements import services
from sgoffice.changes import clock
from sgoffice.records.actors import CLOCK


def _due(day: date, without: Collection[UUID]) -> Sequence[clock.ScheduledChange]:
    services.fill_bindings()
    return services.find_due_changes(day, without)


def _apply(change: clock.ScheduledChange) -> None:
    services.apply_scheduled_change(change.record, on=change.on, by=CLOCK)


clock.register_pass(clock.Pass(services.CLOCK_NAME, due=_due, apply=_apply))
