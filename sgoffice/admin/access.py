"""Permissions in the admin: they come from the Actor, not from Django's own permissions."""

from typing import Any, ClassVar

from django.http import HttpRequest

from sgoffice.records.actors import ANONYMOUS, Actor, Permission


def actor_of(request: HttpRequest) -> Actor:
    """Return the actor of a request; ANONYMOUS without a signed-in user."""
    user: Any = getattr(request, "user", None)
    return user.as_actor() if user is not None and user.is_authenticated else ANONYMOUS


class ActorAccess:
    """Mixin for admin pages whose permissions come from the Actor. Nobody deletes."""

    #: The permissions to see these pages and to write on them.
    reads_with: ClassVar[str] = Permission.READ
    writes_with: ClassVar[str] = Permission.WRITE

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Whether the actor may read at all; visible_to() decides which records."""
        return actor_of(request).may(self.reads_with)

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return actor_of(request).may(self.writes_with)

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Whether the actor may change a record; never one that is in error or merged."""
        return actor_of(request).may(self.writes_with) and getattr(obj, "is_live", True)

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False
