"""GET /counterparts/{kind}/{id}/brief: everything the reader may know about a counterpart before a meeting."""

from collections.abc import Iterable
from typing import ClassVar
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework.request import Request

from engagements.agreements.models import Agreement
from engagements.models import ActionItem, Engagement
from engagements.reports import services
from engagements.reports.api.answers import ON, PARAMETERS, ReportView, answer, day_of, responses_of
from engagements.reports.services import report_types
from sgoffice.api.actors import actor_of
from sgoffice.api.entry_serializers import shape_of
from sgoffice.api.filters import check_parameters
from sgoffice.api.pagination import invalid
from sgoffice.api.redirections import moved
from sgoffice.directory.api.filters import family
from sgoffice.directory.vocabulary import CounterpartKind

_INCLUDE = ("parents", "children")
_PARTS = {
    report_types.ContactLine: Engagement,
    report_types.OpenItem: ActionItem,
    report_types.AgreementLine: Agreement,
}
_DESCRIPTION = """Read everything you may know about a counterpart before a meeting.

Who they are, the last contacts and the next one, what both sides still owe, agreements in force, decisions that bind
us, people met. Every line names its record, and `marking` is the highest of their markings. Records that you may not
see are left out and not counted. Only held engagements count as contacts."""
_WITH_FAMILY = OpenApiParameter(
    "include", str, enum=_INCLUDE, description="Also count the organizations that it is part of, or its parts."
)
BriefSerializer = shape_of(services.Brief, parts=_PARTS)
_TOLD = {
    "description": _DESCRIPTION,
    "responses": responses_of(BriefSerializer),
}


class BriefView(ReportView):
    """The brief on a counterpart of one kind."""

    kind: ClassVar[str]
    known: ClassVar = {"on", "format"}

    @extend_schema(**_TOLD, parameters=[ON, *PARAMETERS])
    def get(self, request: Request, pk: str) -> HttpResponse:
        actor = actor_of(request)
        record = services.find_counterpart(self.kind, pk, actor=actor)
        check_parameters(request.query_params, self.known)
        if record.merged_into_id is not None:
            return moved(request, record.merged_into_id)
        counterpart = services.counterpart_of(record, family=self.family(request, record.pk))
        brief = services.brief_on(counterpart, day_of(request), actor=actor, at=timezone.now())
        return answer(request, brief, "reports/brief.html")

    def family(self, request: Request, pk: UUID) -> Iterable[UUID]:
        """Return the organizations that count as the counterpart."""
        return ()


@extend_schema_view(get=extend_schema(summary="Get a brief on a person"))
class PersonBriefView(BriefView):
    """The brief on a person."""

    kind = CounterpartKind.PERSON


@extend_schema_view(get=extend_schema(summary="Get a brief on a country"))
class CountryBriefView(BriefView):
    """The brief on a country; an address takes its code or its id."""

    kind = CounterpartKind.COUNTRY


class OrganizationBriefView(BriefView):
    """The brief on an organization."""

    kind = CounterpartKind.ORGANIZATION
    known: ClassVar = {*BriefView.known, "include"}

    @extend_schema(**_TOLD, summary="Get a brief on an organization", parameters=[ON, _WITH_FAMILY, *PARAMETERS])
    def get(self, request: Request, pk: str) -> HttpResponse:
        return super().get(request, pk)

    def family(self, request: Request, pk: UUID) -> Iterable[UUID]:
        """Return what the organization is part of, or what is part of it."""
        include = request.query_params.get("include")
        if include is None:
            return ()
        if include not in _INCLUDE:
            raise invalid("include", f"It is one of: {', '.join(_INCLUDE)}.")
        return family(pk, include)
