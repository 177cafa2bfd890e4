"""GET /engagements/{id}/programme: the folder of a visit."""

from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from engagements.agreements.models import Agreement
from engagements.models import ActionItem, Engagement
from engagements.reports import services
from engagements.reports.api.answers import PARAMETERS, ReportView, answer, responses_of
from engagements.reports.services import report_types
from engagements.reports.services.programmes import Appearance
from sgoffice.api.actors import actor_of
from sgoffice.api.entry_serializers import shape_of
from sgoffice.api.filters import check_parameters
from sgoffice.api.redirections import moved
from sgoffice.records.actors import Actor
from sgoffice.records.errors import UnknownRecord

_PARTS = {
    Appearance: Engagement,
    report_types.ContactLine: Engagement,
    report_types.OpenItem: ActionItem,
    report_types.AgreementLine: Agreement,
}
ProgrammeSerializer = shape_of(services.Programme, Engagement, parts=_PARTS)


class ProgrammeView(ReportView):
    """The programme of a visit."""

    @extend_schema(
        summary="Get the programme of a visit", responses=responses_of(ProgrammeSerializer), parameters=PARAMETERS
    )
    def get(self, request: Request, pk: str) -> HttpResponse:
        """Read the parts of a visit, hour by hour in local time.

        Each with participants, place, our delegation, telephone numbers, papers and items to raise, and with a short
        brief on each counterpart. Records that you may not see are left out.
        """
        actor = actor_of(request)
        engagement_id, survivor = _find(pk, actor)
        check_parameters(request.query_params, {"format"})
        if survivor is not None:
            return moved(request, survivor)
        programme = services.programme_of(engagement_id, actor=actor, today=timezone.localdate())
        return answer(request, programme, "reports/programme.html")


def _find(key: str, actor: Actor) -> tuple[UUID, UUID | None]:
    rows = Engagement.objects.visible_to(actor)
    try:
        rows = rows.filter(pk=UUID(key))
    except ValueError:
        rows = rows.filter(reference=key)
    found = rows.values_list("pk", "merged_into_id").first()
    if found is None:
        raise UnknownRecord(Engagement.record_kind, key)
    return found
