"""Opening agreements for change: what one of them supersedes ends with it, whichever way either was entered."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from uuid import UUID

from engagements.agreements.models import Agreement
from engagements.agreements.services.mappers import case_as_stored
from engagements.agreements.services.statuses import write_status
from engagements.agreements.services.supersessions import find_contradicted, targets_of
from sgoffice.changes.door import ANY_VERSION, Expected, change, create
from sgoffice.changes.refusals import undone_as_one
from sgoffice.records.actors import CLOCK, Actor

SUPERSEDED = "What is recorded of an agreement that supersedes it has changed."


@contextmanager
def create_agreement(*, verb: str, by: Actor) -> Iterator[Agreement]:
    """Create an agreement as create() does; what it supersedes follows in the same transaction."""
    with undone_as_one(by):
        with create(Agreement, verb=verb, by=by) as agreement:
            yield agreement
        end_superseded(targets_of(agreement.pk))


@contextmanager
def change_agreement(
    agreement_id: UUID, *, verb: str, by: Actor, expected: Expected, reason: str = ""
) -> Iterator[Agreement]:
    """Open an agreement as change() does; what it supersedes, or no longer does, follows in the same transaction."""
    with undone_as_one(by):
        before = targets_of(agreement_id)
        with change(Agreement, agreement_id, verb=verb, by=by, expected=expected, reason=reason) as agreement:
            yield agreement
        end_superseded(before | targets_of(agreement_id))


def end_superseded(ids: Iterable[UUID]) -> None:
    """Compute anew the agreements whose end follows from another one that has changed.

    Nobody need see them to change the other: the register itself records it.
    """
    for key in find_contradicted(ids):
        with change(Agreement, key, verb="follow", by=CLOCK, expected=ANY_VERSION, reason=SUPERSEDED) as agreement:
            write_status(agreement, case_as_stored(agreement))
