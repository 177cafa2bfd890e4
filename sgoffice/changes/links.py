"""Links between records of any two kinds: written inside change() of their source, read under the reader's rights."""

from collections.abc import Sequence
from uuid import UUID

from sgoffice.changes.door import current_actor
from sgoffice.records import guard
from sgoffice.records.errors import InvalidEntry
from sgoffice.records.models import Entry, Link


def link(
    source_id: UUID, relation: str, target_id: UUID, *, pointer: str = "", places: Sequence[str] | None = None
) -> None:
    """Link the open record to another one, or update the places of a link that exists.

    `places` are the parts of the target that the link concerns, such as articles; None leaves them unchanged. Raises
    InvalidEntry when the actor may not see the target or it is in error.
    """
    guard.require_open(source_id, "a link")
    if source_id == target_id:
        raise InvalidEntry([(pointer, "A record cannot be linked to itself.")])
    if not Entry.objects.visible_to(current_actor()).filter(pk=target_id, is_in_error=False).exists():
        raise InvalidEntry([(pointer, f"There is no record {target_id}.")])
    existing = Link.objects.filter(source=source_id, relation=relation, target=target_id).first()
    if existing is None:
        Link(source_id=source_id, relation=relation, target_id=target_id, places=list(places or ())).save()
    elif places is not None and existing.places != list(places):
        existing.places = list(places)
        existing.save(update_fields=["places"])


def unlink(source_id: UUID, relation: str, target_id: UUID) -> None:
    """Remove a link if it exists."""
    guard.require_open(source_id, "a link")
    Link.objects.filter(source=source_id, relation=relation, target=target_id).delete()


def set_links(source_id: UUID, relation: str, targets: tuple[UUID, ...], *, pointer: str = "") -> None:
    """Replace the targets of the open record under one relation.

    Links to records that the actor may not see stay: nobody can mean to remove what they do not see.
    """
    seen = Entry.objects.visible_to(current_actor()).filter(
        linked_from__source=source_id, linked_from__relation=relation
    )
    current = set(seen.values_list("pk", flat=True))
    for gone in sorted(current - set(targets)):
        unlink(source_id, relation, gone)
    for target in targets:
        if target not in current:
            link(source_id, relation, target, pointer=pointer)
