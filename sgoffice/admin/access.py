"""Who acts in the admin, and what the pages let them do: all from the Actor, nothing from Django's own permissions."""

from typing import Any, ClassVar

from django.http import HttpRequest

from sgoffice.records.actors import ANONYMOUS, Actor, Permission


def actor_of(request: HttpRequest) -> Actor:
    """Return who makes this request; ANONYMOUS for somebody who did not sign in."""
    user: Any = getattr(request, "user", None)
    return user.as_actor() if user is not None and user.is_authenticated else ANONYMOUS


class ActorAccess:
    """Pages that ask the Actor. Nobody deletes."""

    #: What it takes to see these pages, and to write on them.
    reads_with: ClassVar[str] = Permission.READ
    writes_with: ClassVar[str] = Permission.WRITE

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Tell whether the pages are offered at all."""
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Tell whether the actor may read; which records is decided by visible_to()."""
        return actor_of(request).may(self.reads_with)

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Tell whether the actor may enter records."""
        return actor_of(request).may(self.writes_with)

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Tell whether the actor may change this one: neither what is in error nor what was merged."""
        return actor_of(request).may(self.writes_with) and getattr(obj, "is_live", True)

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Nobody deletes; the action goes with it."""
        return False
