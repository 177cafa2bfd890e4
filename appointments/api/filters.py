"""Query parameters of the lists of bodies, sessions, decisions and appointments."""

import django_filters

from appointments.vocabulary import AppointmentKind, AppointmentState, DecisionKind, Implementation, SessionStatus
from sgoffice.api.filters import CountryFilter, IdFilter, ManyChoicesFilter, PeriodFilterSet, RecordFilterSet


class BodyFilterSet(RecordFilterSet):
    """Filters of /bodies."""

    organization = IdFilter(field_name="organization_id", label="Organization that the body belongs to.")


class PostFilterSet(RecordFilterSet):
    """Filters of /posts."""

    organization = IdFilter(field_name="organization_id", label="Organization that the post belongs to.")


class TermRuleFilterSet(RecordFilterSet):
    """Filters of /term-rules."""

    post = IdFilter(field_name="post_id", label="Post that the rule is for.")


class SessionFilterSet(PeriodFilterSet):
    """Filters of /sessions."""

    period = "begins"

    body = IdFilter(field_name="body_id", label="Body.")
    status = ManyChoicesFilter(choices=SessionStatus.choices, label="Status.")
    country = CountryFilter(label="Host country, by code or name.")


class DecisionFilterSet(PeriodFilterSet):
    """Filters of /decisions."""

    period = "adopted"

    body = IdFilter(field_name="body_id", label="Body.")
    kind = ManyChoicesFilter(choices=DecisionKind.choices, label="Kind of decision.")
    symbol = django_filters.CharFilter(label="Exact document symbol.")


class MandateFilterSet(RecordFilterSet):
    """Filters of /mandates."""

    decision = IdFilter(field_name="decision_id", label="Decision.")
    status = ManyChoicesFilter(choices=Implementation.choices, label="Implementation status.")


class AppointmentFilterSet(PeriodFilterSet):
    """Filters of /appointments."""

    period = "start"

    post = IdFilter(field_name="post_id", label="Post.")
    person = IdFilter(field_name="person_id", label="Person who holds or is proposed for the post.")
    kind = ManyChoicesFilter(choices=AppointmentKind.choices, label="Kind of appointment.")
    state = ManyChoicesFilter(choices=AppointmentState.choices, label="State.")
