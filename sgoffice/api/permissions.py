"""From the view's action to the permission it needs."""

from typing import Any

from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from sgoffice.api.actors import actor_of
from sgoffice.records.actors import Permission

_SAFE = {"GET", "HEAD", "OPTIONS"}


class ActorPermission(BasePermission):
    """Reading needs `read`, anything else what the model's `write_permission` says."""

    message = "Your role does not allow this: ask an administrator for a role that does."

    def has_permission(self, request: Request, view: Any) -> bool:
        """Tell whether the actor may call this view at all; records are filtered by visible_to."""
        to_write = getattr(getattr(view, "model", None), "write_permission", Permission.WRITE)
        return actor_of(request).may(Permission.READ if request.method in _SAFE else to_write)
