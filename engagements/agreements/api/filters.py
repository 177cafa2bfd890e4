"""Query parameters of /agreements."""

from typing import Any
from uuid import UUID

import django_filters
from django.utils import timezone

from engagements.agreements.vocabulary import Instrument, Scope, Status
from sgoffice.api.filters import DayFilter, IdFilter, ManyChoicesFilter, PeriodFilterSet, TextFilter
from sgoffice.directory.api.filters import family
from sgoffice.records.models import Marking

_INCLUDE = [
    ("parents", "What it is part of"),
    ("children", "What is part of it"),
    ("predecessors", "What it took the place of"),
]


class AgreementFilterSet(PeriodFilterSet):
    """Filters of /agreements; `from` and `until` go by the day of signature."""

    period = "signed"

    q = TextFilter(method="with_words", label="Words of title or parties, without accents and in any order.")
    in_force_on = DayFilter(method="in_force", label="In force on this day, by acts or by attestation.")
    status = ManyChoicesFilter(
        method="with_status", choices=Status.choices, label="Where it stands, today or `on` a day."
    )
    on = DayFilter(method="keep", label="The day for `status`; today unless said.")
    instrument = ManyChoicesFilter(choices=Instrument.choices, label="What sort of text it is.")
    scope = ManyChoicesFilter(method="with_scope", choices=Scope.choices, label="What it is for: one of these.")
    country = django_filters.CharFilter(
        method="with_country", label="A party: the country, its government or its National Central Bureau."
    )
    organization = IdFilter(method="with_organization", label="A party; `include` widens it.")
    include = django_filters.ChoiceFilter(
        method="keep",
        choices=_INCLUDE,
        label="With `organization`: too what it is part of, what is part of it, or what it took the place of.",
    )
    topic = IdFilter(method="with_topic", label="What it is about.")
    marking = ManyChoicesFilter(choices=Marking.choices, label="Who may see it.")

    def with_words(self, rows: Any, name: str, value: str) -> Any:
        """Keep what has all the words."""
        return rows.about(value) if value else rows

    def in_force(self, rows: Any, name: str, value: Any) -> Any:
        """Keep what was in force on the day."""
        return rows.in_force(value) if value else rows

    def with_status(self, rows: Any, name: str, value: list[str]) -> Any:
        """Keep what stood there on the day."""
        day = self.form.cleaned_data.get("on") or timezone.localdate()
        return rows.with_status(value, on=day) if value else rows

    def with_scope(self, rows: Any, name: str, value: list[str]) -> Any:
        """Keep what has one of the scopes."""
        return rows.filter(scope__overlap=value) if value else rows

    def with_country(self, rows: Any, name: str, value: str) -> Any:
        """Keep what binds the country."""
        return rows.with_country(value.upper()) if value else rows

    def with_organization(self, rows: Any, name: str, value: UUID | None) -> Any:
        """Keep what binds the organization, or one of its family."""
        if not value:
            return rows
        return rows.with_organization(family(value, self.form.cleaned_data.get("include") or ""))

    def with_topic(self, rows: Any, name: str, value: UUID | None) -> Any:
        """Keep what is about the topic."""
        return rows.with_topics([value]) if value else rows
