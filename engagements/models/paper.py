"""Paper and Attachment: what is written for an engagement and about it. Each has a marking and an ETag of its own."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q

from engagements.models.engagement import Engagement
from engagements.querysets import OwnedQuerySet
from engagements.vocabulary import PaperKind
from sgoffice.records.constraints import explains
from sgoffice.records.models import MarkedRecord, year_of
from sgoffice.records.triggers import Rule


def kept_below(name: str) -> Rule:
    """Return the rule that nothing that belongs to an engagement has a lower marking than it."""
    return Rule(
        name=name,
        on=pgtrigger.Insert | pgtrigger.Update,
        declare="owner text;",
        body=f"""
            IF NEW.is_in_error OR NEW.merged_into_id IS NOT NULL THEN RETURN NULL; END IF;
            SELECT marking INTO owner FROM engagements_engagement WHERE id = NEW.engagement_id FOR NO KEY UPDATE;
            IF (owner <> 'public' AND NEW.marking = 'public') OR (owner = 'restricted' AND NEW.marking <> 'restricted')
            THEN
                RAISE EXCEPTION '% would be seen by more people than its engagement', NEW.reference
                    USING ERRCODE = 'check_violation', CONSTRAINT = '{name}';
            END IF;
        """,
    )


def explain_kept_below(name: str) -> None:
    """Put that rule into words."""
    detail = "It belongs to an engagement that fewer people may see: its marking cannot be lower."
    explains(name, rule="marking-below-owner", detail=detail, pointer="/marking")


class Paper(MarkedRecord):
    """A text for an engagement or about it: agenda, talking points, readout, summary record."""

    reference_prefix = "PAP"

    engagement = models.ForeignKey(
        Engagement, models.PROTECT, related_name="papers", help_text="The engagement that it belongs to."
    )
    kind = models.CharField(max_length=20, choices=PaperKind, help_text="What it is for.")
    title = models.CharField(max_length=500, blank=True, help_text="Its title.")
    language = models.CharField(max_length=3, default="en", help_text="Its language (ISO 639).")
    text = models.TextField(max_length=100_000, blank=True, help_text="What it says.")

    objects = OwnedQuerySet.as_manager()

    class Meta(MarkedRecord.Meta):
        triggers: ClassVar = [*MarkedRecord.Meta.triggers, kept_below("paper_is_not_below_its_engagement")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(title="") | ~Q(text=""), name="paper_says_something"),
        ]

    def reference_year(self) -> int | None:
        """Return the year of the engagement."""
        return year_of(self.engagement.held_earliest)

    def __str__(self) -> str:
        return self.title or f"{self.get_kind_display()} ({self.language})"


class Attachment(MarkedRecord):
    """A file that belongs to an engagement: what it is, and where it is kept."""

    reference_prefix = "ATT"

    engagement = models.ForeignKey(
        Engagement, models.PROTECT, related_name="attachments", help_text="The engagement that it belongs to."
    )
    title = models.CharField(max_length=500, help_text="Its title.")
    language = models.CharField(max_length=3, blank=True, help_text="Its language (ISO 639).")
    media_type = models.CharField(max_length=120, blank=True, help_text="Its media type, such as application/pdf.")
    sha256 = models.CharField(max_length=64, blank=True, help_text="The SHA-256 of its content, in hexadecimal.")
    address = models.CharField(max_length=2000, help_text="Where it is kept: an address, or a file's number.")

    objects = OwnedQuerySet.as_manager()

    class Meta(MarkedRecord.Meta):
        triggers: ClassVar = [*MarkedRecord.Meta.triggers, kept_below("attachment_is_not_below_its_engagement")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(sha256="") | Q(sha256__regex="^[0-9a-f]{64}$"), name="attachment_checksum_is_one"
            ),
            models.CheckConstraint(condition=~Q(address=""), name="attachment_is_somewhere"),
        ]

    def reference_year(self) -> int | None:
        """Return the year of the engagement."""
        return year_of(self.engagement.held_earliest)

    def __str__(self) -> str:
        return self.title


explain_kept_below("paper_is_not_below_its_engagement")
explain_kept_below("attachment_is_not_below_its_engagement")
explains("paper_says_something", rule="paper-is-empty", detail="A paper has a title or a text.", pointer="/text")
explains(
    "attachment_checksum_is_one",
    rule="checksum",
    detail="A SHA-256 is 64 hexadecimal digits in lower case.",
    pointer="/sha256",
)
explains(
    "attachment_is_somewhere",
    rule="address-needed",
    detail="Say where the attachment is kept.",
    pointer="/address",
)
