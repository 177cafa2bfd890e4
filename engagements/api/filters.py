"""Query parameters of /engagements, /papers, /attachments and /action-items."""

from datetime import date
from typing import ClassVar
from uuid import UUID

import django_filters
from django.db.models import Q
from django.utils import timezone

from engagements.models import ActionItem, Engagement
from engagements.querysets import ActionItemQuerySet, EngagementQuerySet
from engagements.vocabulary import (
    STAGES,
    ActionItemStatus,
    EngagementKind,
    EngagementStatus,
    Kept,
    Level,
    MeetingFormat,
    Owing,
    PaperKind,
    Relation,
    Stage,
)
from sgoffice.api.filters import (
    CountryFilter,
    DayFilter,
    FlagFilter,
    IdFilter,
    ManyChoicesFilter,
    PeriodFilterSet,
    RecordFilterSet,
    TextFilter,
)
from sgoffice.changes.called import find_meant
from sgoffice.directory.api.filters import family
from sgoffice.directory.counterparts import Counterparts
from sgoffice.directory.models import Country
from sgoffice.directory.services import home_countries
from sgoffice.records.models import Marking
from sgoffice.records.references import kind_named

Engagements = EngagementQuerySet[Engagement]
ActionItems = ActionItemQuerySet[ActionItem]
_INCLUDE = [("parents", "Its parents too"), ("children", "Its children too")]


class EngagementFilterSet(PeriodFilterSet):
    """Filters of /engagements; `from` and `until` go by the local day."""

    period = "held"
    settled = PeriodFilterSet.settled | {"kind", "level", "marking", "meeting_format", "stage", "status"}
    companions: ClassVar = {"certain": ("from", "until"), "include": ("organization",)}

    kind = ManyChoicesFilter(choices=EngagementKind.choices, label="Kind of engagement.")
    meeting_format = ManyChoicesFilter(choices=MeetingFormat.choices, label="How people take part.")
    status = ManyChoicesFilter(choices=EngagementStatus.choices, label="Status.")
    stage = ManyChoicesFilter(choices=Stage.choices, method="at_stage", label="Stage: inbox, diary or log.")
    responsible = IdFilter(field_name="responsible_id", label="Member of staff in charge.")
    reply_due_by = DayFilter(method="to_be_answered", label="Requests that need an answer by this day.")
    level = ManyChoicesFilter(
        choices=Level.choices, method="at_level", label="Rank of a counterpart, the highest or another one."
    )
    country = CountryFilter(
        method="with_country",
        label="Country of a counterpart: itself, its government, a ministry or its National Central Bureau.",
    )
    place_country = CountryFilter(method="in_country", label="Country where it takes place.")
    any_country = CountryFilter(method="in_any_country", label="Country of a counterpart or of the place.")
    region = TextFilter(
        method="with_region", label="Region of a counterpart's country, by scheme and code, such as `m49:150`."
    )
    abroad = FlagFilter(
        method="away", label="In person in a country other than that of our headquarters (true), or not (false)."
    )
    organization = IdFilter(method="with_organization", label="Organization of a counterpart; `include` widens it.")
    include = django_filters.ChoiceFilter(
        method="keep", choices=_INCLUDE, label="With `organization`: its parents or its children too."
    )
    person = IdFilter(method="with_person", label="Counterpart.")
    participant = IdFilter(method="with_participant", label="Participant on any side.")
    principal = IdFilter(method="of_principal", label="Principal.")
    topic = IdFilter(method="with_topic", label="Topic.")
    agreement = IdFilter(method="under_agreement", label="Agreement under which it is or was.")
    part_of = IdFilter(method="within_visit", takes_names=False, label="Id of the visit that it is part of.")
    occasion = TextFilter(method="on_occasion", label="A session, or words of the name of the occasion.")
    marking = ManyChoicesFilter(choices=Marking.choices, label="Who may see it.")
    to_confirm = FlagFilter(method="awaiting", label="Past its end without a recorded outcome (true), or not (false).")

    def at_stage(self, rows: Engagements, name: str, value: list[str]) -> Engagements:
        wanted = {status for stage in value for status in STAGES[Stage(stage)]}
        return rows.filter(status__in=wanted)

    def at_level(self, rows: Engagements, name: str, value: list[str]) -> Engagements:
        return rows.filter(Q(level__in=value) | Q(counterpart_levels__overlap=value))

    def to_be_answered(self, rows: Engagements, name: str, value: date) -> Engagements:
        return rows.filter(status=EngagementStatus.REQUESTED, reply_by__lte=value)

    def with_country(self, rows: Engagements, name: str, value: str) -> Engagements:
        return rows.with_any_counterpart(Counterparts(countries={value}))

    def in_country(self, rows: Engagements, name: str, value: str) -> Engagements:
        return rows.in_country(value)

    def in_any_country(self, rows: Engagements, name: str, value: str) -> Engagements:
        return rows.with_any_country(value)

    def with_region(self, rows: Engagements, name: str, value: str) -> Engagements:
        scheme, _, code = value.partition(":")
        members = Country.objects.live().filter(regions__contains=[{"scheme": scheme, "code": code}])
        return rows.with_any_counterpart(Counterparts(countries=set(members.values_list("code", flat=True))))

    def away(self, rows: Engagements, name: str, value: bool) -> Engagements:  # noqa: FBT001 - django-filter's signature
        found = rows.abroad(home_countries())
        return found if value else rows.exclude(pk__in=found.values("pk"))

    def with_organization(self, rows: Engagements, name: str, value: UUID) -> Engagements:
        ids = family(value, self.form.cleaned_data.get("include") or "")
        return rows.with_any_counterpart(Counterparts(organizations=frozenset(ids)))

    def with_person(self, rows: Engagements, name: str, value: UUID) -> Engagements:
        return rows.with_any_counterpart(Counterparts(people={value}))

    def with_participant(self, rows: Engagements, name: str, value: UUID) -> Engagements:
        return rows.with_participant(value)

    def of_principal(self, rows: Engagements, name: str, value: UUID) -> Engagements:
        return rows.of_principal(value)

    def with_topic(self, rows: Engagements, name: str, value: UUID) -> Engagements:
        return rows.with_topics([value])

    def under_agreement(self, rows: Engagements, name: str, value: UUID) -> Engagements:
        return rows.linked_to(Relation.UNDER, [value])

    def within_visit(self, rows: Engagements, name: str, value: UUID) -> Engagements:
        return rows.linked_to(Relation.PART_OF, [value])

    def on_occasion(self, rows: Engagements, name: str, value: str) -> Engagements:
        try:
            return self._at_session(rows, UUID(value))
        except ValueError:
            named = rows.on_occasion(value)
        session = find_meant(kind_named("session"), value, by=self.reader, readers=None).sure
        if session is None:
            return named
        return rows.filter(Q(pk__in=named.values("pk")) | Q(pk__in=self._at_session(rows, session.id).values("pk")))

    def _at_session(self, rows: Engagements, session: UUID) -> Engagements:
        return rows.at_session(session, seen=lambda entries: entries.visible_to(self.reader))

    def awaiting(self, rows: Engagements, name: str, value: bool) -> Engagements:  # noqa: FBT001 - django-filter's signature
        found = Engagement.objects.to_confirm(timezone.now()).values("pk")
        return rows.filter(pk__in=found) if value else rows.exclude(pk__in=found)


class OwnedFilterSet(RecordFilterSet):
    """Filters of what belongs to an engagement."""

    engagement = IdFilter(field_name="engagement_id", label="Engagement that it belongs to.")
    marking = ManyChoicesFilter(choices=Marking.choices, label="Who may see it.")


class PaperFilterSet(OwnedFilterSet):
    """Filters of /papers."""

    kind = ManyChoicesFilter(choices=PaperKind.choices, label="Kind of paper.")
    language = django_filters.CharFilter(label="Language (ISO 639).")


class AttachmentFilterSet(OwnedFilterSet):
    """Filters of /attachments."""

    agreement = IdFilter(field_name="agreement_id", label="Agreement that it is a text of.")
    sha256 = django_filters.CharFilter(label="SHA-256 of the content.")


class ActionItemFilterSet(OwnedFilterSet):
    """Filters of /action-items.

    A counterpart is one of the engagement, one bound by the agreement, or the organization of the body whose decision
    the mandate belongs to.
    """

    companions: ClassVar = {"include": ("organization",)}

    engagement = IdFilter(field_name="engagement_id", label="Engagement at which it was promised.")
    mandate = IdFilter(field_name="mandate_id", label="Mandate that it implements.")
    agreement = IdFilter(field_name="agreement_id", label="Agreement under which it is owed.")
    status = ManyChoicesFilter(choices=ActionItemStatus.choices, label="Status.")
    owed_by = ManyChoicesFilter(choices=Owing.choices, label="Side that owes it.")
    is_open = FlagFilter(method="still_owed", label="Open (true) or finished (false).")
    overdue_on = DayFilter(method="overdue", label="Open and due before this day.")
    kept = django_filters.ChoiceFilter(method="was_kept", choices=Kept.choices, label="Done in time, or late.")
    due_from = DayFilter(field_name="due_on", lookup_expr="gte", label="Due on this day or later.")
    due_until = DayFilter(field_name="due_on", lookup_expr="lte", label="Due on this day or earlier.")
    owner = IdFilter(field_name="owner_user_id", label="Member of staff in charge.")
    unit = django_filters.CharFilter(field_name="owner_unit", lookup_expr="iexact", label="Unit in charge.")
    country = CountryFilter(method="with_country", label="Country of a counterpart.")
    organization = IdFilter(method="with_organization", label="Organization of a counterpart; `include` widens it.")
    include = django_filters.ChoiceFilter(
        method="keep", choices=_INCLUDE, label="With `organization`: its parents or its children too."
    )
    person = IdFilter(method="with_person", label="Counterpart.")

    def keep(self, rows: ActionItems, name: str, value: str) -> ActionItems:
        return rows

    def still_owed(self, rows: ActionItems, name: str, value: bool) -> ActionItems:  # noqa: FBT001 - django-filter's signature
        return rows.open() if value else rows.exclude(pk__in=rows.open().values("pk"))

    def was_kept(self, rows: ActionItems, name: str, value: str) -> ActionItems:
        return rows.kept(value)

    def overdue(self, rows: ActionItems, name: str, value: date) -> ActionItems:
        return rows.overdue(value)

    def with_country(self, rows: ActionItems, name: str, value: str) -> ActionItems:
        return self._with(rows, Counterparts(countries=frozenset({value})))

    def with_organization(self, rows: ActionItems, name: str, value: UUID) -> ActionItems:
        ids = family(value, self.form.cleaned_data.get("include") or "")
        return self._with(rows, Counterparts(organizations=frozenset(ids)))

    def with_person(self, rows: ActionItems, name: str, value: UUID) -> ActionItems:
        return self._with(rows, Counterparts(people=frozenset({value})))

    def _with(self, rows: ActionItems, counterparts: Counterparts) -> ActionItems:
        """Keep what is about a record with these counterparts that the reader may see."""
        return rows.with_any_counterpart(counterparts, seen=lambda about: about.visible_to(self.reader))
