"""Which permission a request needs."""

from typing import Any

from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from sgoffice.api.actors import actor_of
from sgoffice.records.actors import Permission

_SAFE = {"GET", "HEAD", "OPTIONS"}


class ActorPermission(BasePermission):
    """Reading needs `read`; anything else needs the model's `write_permission`, and a step what it is declared with."""

    message = "Your role does not allow this."

    def has_permission(self, request: Request, view: Any) -> bool:
        """Return whether the actor may call the view at all; `visible_to` filters the records."""
        if request.method in _SAFE:
            return actor_of(request).may(Permission.READ)
        to_write = getattr(getattr(view, "model", None), "write_permission", Permission.WRITE)
        of_step = getattr(getattr(view, getattr(view, "action", None) or "", None), "permission", to_write)
        return all(actor_of(request).may(needed) for needed in (to_write, of_step))
