"""GET /counterparts/{kind}/{id}/brief: all there is about one counterpart, before a meeting."""

from dataclasses import replace

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

from engagements.agreements.models import Agreement
from engagements.models import ActionItem, Engagement
from engagements.reports import services
from engagements.reports.api.answers import IF_NONE_MATCH, ON, RENDERERS, answer, day_of, require_known, responses_of
from engagements.reports.services import lines
from engagements.reports.vocabulary import CounterpartKind
from sgoffice.api.actors import actor_of
from sgoffice.api.entry_shapes import shape_of
from sgoffice.api.pagination import invalid
from sgoffice.directory.api.filters import family

_INCLUDE = ("parents", "children")
_PARTS = {lines.ContactLine: Engagement, lines.OpenItem: ActionItem, lines.AgreementInForce: Agreement}
BriefSerializer = shape_of(services.Brief, parts=_PARTS)


class BriefView(APIView):
    """The brief on a counterpart."""

    renderer_classes = RENDERERS

    @extend_schema(
        operation_id="counterparts_brief",
        responses=responses_of(BriefSerializer),
        parameters=[
            OpenApiParameter("kind", str, OpenApiParameter.PATH, enum=CounterpartKind.values),
            OpenApiParameter("key", str, OpenApiParameter.PATH, description="The id; of a country also its code."),
            ON,
            OpenApiParameter(
                "include", str, enum=_INCLUDE, description="Of an organization also what it is part of, or its parts."
            ),
            IF_NONE_MATCH,
        ],
    )
    def get(self, request: Request, kind: str, key: str) -> HttpResponse:
        """Return what you may know of a counterpart on a day.

        Who they are, the last contacts and the next one, what both sides still owe, agreements in force, decisions
        that bind us, people met. Every line names its record; `marking` is the highest of them. What you may not see
        is absent and counts nowhere; only what was held counts as a contact.
        """
        require_known(request, {"on", "include"})
        on, actor = day_of(request), actor_of(request)
        record = services.find_counterpart(kind, key, actor=actor)
        if record.merged_into_id is not None:
            return _moved(request, key, str(record.merged_into_id))
        counterpart = services.counterpart_of(kind, record)
        if include := request.query_params.get("include"):
            counterpart = _with_family(counterpart, include)
        brief = services.brief_on(counterpart, on, actor=actor, at=timezone.now())
        return answer(request, brief, "reports/brief.html")


def _with_family(counterpart: services.Counterpart, include: str) -> services.Counterpart:
    if include not in _INCLUDE:
        raise invalid("include", f"It is one of: {', '.join(_INCLUDE)}.")
    if counterpart.kind != CounterpartKind.ORGANIZATION:
        raise invalid("include", "Only an organization has parts.")
    return replace(counterpart, ids=counterpart.ids | set(family(counterpart.record.pk, include)))


def _moved(request: Request, key: str, survivor: str) -> HttpResponse:
    found = HttpResponse(status=308)
    found["Location"] = request.build_absolute_uri(request.get_full_path().replace(key, survivor, 1))
    return found
