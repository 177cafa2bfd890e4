"""ActionItem: what is owed from an engagement, a mandate or an agreement, by whom and by when."""

from datetime import date
from typing import Any, ClassVar, Self
from uuid import UUID

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from appointments.models import Mandate
from engagements.models.engagement import Engagement
from engagements.models.paper import explain_kept_below, kept_below
from engagements.querysets import ActionItemManager
from engagements.rules import ITEM_MOVES
from engagements.vocabulary import ABOUT, UNFINISHED, ActionItemStatus, Owing
from sgoffice.changes.belongings import belongs
from sgoffice.directory.models import Organization, Person
from sgoffice.records.constraints import explains
from sgoffice.records.models import Entry, MarkedRecord, year_of
from sgoffice.records.triggers import Rule

_OPEN_STEPS = ", ".join(
    f"('{before}', '{after}')" for before, following in sorted(ITEM_MOVES.items()) for after in sorted(following)
)
_OWNERS = ("owner_user", "owner_person", "owner_organization")


def _at_most_one_owner() -> Q:
    """Return the condition that at most one owner is named."""
    nobody = {f"{name}__isnull": True for name in _OWNERS}
    found = Q(**nobody)
    for name in _OWNERS:
        found |= Q(**{**nobody, f"{name}__isnull": False}, owner_unit="")
    return found


def _about_one() -> Q:
    """Return the condition that it is about exactly one record."""
    found = Q()
    for name in ABOUT:
        found |= Q(**{f"{other}__isnull": other != name for other in ABOUT})
    return found


class ActionItemRule(Rule):
    """A rule on action items that a model of a higher floor declares, since it reads that model's table."""

    table = "engagements_actionitem"


class _MandateRule(Rule):
    table = Mandate._meta.db_table


def not_above_owned(name: str, *, owner: str, table: str, rule: type[Rule] = Rule) -> Rule:
    """Return the rule that a record has no higher marking than the rows of a table whose key `owner` refers to it."""
    return rule(
        name=name,
        on=pgtrigger.Update,
        body=f"""
            IF NEW.marking = OLD.marking OR NEW.marking = 'public' THEN RETURN NULL; END IF;
            IF EXISTS (
                SELECT FROM {table} o WHERE o.{owner}_id = NEW.id AND NOT o.is_in_error
                    AND (o.marking = 'public' OR (o.marking = 'internal' AND NEW.marking = 'restricted'))
            ) THEN
                RAISE EXCEPTION 'what belongs to % would be seen by more people than it', NEW.reference
                    USING ERRCODE = 'check_violation', CONSTRAINT = '{name}';
            END IF;
        """,
    )


def explain_not_above_owned(name: str, *, owned: str = "An action item about it") -> None:
    detail = f"{owned} has a lower marking: raise that one first."
    explains(name, rule="marking-below-owner", detail=detail, pointer="/marking")


class ActionItem(MarkedRecord):
    """Something to be done by one side: promised at an engagement, or owed under a mandate or an agreement."""

    reference_prefix = "ACT"

    engagement = models.ForeignKey(
        Engagement,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="action_items",
        help_text="Engagement at which it was promised.",
    )
    mandate = models.ForeignKey(
        Mandate,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="action_items",
        help_text="Or mandate that it implements.",
    )
    # agreements are on a higher floor: the log refers to their identity row
    agreement = models.ForeignKey(
        Entry, models.PROTECT, null=True, blank=True, related_name="+", help_text="Or agreement under which it is owed."
    )
    engagement_id: UUID | None
    mandate_id: UUID | None
    agreement_id: UUID | None
    text = models.CharField(max_length=2000, help_text="What to do.")
    owed_by = models.CharField(max_length=8, choices=Owing, default=Owing.OURS, help_text="Side that owes it.")
    owner_user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="action_items",
        help_text="Member of staff in charge.",
    )
    owner_unit = models.CharField(max_length=200, blank=True, help_text="Or unit in charge.")
    owner_person = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="action_items",
        help_text="Or counterpart in charge.",
    )
    owner_organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="action_items",
        help_text="Or organization of the counterpart.",
    )
    due_on = models.DateField(null=True, blank=True, help_text="Due date.")
    status = models.CharField(
        max_length=16, choices=ActionItemStatus, default=ActionItemStatus.OPEN, help_text="Status."
    )
    status_reason = models.CharField(max_length=2000, blank=True, help_text="Reason for the status.")
    completed_on = models.DateField(null=True, blank=True, help_text="Date of completion.")
    evidence = models.JSONField(
        default=list, blank=True, help_text="Evidence of completion: documents, addresses, references."
    )
    sort_due = models.DateField(default=date.max, editable=False)

    objects: ClassVar[ActionItemManager[Self]] = ActionItemManager()

    class Meta(MarkedRecord.Meta):
        triggers: ClassVar = [
            *MarkedRecord.Meta.triggers,
            kept_below("action_item_is_not_below_its_engagement"),
            kept_below("action_item_is_not_below_its_mandate", owner="mandate", table=Mandate._meta.db_table),
            not_above_owned(
                "mandate_is_not_above_its_action_items", owner="mandate", table=ActionItemRule.table, rule=_MandateRule
            ),
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
            models.CheckConstraint(condition=_about_one(), name="action_item_is_about_one"),
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
        """Return the year of the engagement; None (the year of entry) for a mandate or an agreement.

        An agreement of 2009 has new items every year.
        """
        return year_of(self.engagement.held_earliest) if self.engagement else None

    @property
    def about(self) -> Engagement | Mandate | Entry:
        """The record that it is about; for an agreement, its identity row."""
        found: Any = self.engagement or self.mandate or self.agreement
        return found

    def __str__(self) -> str:
        return self.text[:120]


for _name in ABOUT:
    belongs(ActionItem, _name, to=_name)
explain_kept_below("action_item_is_not_below_its_engagement")
explain_kept_below("action_item_is_not_below_its_mandate", owner="a mandate")
explain_not_above_owned("mandate_is_not_above_its_action_items")
explains(
    "action_item_is_about_one",
    rule="about-one-record",
    detail="An action item is about one record: an engagement, a mandate or an agreement.",
    pointer="/engagement",
)
explains(
    "action_item_moves_by_its_steps",
    rule="no-such-step",
    detail="An action item cannot take this step from its present status.",
    pointer="/status",
)
explains("action_item_status_is_a_word", rule="no-such-step", detail="There is no such status.", pointer="/status")
explains(
    "action_item_done_with_evidence",
    rule="done-needs-evidence",
    detail="A completed action item needs a date and evidence.",
    pointer="/evidence",
)
explains(
    "action_item_dropped_with_reason",
    rule="dropped-needs-reason",
    detail="A dropped action item needs a reason.",
    pointer="/reason",
)
explains(
    "action_item_has_one_owner",
    rule="one-owner",
    detail="An action item has one owner: a member of staff, a unit, a person or an organization.",
    pointer="/owner",
)
