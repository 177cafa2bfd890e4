"""What time alone changes: entry into force, the end or tacit renewal of a term, an announced end, a statement's age.

A second pass computes again what was computed by older rules or under another setting.
"""

from engagements.agreements import services
from sgoffice.changes import clock
from sgoffice.records.actors import CLOCK


def _apply(change: clock.ScheduledChange) -> None:
    services.apply_scheduled_change(change.record, on=change.on, by=CLOCK)


def _compute_anew(change: clock.ScheduledChange) -> None:
    services.compute_status_anew(change.record, by=CLOCK)


clock.register_pass(clock.Pass("agreement_rules", due=services.find_outdated, apply=_compute_anew))
clock.register_pass(clock.Pass(services.CLOCK_NAME, due=services.find_due_changes, apply=_apply))
