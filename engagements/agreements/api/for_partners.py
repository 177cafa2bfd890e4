"""/partner/agreements: the agreements that a partner may have."""

from typing import ClassVar

from engagements.agreements.api.filters import AgreementFilterSet
from engagements.agreements.api.partner_documents import AgreementForPartnersSerializer
from engagements.agreements.models import Agreement
from sgoffice.partners.api.records import PartnerRecordViewSet


class PartnerAgreementFilterSet(AgreementFilterSet):
    """The filters that go by what stands in the partners' document, and by nothing else."""

    q = topic = marking = include = None


class PartnerAgreementViewSet(PartnerRecordViewSet):
    """Cooperation agreements as partners get them."""

    model = Agreement
    serializer_class = AgreementForPartnersSerializer
    filterset_class = PartnerAgreementFilterSet
    sorts: ClassVar = {
        "-signed": ("-sort_day", "-pk"),
        "signed": ("sort_day", "pk"),
        "newest": ("-pk",),
        "oldest": ("pk",),
    }
    default_sort = "-signed"
