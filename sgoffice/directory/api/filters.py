"""Query parameters of the directory's lists."""

from typing import Any
from uuid import UUID

import django_filters

from sgoffice.api.filters import IdFilter, ManyChoicesFilter, RecordFilterSet, TextFilter
from sgoffice.directory.models import Organization
from sgoffice.directory.vocabulary import (
    AffiliationRole,
    Classification,
    CountryStatus,
    OfficeKind,
    OrganizationStatus,
    TopicKind,
)
from sgoffice.records.merging import same_records


class NamedFilterSet(RecordFilterSet):
    """Words of any name."""

    q = TextFilter(method="with_words", label="Words of any of the names, without accents and in any order.")

    def with_words(self, rows: Any, name: str, value: str) -> Any:
        """Keep what has all the words."""
        return rows.named(value) if value else rows


class CountryFilterSet(NamedFilterSet):
    """Filters of /countries."""

    status = ManyChoicesFilter(choices=CountryStatus.choices, label="What the code stands for.")


class OfficeFilterSet(NamedFilterSet):
    """Filters of /offices."""

    kind = ManyChoicesFilter(choices=OfficeKind.choices, label="What sort of office.")
    country = django_filters.CharFilter(label="The code of the country it is in.")


class OrganizationFilterSet(NamedFilterSet):
    """Filters of /organizations."""

    classification = ManyChoicesFilter(choices=Classification.choices, label="What sort of organization.")
    status = ManyChoicesFilter(choices=OrganizationStatus.choices, label="Whether it is still there.")
    country = django_filters.CharFilter(label="The code of the country it belongs to.")
    parent = IdFilter(field_name="parent_id", label="What it is part of.")


class PersonFilterSet(NamedFilterSet):
    """Filters of /people."""

    organization = IdFilter(method="in_organization", label="Where they have or had a role.")

    def in_organization(self, rows: Any, name: str, value: UUID | None) -> Any:
        """Keep who has a membership there."""
        if not value:
            return rows
        wanted = same_records([value])
        return rows.filter(memberships__organization__in=wanted, memberships__is_in_error=False).distinct()


class TopicFilterSet(NamedFilterSet):
    """Filters of /topics."""

    kind = ManyChoicesFilter(choices=TopicKind.choices, label="What sort of topic.")


class MembershipFilterSet(RecordFilterSet):
    """Filters of /memberships."""

    person = IdFilter(field_name="person_id", label="Whose.")
    organization = IdFilter(field_name="organization_id", label="Where.")


class AffiliationFilterSet(RecordFilterSet):
    """Filters of /affiliations."""

    organization = IdFilter(field_name="organization_id", label="Who takes part.")
    affiliated_with = IdFilter(field_name="affiliated_with_id", label="In what.")
    role = ManyChoicesFilter(choices=AffiliationRole.choices, label="In which quality.")


def family(organization_id: UUID, include: str) -> list[UUID]:
    """Return the ids that `organization=` means with `include=`: nothing, `children` or `parents`."""
    if include == "children":
        return Organization.objects.below(organization_id)
    if include == "parents":
        return Organization.objects.above(organization_id)
    return [organization_id]
