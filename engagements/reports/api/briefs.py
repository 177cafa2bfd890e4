"""GET /counterparts/{kind}/{id}/brief: all there is about one counterpart, before a meeting."""

from dataclasses import replace
from typing import ClassVar

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request

from engagements.agreements.models import Agreement
from engagements.models import ActionItem, Engagement
from engagements.reports import services
from engagements.reports.api.answers import ON, PARAMETERS, ReportView, answer, day_of, responses_of
from engagements.reports.services import lines
from engagements.reports.vocabulary import CounterpartKind
from sgoffice.api.actors import actor_of
from sgoffice.api.entry_serializers import shape_of
from sgoffice.api.filters import check_parameters
from sgoffice.api.pagination import invalid
from sgoffice.api.viewsets import moved
from sgoffice.directory.api.filters import family

_INCLUDE = ("parents", "children")
_PARTS = {lines.ContactLine: Engagement, lines.OpenItem: ActionItem, lines.AgreementInForce: Agreement}
_DESCRIPTION = """Read all that you may know of a counterpart before a meeting.

Who they are, the last contacts and the next one, what both sides still owe, agreements in force, decisions that bind
us, people met. Every line names its record; `marking` is the highest of them. What you may not see is absent and counts
nowhere; only what was held counts as a contact."""
_WITH_FAMILY = OpenApiParameter(
    "include", str, enum=_INCLUDE, description="Count what it is part of too, or what is part of it."
)
BriefSerializer = shape_of(services.Brief, parts=_PARTS)
_TOLD = {
    "summary": "Brief on a counterpart",
    "description": _DESCRIPTION,
    "responses": responses_of(BriefSerializer),
}


class BriefView(ReportView):
    """The brief on a counterpart of one kind."""

    kind: ClassVar[str]
    known: ClassVar = {"on", "format"}

    @extend_schema(**_TOLD, parameters=[ON, *PARAMETERS])
    def get(self, request: Request, pk: str) -> HttpResponse:
        """Return what the reader may know of the counterpart on a day."""
        actor = actor_of(request)
        record = services.find_counterpart(self.kind, pk, actor=actor)
        check_parameters(request.query_params, self.known)
        if record.merged_into_id is not None:
            return moved(request, record.merged_into_id)
        counterpart = self.widened(request, services.counterpart_of(self.kind, record))
        brief = services.brief_on(counterpart, day_of(request), actor=actor, at=timezone.now())
        return answer(request, brief, "reports/brief.html")

    def widened(self, request: Request, counterpart: services.Counterpart) -> services.Counterpart:
        """Return the counterpart with what else shall count as it."""
        return counterpart


class PersonBriefView(BriefView):
    """The brief on a person."""

    kind = CounterpartKind.PERSON


class CountryBriefView(BriefView):
    """The brief on a country; an address takes its code or its id."""

    kind = CounterpartKind.COUNTRY


class OrganizationBriefView(BriefView):
    """The brief on an organization."""

    kind = CounterpartKind.ORGANIZATION
    known: ClassVar = {*BriefView.known, "include"}

    @extend_schema(**_TOLD, parameters=[ON, _WITH_FAMILY, *PARAMETERS])
    def get(self, request: Request, pk: str) -> HttpResponse:
        """Return what the reader may know of the organization on a day."""
        return super().get(request, pk)

    def widened(self, request: Request, counterpart: services.Counterpart) -> services.Counterpart:
        """Return the organization with what it is part of, or what is part of it."""
        include = request.query_params.get("include")
        if include is None:
            return counterpart
        if include not in _INCLUDE:
            raise invalid("include", f"It is one of: {', '.join(_INCLUDE)}.")
        return replace(counterpart, ids=counterpart.ids | set(family(counterpart.record.pk, include)))
