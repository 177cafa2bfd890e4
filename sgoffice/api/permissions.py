"""Which permission a request needs."""

from typing import Any

from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from sgoffice.api.actors import actor_of
from sgoffice.records.actors import Permission

_SAFE = {"GET", "HEAD", "OPTIONS"}


class ActorPermission(BasePermission):
    """Reading needs `read`; anything else needs the model's `write_permission`."""

    message = "Your role does not allow this."

    def has_permission(self, request: Request, view: Any) -> bool:
        """Return whether the actor may call the view at all; `visible_to` filters the records."""
        to_write = getattr(getattr(view, "model", None), "write_permission", Permission.WRITE)
        return actor_of(request).may(Permission.READ if request.method in _SAFE else to_write)
