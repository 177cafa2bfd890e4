"""What time changes of appointments: a term that runs out."""

from appointments import services
from sgoffice.changes import clock
from sgoffice.records.actors import CLOCK


def _note(turn: clock.Turn) -> None:
    services.run_out(turn.record, on=turn.on, by=CLOCK)


clock.register(clock.Pass("appointments", due=services.due_ends, note=_note))
