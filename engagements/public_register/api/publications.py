"""POST /reports/public-register/publications: propose to publish a period."""

from typing import ClassVar

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from engagements.public_register import services
from sgoffice.api.entry_serializers import shape_of
from sgoffice.api.viewsets import SteppedViewSet, read_body
from sgoffice.approvals.api.documents import ApprovalSerializer
from sgoffice.approvals.models import Approval

PublicationSerializer = shape_of(services.PublicationEntry)


class PublicationViewSet(SteppedViewSet):
    """Publications of periods. They are approvals: what was published and what waits stands at `/approvals`."""

    model = Approval
    serializer_class = ApprovalSerializer
    entry_serializer = PublicationSerializer
    http_method_names = ["post"]
    may_wait = frozenset({"create"})
    examples: ClassVar = {"create": {"first": "2024-01-01", "last": "2024-12-31", "purpose": "The year 2024"}}

    @extend_schema(summary="Propose to publish a period")
    def create(self, request: Request) -> HttpResponse:
        """Propose to publish the public register of a period as it is now.

        Another person approves it at `/approvals`; if something that would be published changed meanwhile, that is
        refused (409), and the period is proposed again. A period without anything is published as a nil return.
        """
        serializer = read_body(PublicationSerializer, request)
        today = timezone.localdate()
        return self.write(
            request, lambda: services.propose_publication(serializer.to_entry(), by=self.actor, today=today), status=202
        )
