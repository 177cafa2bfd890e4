"""Links between records of any two kinds: made inside change() of their source, read under the reader's rights."""

from uuid import UUID

from sgoffice.records import guard
from sgoffice.records.errors import InvalidEntry
from sgoffice.records.models import Entry, Link


def link(source_id: UUID, relation: str, target_id: UUID, *, pointer: str = "") -> None:
    """Tie the open record to another one; a link that is there already stays as it is.

    Raises InvalidEntry when the target is no record, or is in error.
    """
    guard.require(source_id, "a link")
    if source_id == target_id:
        raise InvalidEntry([(pointer, "A record cannot be linked to itself.")])
    if not Entry.objects.filter(pk=target_id, is_in_error=False).exists():
        raise InvalidEntry([(pointer, f"There is no record {target_id}.")])
    if not Link.objects.filter(source=source_id, relation=relation, target=target_id).exists():
        Link(source_id=source_id, relation=relation, target_id=target_id).save()


def unlink(source_id: UUID, relation: str, target_id: UUID) -> None:
    """Undo a link; one that is not there is no fault."""
    guard.require(source_id, "a link")
    Link.objects.filter(source=source_id, relation=relation, target=target_id).delete()


def set_links(source_id: UUID, relation: str, targets: tuple[UUID, ...], *, pointer: str = "") -> None:
    """Make these the targets of the open record under one relation."""
    for known in Link.objects.filter(source=source_id, relation=relation).values_list("target", flat=True):
        if known not in targets:
            unlink(source_id, relation, known)
    for target in targets:
        link(source_id, relation, target, pointer=pointer)
