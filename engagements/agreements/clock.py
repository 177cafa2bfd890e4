"""What time changes of agreements: entry into force, the end or tacit renewal of a term, an end that was announced."""

from engagements.agreements import services
from sgoffice.changes import clock
from sgoffice.records.actors import CLOCK


def _note(turn: clock.Turn) -> None:
    services.note_turn(turn.record, on=turn.on, by=CLOCK)


clock.register(clock.Pass(services.TURNS, due=services.due_turns, note=_note))
