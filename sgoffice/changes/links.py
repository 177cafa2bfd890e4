"""Links between records of any two kinds: made inside change() of their source, read under the reader's rights."""

from collections.abc import Sequence
from uuid import UUID

from sgoffice.changes.door import current_actor
from sgoffice.records import guard
from sgoffice.records.errors import InvalidEntry
from sgoffice.records.models import Entry, Link


def link(
    source_id: UUID, relation: str, target_id: UUID, *, pointer: str = "", places: Sequence[str] | None = None
) -> None:
    """Tie the open record to another one; a link that is there already stays as it is, but for what it is about.

    `places` are what of the target it is about, such as articles; None leaves them as they are.

    Raises InvalidEntry when the target is no record that the actor may see, or is in error.
    """
    guard.require_open(source_id, "a link")
    if source_id == target_id:
        raise InvalidEntry([(pointer, "A record cannot be linked to itself.")])
    if not Entry.objects.visible_to(current_actor()).filter(pk=target_id, is_in_error=False).exists():
        raise InvalidEntry([(pointer, f"There is no record {target_id}.")])
    made = Link.objects.filter(source=source_id, relation=relation, target=target_id).first()
    if made is None:
        Link(source_id=source_id, relation=relation, target_id=target_id, places=list(places or ())).save()
    elif places is not None and made.places != list(places):
        made.places = list(places)
        made.save(update_fields=["places"])


def unlink(source_id: UUID, relation: str, target_id: UUID) -> None:
    """Undo a link; one that is not there is no fault."""
    guard.require_open(source_id, "a link")
    Link.objects.filter(source=source_id, relation=relation, target=target_id).delete()


def set_links(source_id: UUID, relation: str, targets: tuple[UUID, ...], *, pointer: str = "") -> None:
    """Make these the targets of the open record under one relation, as far as the actor can see its targets.

    A link to a record that is hidden from the actor stays: who does not see it cannot mean to undo it.
    """
    seen = Entry.objects.visible_to(current_actor()).filter(
        linked_from__source=source_id, linked_from__relation=relation
    )
    known = set(seen.values_list("pk", flat=True))
    for gone in sorted(known - set(targets)):
        unlink(source_id, relation, gone)
    for target in targets:
        if target not in known:
            link(source_id, relation, target, pointer=pointer)
