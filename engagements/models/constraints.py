"""The rules for engagements that the database enforces, and their explanations."""

from datetime import date

import pgtrigger
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce

from engagements.rules import MOVES
from engagements.vocabulary import Attendance, EngagementStatus, Mode
from sgoffice.records.constraints import explains
from sgoffice.records.models import partial_date_check
from sgoffice.records.triggers import Rule

_UNDATED = [EngagementStatus.REQUESTED, EngagementStatus.DECLINED, EngagementStatus.DELEGATED]
_DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
_OPEN_STEPS = ", ".join(
    f"('{before}', '{after}')" for before, following in sorted(MOVES.items()) for after in sorted(following)
)

TRIGGERS: list[Rule] = [
    Rule(
        name="engagement_moves_by_its_steps",
        on=pgtrigger.Update,
        body=f"""
            IF NEW.status IS DISTINCT FROM OLD.status AND (OLD.status, NEW.status) NOT IN ({_OPEN_STEPS}) THEN
                RAISE EXCEPTION 'an engagement that is % cannot become %', OLD.status, NEW.status
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'engagement_moves_by_its_steps';
            END IF;
        """,
    ),
    Rule(
        name="engagement_is_not_above_what_it_owns",
        on=pgtrigger.Update,
        body="""
            IF NEW.marking = OLD.marking OR NEW.marking = 'public' THEN RETURN NULL; END IF;
            IF EXISTS (
                SELECT FROM engagements_paper o WHERE o.engagement_id = NEW.id AND NOT o.is_in_error
                    AND o.kind NOT IN ('readout', 'joint_statement')
                    AND (o.marking = 'public' OR (o.marking = 'internal' AND NEW.marking = 'restricted'))
                UNION ALL SELECT FROM engagements_attachment o WHERE o.engagement_id = NEW.id AND NOT o.is_in_error
                    AND (o.marking = 'public' OR (o.marking = 'internal' AND NEW.marking = 'restricted'))
                UNION ALL SELECT FROM engagements_actionitem o WHERE o.engagement_id = NEW.id AND NOT o.is_in_error
                    AND (o.marking = 'public' OR (o.marking = 'internal' AND NEW.marking = 'restricted'))
            ) THEN
                RAISE EXCEPTION 'what belongs to % would be seen by more people than it', NEW.reference
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'engagement_is_not_above_what_it_owns';
            END IF;
        """,
    ),
]

CONSTRAINTS: list[models.BaseConstraint] = [
    partial_date_check("held", of="engagement"),
    models.CheckConstraint(
        condition=Q(sort_day=Coalesce("held_earliest", Value(date.max))), name="engagement_sorts_by_its_first_day"
    ),
    models.CheckConstraint(condition=Q(status__in=EngagementStatus.values), name="engagement_status_is_a_word"),
    models.CheckConstraint(
        condition=Q(ends_at=None) | Q(starts_at__isnull=False, ends_at__gt=F("starts_at")),
        name="engagement_ends_after_it_starts",
    ),
    models.CheckConstraint(
        condition=Q(starts_at=None) | (~Q(time_zone="") & Q(held__isnull=False)), name="engagement_time_has_a_zone"
    ),
    models.CheckConstraint(condition=Q(status__in=_UNDATED) | Q(held__isnull=False), name="engagement_has_its_date"),
    models.CheckConstraint(
        condition=~Q(status=EngagementStatus.CONFIRMED) | Q(held__regex=f"^{_DAY}(/{_DAY})?$"),
        name="engagement_confirmed_has_its_day",
    ),
    models.CheckConstraint(
        condition=Q(represented_by=None) | ~Q(principal_attendance=Attendance.ATTENDED),
        name="engagement_represented_or_attended",
    ),
    models.CheckConstraint(
        condition=~Q(principal_mode=Mode.REPRESENTED) | Q(represented_by__isnull=False),
        name="engagement_represented_by_somebody",
    ),
]

explains(
    "engagement_moves_by_its_steps",
    rule="no-such-step",
    detail="An engagement cannot take this step from its present status.",
    pointer="/status",
)
explains(
    "engagement_is_not_above_what_it_owns",
    rule="marking-below-owner",
    detail="A paper, attachment or action item of the engagement has a lower marking: raise that one first.",
    pointer="/marking",
)
explains(
    "engagement_sorts_by_its_first_day",
    rule="date",
    detail="An engagement is sorted by the first day that its date can mean.",
    pointer="/held",
)
explains("engagement_status_is_a_word", rule="no-such-step", detail="There is no such status.", pointer="/status")
explains(
    "engagement_ends_after_it_starts",
    rule="end-after-start",
    detail="An engagement must end after it starts.",
    pointer="/ends_at",
)
explains(
    "engagement_time_has_a_zone",
    rule="time-has-a-zone",
    detail="A time needs the time zone of the place, and a day.",
    pointer="/time_zone",
)
explains(
    "engagement_has_its_date",
    rule="date-needed",
    detail="From tentative on an engagement needs a date, if only a month.",
    pointer="/held",
)
explains(
    "engagement_confirmed_has_its_day",
    rule="day-needed",
    detail="A confirmed engagement needs its exact day.",
    pointer="/held",
)
explains(
    "engagement_represented_or_attended",
    rule="represented-or-attended",
    detail="A principal who was represented did not attend.",
    pointer="/principal_attendance",
)
explains(
    "engagement_represented_by_somebody",
    rule="represented-by-whom",
    detail="Say who represented the principal.",
    pointer="/represented_by",
)
explains("engagement_topic_once", rule="topic-once", detail="A topic is named twice.", pointer="/topics")
