"""Query parameters of /agreements."""

from typing import Any, ClassVar
from uuid import UUID

import django_filters
from django.utils import timezone

from engagements.agreements.vocabulary import Instrument, Scope, Status
from sgoffice.api.filters import CountryFilter, DayFilter, FlagFilter, IdFilter, ManyChoicesFilter, PeriodFilterSet
from sgoffice.directory.api.filters import family
from sgoffice.records.models import Marking

_INCLUDE = [
    ("parents", "What it is part of"),
    ("children", "What is part of it"),
    ("predecessors", "Its predecessors"),
]


class AgreementFilterSet(PeriodFilterSet):
    """Filters of /agreements; `from` and `until` go by the day of signature."""

    period = "signed"
    companions: ClassVar = {
        "certain": ("from", "until", "in_force_on", "status"),
        "on": ("status",),
        "include": ("organization",),
    }

    certain = FlagFilter(
        method="keep",
        label="Only what acts prove, not what a source states, and what was signed certainly in the period.",
    )

    in_force_on = DayFilter(
        method="in_force", label="In force on this day, by acts or by attestation; with a party, for that party."
    )
    status = ManyChoicesFilter(method="with_status", choices=Status.choices, label="Status today, or `on` a day.")
    on = DayFilter(method="keep", label="The day for `status`; today by default.")
    instrument = ManyChoicesFilter(choices=Instrument.choices, label="Kind of instrument.")
    scope = ManyChoicesFilter(method="with_scope", choices=Scope.choices, label="Scope: at least one of these.")
    country = CountryFilter(
        method="with_country", label="A party: the country, its government or its National Central Bureau."
    )
    organization = IdFilter(method="with_organization", label="A party; `include` widens it.")
    include = django_filters.ChoiceFilter(
        method="keep",
        choices=_INCLUDE,
        label="With `organization`: also the organizations that it is part of, its parts, or its predecessors.",
    )
    topic = IdFilter(method="with_topic", label="The topic.")
    marking = ManyChoicesFilter(choices=Marking.choices, label="Marking.")

    def in_force(self, rows: Any, name: str, value: Any) -> Any:
        return rows.in_force(value, certain=self.is_certain)

    def with_status(self, rows: Any, name: str, value: list[str]) -> Any:
        day = self.form.cleaned_data.get("on") or timezone.localdate()
        return rows.with_status(value, on=day, certain=self.is_certain)

    @property
    def is_certain(self) -> bool:
        """Whether only what acts prove is asked for."""
        return bool(self.form.cleaned_data.get("certain"))

    def with_scope(self, rows: Any, name: str, value: list[str]) -> Any:
        return rows.filter(scope__overlap=value)

    def with_country(self, rows: Any, name: str, value: str) -> Any:
        return rows.with_country(value, bound_on=self.form.cleaned_data.get("in_force_on"))

    def with_organization(self, rows: Any, name: str, value: UUID) -> Any:
        ids = family(value, self.form.cleaned_data.get("include") or "")
        return rows.with_organization(ids, bound_on=self.form.cleaned_data.get("in_force_on"))

    def with_topic(self, rows: Any, name: str, value: UUID) -> Any:
        return rows.with_topics([value])
