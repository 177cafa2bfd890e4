"""Routes of steps: `POST /{kind}/{id}/{name}`, made from their declarations."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request

from sgoffice.api.entry_kinds import EntryStep
from sgoffice.api.serializers import EntrySerializer
from sgoffice.changes.door import Expected
from sgoffice.changes.steps import Step
from sgoffice.records.actors import Actor
from sgoffice.records.models import Record


def step_route(step: Step, serializer: type[EntrySerializer]) -> Any:
    """Return the action of `POST /{kind}/{id}/{name}`."""

    def view(self: Any, request: Request, pk: str) -> HttpResponse:
        def work(record_id: UUID, body: Any, expected: Expected) -> Record:
            return step.take(record_id, body.to_entry(), by=self.actor, expected=expected, at=timezone.now())

        return self.change(request, pk, serializer, work)

    def take(entry: Any, *, record_id: UUID, by: Actor, expected: Expected) -> Record:
        return step.take(record_id, entry, by=by, expected=expected, at=timezone.now())

    view.__name__ = action_of(step)
    view.step = EntryStep(serializer, take)  # type: ignore[attr-defined] # a function's own
    view.permission = step.permission  # type: ignore[attr-defined] # sgoffice/api/permissions.py asks for it
    described = extend_schema(request=serializer, summary=step.summary, description=step.description)
    return described(action(detail=True, methods=["post"], url_path=step.name, url_name=step.name)(view))


def action_of(step: Step) -> str:
    return f"take_{step.name.replace('-', '_')}"
