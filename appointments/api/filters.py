"""Query parameters of the lists of bodies, sessions, decisions and appointments."""

from typing import Any

import django_filters
from django.db.models import Q

from appointments.vocabulary import AppointmentKind, AppointmentState, DecisionKind, Implementation, SessionStatus
from sgoffice.api.filters import IdFilter, ManyChoicesFilter, PeriodFilterSet, RecordFilterSet, TextFilter
from sgoffice.directory.api.filters import NamedFilterSet


class BodyFilterSet(NamedFilterSet):
    """Filters of /bodies."""

    organization = IdFilter(field_name="organization_id", label="Whose body.")


class PostFilterSet(RecordFilterSet):
    """Filters of /posts."""

    organization = IdFilter(field_name="organization_id", label="Whose post.")


class TermRuleFilterSet(RecordFilterSet):
    """Filters of /term-rules."""

    post = IdFilter(field_name="post_id", label="Of which post.")


class SessionFilterSet(PeriodFilterSet):
    """Filters of /sessions."""

    period = "begins"

    body = IdFilter(field_name="body_id", label="Of which body.")
    status = ManyChoicesFilter(choices=SessionStatus.choices, label="Whether it took place.")
    country = django_filters.CharFilter(label="The code of the country that hosts it.")


class DecisionFilterSet(PeriodFilterSet):
    """Filters of /decisions."""

    period = "adopted"

    body = IdFilter(field_name="body_id", label="Of which body.")
    kind = ManyChoicesFilter(choices=DecisionKind.choices, label="What was adopted.")
    symbol = django_filters.CharFilter(label="Its document symbol, whole.")
    q = TextFilter(method="with_text", label="A part of title or symbol.")

    def with_text(self, rows: Any, name: str, value: str) -> Any:
        """Keep what has the text in title or symbol."""
        return rows.filter(Q(title__icontains=value) | Q(symbol__icontains=value)) if value else rows


class MandateFilterSet(RecordFilterSet):
    """Filters of /mandates."""

    decision = IdFilter(field_name="decision_id", label="Of which decision.")
    status = ManyChoicesFilter(choices=Implementation.choices, label="How far it has been carried out.")


class AppointmentFilterSet(PeriodFilterSet):
    """Filters of /appointments."""

    period = "start"

    post = IdFilter(field_name="post_id", label="To which post.")
    person = IdFilter(field_name="person_id", label="Of whom.")
    kind = ManyChoicesFilter(choices=AppointmentKind.choices, label="How they came to hold it.")
    state = ManyChoicesFilter(choices=AppointmentState.choices, label="How far it has come.")
