"""Questions to the agreements that chain: in_force(on), with_status(), with_organization(), with_country()."""

from collections.abc import Iterable
from datetime import date
from functools import reduce
from operator import or_
from typing import Self
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from engagements.agreements.vocabulary import Status
from sgoffice.changes.merging import same_records
from sgoffice.directory.counterparts import SPEAKS_FOR_COUNTRY, Counterparts
from sgoffice.directory.querysets import naming
from sgoffice.records.querysets import RecordQuerySet


class AgreementQuerySet(RecordQuerySet):
    """Agreements."""

    def in_force(self, on: date) -> Self:
        """Keep what was in force on a day, by acts or by attestation."""
        return self.with_status({Status.IN_FORCE}, on=on)

    def with_status(self, statuses: Iterable[str], *, on: date) -> Self:
        """Keep what stood in one of these statuses on a day."""
        return self.filter(self._has("periods", Q(during__contains=on, status__in=list(statuses))))

    def with_organization(self, ids: Iterable[UUID]) -> Self:
        """Keep what binds one of these organizations."""
        return self.with_any_counterpart(Counterparts(organizations=frozenset(ids)))

    def with_country(self, code: str) -> Self:
        """Keep what binds a country, by itself, its government or its National Central Bureau."""
        return self.with_any_counterpart(Counterparts(countries=frozenset({code})))

    def with_any_counterpart(self, counterparts: Counterparts) -> Self:
        """Keep what binds any of these organizations or countries; people are bound by those for whom they speak.

        Asked of the parties in one condition: the agreements themselves are not looked through again for each.
        """
        conditions = naming(counterparts, organization="organization", country="country", classes=SPEAKS_FOR_COUNTRY)
        return self.filter(self._has("parties", reduce(or_, conditions))) if conditions else self.none()

    def with_party_shown_as(self, organization: UUID) -> Self:
        """Keep agreements whose document shows this id for a party, whatever was merged into it."""
        unmerged = Q(organization=organization, organization__merged_into=None)
        return self.filter(self._has("parties", unmerged | Q(organization__merged_into=organization)))

    def with_party_shown_in(self, code: str) -> Self:
        """Keep agreements whose document shows this country code for a party."""
        survivor = Q(organization__merged_into__country=code)
        unmerged = Q(organization__country=code, organization__merged_into=None)
        return self.filter(self._has("parties", Q(country__code=code) | unmerged | survivor))

    def with_topics(self, ids: Iterable[UUID]) -> Self:
        """Keep what is about one of these topics."""
        return self.filter(self._has("subjects", Q(topic__in=same_records(ids))))

    def _has(self, parts: str, condition: Q) -> Exists:
        """Return the condition that one of the agreement's parts of that name meets another."""
        related = self.model._meta.get_field(parts).related_model
        return Exists(related._default_manager.filter(condition, agreement=OuterRef("pk")))
