"""/partner/agreements: the agreements that a partner may have."""

from typing import Any, ClassVar
from uuid import UUID

from engagements.agreements.api.filters import AgreementFilterSet
from engagements.agreements.api.partner_documents import AgreementForPartnersSerializer
from engagements.agreements.models import Agreement
from sgoffice.api.filters import CountryFilter, IdFilter, TextFilter
from sgoffice.partners.api.fields import FIELDS_HELP
from sgoffice.partners.api.records import PartnerRecordViewSet


class PartnerAgreementFilterSet(AgreementFilterSet):
    """The filters that go by what stands in the partners' document, and by nothing else."""

    q = topic = marking = include = None
    country = CountryFilter(
        method="with_country", label="A party: the country, or an organization of that country (`parties[].country`)."
    )
    organization = IdFilter(method="with_organization", takes_names=False, label="A party: its id (`parties[].id`).")

    fields = TextFilter(method="keep", label=FIELDS_HELP)

    def keep(self, rows: Any, name: str, value: str) -> Any:
        return rows

    def with_country(self, rows: Any, name: str, value: str) -> Any:
        return rows.with_party_shown_in(value, bound_on=self.form.cleaned_data.get("in_force_on"))

    def with_organization(self, rows: Any, name: str, value: UUID) -> Any:
        return rows.with_party_shown_as(value, bound_on=self.form.cleaned_data.get("in_force_on"))

    def names_hidden_record(self) -> bool:
        """Return False: what partners may not have is in no document that they filter by."""
        return False


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
