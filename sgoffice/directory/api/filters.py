"""Query parameters of the directory's lists."""

from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import Q

from sgoffice.api.filters import (
    CountryFilter,
    DayFilter,
    FlagFilter,
    IdFilter,
    ManyChoicesFilter,
    RecordFilterSet,
    TextFilter,
)
from sgoffice.changes.merging import same_records
from sgoffice.directory.models import Membership, Organization
from sgoffice.directory.vocabulary import (
    AffiliationRole,
    Classification,
    CountryStatus,
    OfficeKind,
    OrganizationStatus,
    TopicKind,
)


class CountryFilterSet(RecordFilterSet):
    """Filters of /countries."""

    status = ManyChoicesFilter(choices=CountryStatus.choices, label="What the code stands for.")


class OfficeFilterSet(RecordFilterSet):
    """Filters of /offices."""

    kind = ManyChoicesFilter(choices=OfficeKind.choices, label="What sort of office.")
    country = CountryFilter(label="The country it is in, by code or name.")


class IdentifierFilter(TextFilter):
    """What another register calls it, as scheme and identifier with a colon between, such as wikidata:Q8475."""

    def filter(self, qs: Any, value: str) -> Any:
        """Keep records with this identifier, or whose merged ones have it; without a scheme, that of any register."""
        if not value:
            return qs
        scheme, colon, identifier = value.partition(":")
        wanted = {"scheme": scheme, "identifier": identifier} if colon else {"identifier": value}
        seen = qs.model.rows().visible_to(self.parent.reader)
        merged = seen.exclude(merged_into=None).filter(identifiers__contains=[wanted])
        return qs.filter(Q(identifiers__contains=[wanted]) | Q(pk__in=merged.values("merged_into")))


class OrganizationFilterSet(RecordFilterSet):
    """Filters of /organizations."""

    classification = ManyChoicesFilter(choices=Classification.choices, label="What sort of organization.")
    status = ManyChoicesFilter(choices=OrganizationStatus.choices, label="Whether it is still there.")
    country = CountryFilter(label="The country it belongs to, by code or name.")
    parent = IdFilter(field_name="parent_id", label="What it is part of.")
    identifier = IdentifierFilter(label="What another register calls it, such as wikidata:Q8475.")


class PersonFilterSet(RecordFilterSet):
    """Filters of /people."""

    organization = IdFilter(method="in_organization", label="Where they have or had a role.")
    identifier = IdentifierFilter(label="What another register calls them, such as wikidata:Q8475.")

    def in_organization(self, rows: Any, name: str, value: UUID) -> Any:
        held = Membership.objects.visible_to(self.reader).filter(organization__in=same_records([value]))
        return rows.filter(pk__in=held.filter(is_in_error=False).values("person"))


class TopicFilterSet(RecordFilterSet):
    """Filters of /topics."""

    kind = ManyChoicesFilter(choices=TopicKind.choices, label="What sort of topic.")


class MembershipFilterSet(RecordFilterSet):
    """Filters of /memberships."""

    companions: ClassVar = {"certain": ("on",)}

    person = IdFilter(field_name="person_id", label="Whose.")
    organization = IdFilter(field_name="organization_id", label="Where.")
    role = TextFilter(method="with_role", label="The title, whatever accents and case.")
    country = CountryFilter(method="of_country", label="The country that the organization belongs to, by code or name.")
    on = DayFilter(method="held_on", label="Held on this day, as far as is known.")
    certain = FlagFilter(
        method="keep", label="With `on`: only what was surely held on the day, not what may have been."
    )

    def with_role(self, rows: Any, name: str, value: str) -> Any:
        return rows.with_role(value)

    def of_country(self, rows: Any, name: str, value: str) -> Any:
        return rows.of_country(value)

    def held_on(self, rows: Any, name: str, value: date) -> Any:
        return rows.held_on(value, certain=bool(self.form.cleaned_data.get("certain")))

    def keep(self, rows: Any, name: str, value: Any) -> Any:
        return rows


class AffiliationFilterSet(RecordFilterSet):
    """Filters of /affiliations."""

    organization = IdFilter(field_name="organization_id", label="Who takes part.")
    affiliated_with = IdFilter(field_name="affiliated_with_id", label="In what.")
    role = ManyChoicesFilter(choices=AffiliationRole.choices, label="In which quality.")


def family(organization_id: UUID, include: str) -> list[UUID]:
    """Return the ids that `organization=` means with `include=`: nothing, `children`, `parents` or `predecessors`."""
    if include == "children":
        return Organization.objects.below(organization_id)
    if include == "parents":
        return Organization.objects.above(organization_id)
    if include == "predecessors":
        return Organization.objects.before(organization_id)
    return [organization_id]
