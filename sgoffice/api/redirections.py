"""Where a merged record is found: at the same address of its survivor."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from rest_framework.request import Request


def moved(request: Request, survivor: UUID) -> HttpResponse:
    """Return the redirection from the address of a merged record to the same address of its survivor."""
    match: Any = request.resolver_match
    path = reverse(match.view_name, kwargs=match.kwargs | {"pk": survivor})
    query = request.META.get("QUERY_STRING", "")
    answer = HttpResponse(status=308)
    answer["Location"] = request.build_absolute_uri(f"{path}?{query}" if query else path)
    return answer
