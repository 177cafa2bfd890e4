"""Query parameters of the lists of bodies, sessions, decisions and appointments."""

from uuid import UUID

import django_filters
from django.db.models import QuerySet

from appointments.models import Decision, Mandate
from appointments.services.decision_links import ADOPTED_AT
from appointments.vocabulary import AppointmentKind, AppointmentState, DecisionKind, Implementation, SessionStatus
from sgoffice.api.filters import CountryFilter, IdFilter, ManyChoicesFilter, PeriodFilterSet, RecordFilterSet
from sgoffice.changes.merging import same_records
from sgoffice.records.models import Link


def _adopted_at(session: UUID) -> QuerySet[Link, UUID]:
    links = Link.objects.filter(relation=ADOPTED_AT, target__in=same_records([session]))
    return links.values_list("source", flat=True)


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

    session = IdFilter(method="adopted_at", label="Session that adopted it.")

    period = "adopted"

    body = IdFilter(field_name="body_id", label="Body.")
    kind = ManyChoicesFilter(choices=DecisionKind.choices, label="Kind of decision.")
    symbol = django_filters.CharFilter(label="Exact document symbol.")

    def adopted_at(self, rows: QuerySet[Decision], name: str, value: UUID) -> QuerySet[Decision]:
        return rows.filter(pk__in=_adopted_at(value))


class MandateFilterSet(RecordFilterSet):
    """Filters of /mandates."""

    decision = IdFilter(field_name="decision_id", label="Decision.")
    session = IdFilter(method="adopted_at", label="Session that adopted the decision.")
    status = ManyChoicesFilter(choices=Implementation.choices, label="Implementation status.")

    def adopted_at(self, rows: QuerySet[Mandate], name: str, value: UUID) -> QuerySet[Mandate]:
        """Keep the mandates of decisions that the reader may see: what it belongs to may be hidden."""
        seen = Decision.objects.visible_to(self.reader).live()
        return rows.filter(decision__in=seen.filter(pk__in=_adopted_at(value)))


class AppointmentFilterSet(PeriodFilterSet):
    """Filters of /appointments."""

    period = "start"

    post = IdFilter(field_name="post_id", label="Post.")
    person = IdFilter(field_name="person_id", label="Person who holds or is proposed for the post.")
    kind = ManyChoicesFilter(choices=AppointmentKind.choices, label="Kind of appointment.")
    state = ManyChoicesFilter(choices=AppointmentState.choices, label="State.")
