"""Which restricted records a member of staff reads because they were named, and how that ends."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.db import transaction

from sgoffice import documents
from sgoffice.accounts.models import User
from sgoffice.accounts.services.members import change_member
from sgoffice.changes.door import ANY_VERSION, change, lock_names_exclusively
from sgoffice.records.actors import Actor, Permission
from sgoffice.records.models import Entry


def readerships_of(user_id: UUID) -> list[Entry]:
    """Return the records that name somebody as a reader: kind and reference, no contents.

    Those whose readers follow from others, such as people, name nobody themselves. Records that were merged into others
    do: one that is un-merged has its own readers again.
    """
    following = [kind for kind, recipe in documents.recipes().items() if recipe.model.readers_follow]
    rows = Entry.objects.filter(readers__contains=[str(user_id)]).exclude(kind__in=following)
    return list(rows.order_by("kind", "reference", "pk"))


def end_readerships(user: User, *, by: Actor) -> int:
    """Take a member of staff off the readers of every record; return of how many.

    The change is made for whoever changes the account, who need not read the records: history names them.
    """
    acting = Actor(by.kind, by.id, by.label, frozenset(Permission))
    found = readerships_of(user.pk)
    for entry in found:
        model: Any = documents.model_of(entry.kind)
        with change(model, entry.pk, verb="end_readership", by=acting, expected=ANY_VERSION) as record:
            record.readers = [reader for reader in record.readers if reader != str(user.pk)]
    return len(found)


@contextmanager
def leaving(user_id: UUID, *, verb: str, by: Actor, reason: str = "") -> Iterator[User]:
    """Open a member of staff whose readerships may end: records show names, so their lock comes before any row's."""
    with transaction.atomic():
        lock_names_exclusively()
        with change_member(user_id, verb=verb, by=by, reason=reason) as user:
            yield user
