"""ActionItem: what was promised at an engagement, by whom, until when."""

from datetime import date
from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from engagements.models.engagement import Engagement
from engagements.models.paper import explain_kept_below, kept_below
from engagements.querysets import ActionItemQuerySet
from engagements.rules import ITEM_MOVES
from engagements.vocabulary import UNFINISHED, ActionItemStatus, Owing
from sgoffice.directory.models import Organization, Person
from sgoffice.records.constraints import explains
from sgoffice.records.models import MarkedRecord, year_of
from sgoffice.records.triggers import Rule

_OPEN_STEPS = ", ".join(
    f"('{before}', '{after}')" for before, following in sorted(ITEM_MOVES.items()) for after in sorted(following)
)
_OWNERS = ("owner_user", "owner_person", "owner_organization")


def _at_most_one_owner() -> Q:
    """Return the condition that one owner is named, or none."""
    nobody = {f"{name}__isnull": True for name in _OWNERS}
    found = Q(**nobody)
    for name in _OWNERS:
        found |= Q(**{**nobody, f"{name}__isnull": False}, owner_unit="")
    return found


class ActionItem(MarkedRecord):
    """Something that one side promised the other, or itself."""

    reference_prefix = "ACT"

    engagement = models.ForeignKey(
        Engagement, models.PROTECT, related_name="action_items", help_text="The engagement at which it was promised."
    )
    text = models.CharField(max_length=2000, help_text="What is to be done.")
    owed_by = models.CharField(max_length=8, choices=Owing, default=Owing.OURS, help_text="Which side owes it.")
    owner_user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="action_items",
        help_text="The member of staff who sees to it.",
    )
    owner_unit = models.CharField(max_length=200, blank=True, help_text="Or the unit that sees to it.")
    owner_person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="action_items", help_text="Or the counterpart."
    )
    owner_organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="action_items",
        help_text="Or the counterpart's organization.",
    )
    due_on = models.DateField(null=True, blank=True, help_text="Until when.")
    status = models.CharField(
        max_length=16, choices=ActionItemStatus, default=ActionItemStatus.OPEN, help_text="How far it has come."
    )
    status_reason = models.CharField(max_length=2000, blank=True, help_text="Why it came to that.")
    completed_on = models.DateField(null=True, blank=True, help_text="When it was done.")
    evidence = models.JSONField(
        default=list, blank=True, help_text="What shows that it was done: documents, addresses, references."
    )
    sort_due = models.DateField(default=date.max, editable=False)

    objects = ActionItemQuerySet.as_manager()

    class Meta(MarkedRecord.Meta):
        triggers: ClassVar = [
            *MarkedRecord.Meta.triggers,
            kept_below("action_item_is_not_below_its_engagement"),
            Rule(
                name="action_item_moves_by_its_steps",
                on=pgtrigger.Update,
                body=f"""
                    IF NEW.status IS DISTINCT FROM OLD.status
                        AND (OLD.status, NEW.status) NOT IN ({_OPEN_STEPS}) THEN
                        RAISE EXCEPTION 'an action item that is % cannot become %', OLD.status, NEW.status
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'action_item_moves_by_its_steps';
                    END IF;
                """,
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(status__in=ActionItemStatus.values), name="action_item_status_is_a_word"
            ),
            models.CheckConstraint(
                condition=~Q(status=ActionItemStatus.DONE) | (~Q(evidence=[]) & Q(completed_on__isnull=False)),
                name="action_item_done_with_evidence",
            ),
            models.CheckConstraint(
                condition=~Q(status=ActionItemStatus.DROPPED) | ~Q(status_reason=""),
                name="action_item_dropped_with_reason",
            ),
            models.CheckConstraint(condition=_at_most_one_owner(), name="action_item_has_one_owner"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["sort_due", "id"], name="action_item_by_due"),
            models.Index(fields=["due_on"], condition=Q(status__in=sorted(UNFINISHED)), name="action_item_unfinished"),
        ]

    def reference_year(self) -> int | None:
        """Return the year of the engagement."""
        return year_of(self.engagement.held_earliest)

    def __str__(self) -> str:
        return self.text[:120]


explain_kept_below("action_item_is_not_below_its_engagement")
explains(
    "action_item_moves_by_its_steps",
    rule="no-such-step",
    detail="An action item comes from where it is only to some of the others.",
    pointer="/status",
)
explains("action_item_status_is_a_word", rule="no-such-step", detail="There is no such status.", pointer="/status")
explains(
    "action_item_done_with_evidence",
    rule="done-needs-evidence",
    detail="Nothing is done without its day and what shows it.",
    pointer="/evidence",
)
explains(
    "action_item_dropped_with_reason",
    rule="dropped-needs-reason",
    detail="Nothing is dropped without a reason.",
    pointer="/reason",
)
explains(
    "action_item_has_one_owner",
    rule="one-owner",
    detail="An action item has one owner: a member of staff, a unit, a person or an organization.",
    pointer="/owner",
)
