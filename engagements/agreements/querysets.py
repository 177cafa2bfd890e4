"""Questions to the agreements that chain: in_force(on), with_status(), with_organization(), with_country()."""

from collections.abc import Iterable
from datetime import date
from functools import reduce
from operator import or_
from typing import Self
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from engagements.agreements.vocabulary import Basis, Status
from sgoffice.changes.merging import same_records
from sgoffice.directory.counterparts import SPEAKS_FOR_COUNTRY, Counterparts
from sgoffice.directory.querysets import naming
from sgoffice.records.querysets import RecordQuerySet


class AgreementQuerySet(RecordQuerySet):
    """Agreements."""

    def in_force(self, on: date, *, certain: bool = False) -> Self:
        """Keep what was in force on a day, by acts or by attestation; `certain`: by acts alone."""
        return self.with_status({Status.IN_FORCE}, on=on, certain=certain)

    def with_status(self, statuses: Iterable[str], *, on: date, certain: bool = False) -> Self:
        """Keep what stood in one of these statuses on a day; `certain`: not what a source merely states."""
        condition = Q(during__contains=on, status__in=list(statuses))
        if certain:
            condition &= ~Q(basis=Basis.ATTESTED)
        return self.filter(self._has("periods", condition))

    def with_organization(self, ids: Iterable[UUID], *, bound_on: date | None = None) -> Self:
        """Keep what one of these organizations is a party to; with a day, what binds it then."""
        return self.with_any_counterpart(Counterparts(organizations=frozenset(ids)), bound_on=bound_on)

    def with_country(self, code: str, *, bound_on: date | None = None) -> Self:
        """Keep what a country is a party to, by itself, its government or its National Central Bureau."""
        return self.with_any_counterpart(Counterparts(countries=frozenset({code})), bound_on=bound_on)

    def with_any_counterpart(self, counterparts: Counterparts, *, bound_on: date | None = None) -> Self:
        """Keep what any of these organizations or countries is a party to; people are so by those for whom they speak.

        Asked of the parties in one condition: the agreements themselves are not looked through again for each.
        """
        conditions = naming(counterparts, organization="organization", country="country", classes=SPEAKS_FOR_COUNTRY)
        return self._with_party(reduce(or_, conditions), bound_on) if conditions else self.none()

    def with_party_shown_as(self, organization: UUID, *, bound_on: date | None = None) -> Self:
        """Keep agreements whose document shows this id for a party, whatever was merged into it."""
        unmerged = Q(organization=organization, organization__merged_into=None)
        return self._with_party(unmerged | Q(organization__merged_into=organization), bound_on)

    def with_party_shown_in(self, code: str, *, bound_on: date | None = None) -> Self:
        """Keep agreements whose document shows this country code for a party."""
        survivor = Q(organization__merged_into__country=code)
        unmerged = Q(organization__country=code, organization__merged_into=None)
        return self._with_party(Q(country__code=code) | unmerged | survivor, bound_on)

    def _with_party(self, condition: Q, bound_on: date | None) -> Self:
        """Keep what has such a party, bound on a day if one is given.

        A party whose bindings are not written yet (the clock writes them) shares what holds for the agreement.
        """
        if bound_on is not None:
            own = self.model._meta.get_field("bindings").related_model._default_manager.filter(party=OuterRef("pk"))
            condition &= Q(Exists(own.filter(during__contains=bound_on, is_bound=True))) | ~Q(Exists(own))
        return self.filter(self._has("parties", condition))

    def with_topics(self, ids: Iterable[UUID]) -> Self:
        """Keep what is about one of these topics."""
        return self.filter(self._has("subjects", Q(topic__in=same_records(ids))))

    def _has(self, parts: str, condition: Q) -> Exists:
        """Return the condition that one of the agreement's parts of that name meets another."""
        related = self.model._meta.get_field(parts).related_model
        return Exists(related._default_manager.filter(condition, agreement=OuterRef("pk")))
