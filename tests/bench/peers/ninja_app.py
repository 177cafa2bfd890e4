"""django-ninja over the register's models, as its manual shows it: Pydantic schemas, its renderer by orjson.

It signs in by the register's tokens; it is spared markings and ETags.
"""

import hashlib
from typing import Any
from uuid import UUID

import orjson
from django.db.models import OuterRef, Prefetch, QuerySet, Subquery
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import NinjaAPI
from ninja.renderers import BaseRenderer
from ninja.security import HttpBearer

from engagements.models import Capacity, Engagement, Participant
from sgoffice.accounts.models import AccessToken
from sgoffice.records.models import Entry
from tests.bench.peers import shapes


class TokenAuthentication(HttpBearer):
    """The register's own bearer tokens."""

    def authenticate(self, request: Any, token: str) -> AccessToken | None:
        found = AccessToken.objects.select_related("user").filter(
            digest=hashlib.sha256(token.encode()).digest(), revoked_at=None, expires_at__gt=timezone.now()
        )
        return found.filter(user__is_active=True).first()


class OrjsonRenderer(BaseRenderer):
    """The manual's own example of a renderer."""

    media_type = "application/json"

    def render(self, request: Any, data: Any, *, response_status: int) -> bytes:
        return orjson.dumps(data)


api = NinjaAPI(
    renderer=OrjsonRenderer(), auth=TokenAuthentication(), docs_url=None, openapi_url=None, urls_namespace="ninja"
)


def _rows() -> QuerySet[Any]:
    version = Entry.objects.filter(pk=OuterRef("pk")).values("version")
    held = Capacity.objects.select_related("organization", "country").order_by("position")
    lines = (
        Participant.objects.select_related("person", "organization")
        .prefetch_related(Prefetch("capacities", held, to_attr="held_capacities"))
        .order_by("position")
    )
    return (
        Engagement.objects.filter(is_in_error=False, merged_into=None)
        .select_related("country", "office", "principal", "principal_post", "represented_by")
        .prefetch_related(Prefetch("participants", lines, to_attr="lines"))
        .annotate(version=Subquery(version))
    )


@api.get("/engagements", response=shapes.Page[shapes.Engagement])
def list_engagements(request: Any, limit: int = 50, offset: int = 0, year: int | None = None) -> dict[str, Any]:
    """Return a page, newest first."""
    rows = _rows().order_by("-sort_day", "sort_rank", "-sort_at", "-pk")
    if year is not None:
        rows = rows.filter(held_earliest__lte=f"{year}-12-31", held_latest__gte=f"{year}-01-01")
    found = list(rows[offset : offset + limit + 1])
    return {"results": found[:limit], "next": shapes.next_of(limit, offset, has_more=len(found) > limit)}


@api.get("/engagements/{engagement_id}", response=shapes.Engagement)
def get_engagement(request: Any, engagement_id: UUID) -> Any:
    """Return one."""
    return get_object_or_404(_rows(), pk=engagement_id)
