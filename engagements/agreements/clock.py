"""What time alone changes: entry into force, the end or tacit renewal of a term, an announced end."""

from engagements.agreements import services
from sgoffice.changes import clock
from sgoffice.records.actors import CLOCK


def _apply(change: clock.ScheduledChange) -> None:
    services.note_turn(change.record, on=change.on, by=CLOCK)


clock.register_pass(clock.Pass(services.TURNS, due=services.due_turns, apply=_apply))
