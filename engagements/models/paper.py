"""Paper and Attachment, each a record of its own: papers of engagements, files of engagements and agreements.

The bytes of an uploaded file are in FileContent; documents and history have only their SHA-256.
"""

from typing import Any, ClassVar, Self
from uuid import UUID

import pgtrigger
from django.db import models
from django.db.models import F, Func, Q, Value

from engagements.models.engagement import Engagement
from engagements.querysets import OwnedManager
from engagements.rules import MOST_BYTES
from engagements.vocabulary import ATTACHED_TO, PaperKind
from sgoffice.changes.belongings import belongs
from sgoffice.changes.erasable import erases_as
from sgoffice.changes.masks import REDACTED
from sgoffice.records.constraints import explains
from sgoffice.records.models import Entry, MarkedRecord, year_of
from sgoffice.records.triggers import Rule

#: Two people may open a paper that is written for others further than its engagement; it is entered no wider than
#: internal, and one that is entered as public waits for them (sgoffice/approvals/triggers.py).
_UNLESS_OPENED = """
            IF NEW.kind IN ('readout', 'joint_statement') AND (
                (TG_OP = 'UPDATE' AND NEW.kind = OLD.kind AND NEW.engagement_id = OLD.engagement_id)
                OR (SELECT marking FROM engagements_engagement WHERE id = NEW.engagement_id) = 'internal'
            ) THEN RETURN NULL; END IF;"""


def kept_below(
    name: str,
    *,
    owner: str = "engagement",
    table: str = "engagements_engagement",
    rule: type[Rule] = Rule,
    unless: str = "",
) -> Rule:
    """Return the rule that a record has no lower marking than its owner, the record that its key `owner` refers to."""
    return rule(
        name=name,
        on=pgtrigger.Insert | pgtrigger.Update,
        declare="owner text;",
        body=f"""
            IF NEW.is_in_error OR NEW.merged_into_id IS NOT NULL THEN RETURN NULL; END IF;{unless}
            SELECT marking INTO owner FROM {table} WHERE id = NEW.{owner}_id FOR NO KEY UPDATE;
            IF (owner <> 'public' AND NEW.marking = 'public') OR (owner = 'restricted' AND NEW.marking <> 'restricted')
            THEN
                RAISE EXCEPTION '% would be seen by more people than its {owner}', NEW.reference
                    USING ERRCODE = 'check_violation', CONSTRAINT = '{name}';
            END IF;
        """,
    )


def explain_kept_below(name: str, *, owner: str = "an engagement") -> None:
    detail = f"It belongs to {owner} that fewer people may see: its marking cannot be lower."
    explains(name, rule="marking-below-owner", detail=detail, pointer="/marking")


class Paper(MarkedRecord):
    """A text for an engagement or about it: agenda, talking points, readout, summary record."""

    reference_prefix = "PAP"

    engagement = models.ForeignKey(
        Engagement, models.PROTECT, related_name="papers", help_text="Engagement that it belongs to."
    )
    kind = models.CharField(max_length=20, choices=PaperKind, help_text="Kind of paper.")
    title = models.CharField(max_length=500, blank=True, help_text="Title.")
    language = models.CharField(max_length=3, default="en", help_text="Language (ISO 639).")
    text = models.TextField(max_length=100_000, blank=True, help_text="Text.")
    issued_on = models.DateField(null=True, blank=True, help_text="The day that it bears.")

    objects: ClassVar[OwnedManager[Self]] = OwnedManager()

    class Meta(MarkedRecord.Meta):
        triggers: ClassVar = [
            *MarkedRecord.Meta.triggers,
            kept_below("paper_is_not_below_its_engagement", unless=_UNLESS_OPENED),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(title="") | ~Q(text=""), name="paper_says_something"),
        ]

    def reference_year(self) -> int | None:
        """Return the year of the engagement."""
        return year_of(self.engagement.held_earliest)

    def __str__(self) -> str:
        return self.title or f"{self.get_kind_display()} ({self.language})"


class FileContent(models.Model):
    """The bytes of a file by their SHA-256: written once and never changed, which the database enforces.

    Only a redaction takes them away.

    The digest in an attachment and in its history therefore identifies these bytes, and one backup contains all.
    """

    sha256 = models.CharField(primary_key=True, max_length=64, help_text="SHA-256 of the content, in hexadecimal.")
    size = models.PositiveIntegerField(help_text="Size in bytes.")
    content = models.BinaryField(help_text="Content.")

    class Meta:
        triggers: ClassVar = [
            Rule(
                name="file_content_is_final",
                on=pgtrigger.Update | pgtrigger.Delete,
                when=pgtrigger.Before,
                body="""
                    IF TG_OP = 'DELETE' AND redaction_is_under_way() THEN RETURN OLD; END IF;
                    RAISE EXCEPTION 'the bytes of a file stay as they were written'
                        USING ERRCODE = 'check_violation', CONSTRAINT = 'file_content_is_final';
                """,
            )
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(
                    sha256=Func(
                        Func(F("content"), function="sha256"),
                        Value("hex"),
                        function="encode",
                        output_field=models.CharField(),
                    )
                ),
                name="file_content_has_its_digest",
            ),
            models.CheckConstraint(
                condition=Q(size=Func(F("content"), function="octet_length", output_field=models.IntegerField()))
                & Q(size__gte=1, size__lte=MOST_BYTES),
                name="file_content_has_its_size",
            ),
        ]


class AttachmentRule(Rule):
    """A rule on attachments that a model of a higher floor declares, since it reads that model's table."""

    table = "engagements_attachment"


class Attachment(MarkedRecord):
    """A file that belongs to an engagement or an agreement, stored here or at an address."""

    reference_prefix = "ATT"

    engagement = models.ForeignKey(
        Engagement,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="attachments",
        help_text="Engagement that it belongs to.",
    )
    # agreements are on a higher floor: the log refers to their identity row
    agreement = models.ForeignKey(
        Entry, models.PROTECT, null=True, blank=True, related_name="+", help_text="Or agreement that it is a text of."
    )
    engagement_id: UUID | None
    agreement_id: UUID | None
    title = models.CharField(max_length=500, help_text="Title.")
    language = models.CharField(max_length=3, blank=True, help_text="Language (ISO 639).")
    media_type = models.CharField(max_length=120, blank=True, help_text="Media type, such as application/pdf.")
    sha256 = models.CharField(max_length=64, blank=True, help_text="SHA-256 of the content, in hexadecimal.")
    address = models.CharField(
        max_length=2000, blank=True, help_text="Where it is stored if not here: an address or a file number."
    )
    content = models.ForeignKey(
        FileContent,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        help_text="Uploaded file.",
    )
    content_id: str | None
    file_name = models.CharField(
        max_length=200, blank=True, editable=False, help_text="Safe name of the uploaded file."
    )
    size = models.PositiveIntegerField(
        null=True, blank=True, editable=False, help_text="Size of the uploaded file in bytes."
    )

    objects: ClassVar[OwnedManager[Self]] = OwnedManager()

    class Meta(MarkedRecord.Meta):
        triggers: ClassVar = [*MarkedRecord.Meta.triggers, kept_below("attachment_is_not_below_its_engagement")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(engagement__isnull=True, agreement__isnull=False)
                | Q(engagement__isnull=False, agreement__isnull=True),
                name="attachment_belongs_to_one",
            ),
            models.CheckConstraint(
                condition=Q(sha256="") | Q(sha256__regex="^[0-9a-f]{64}$"), name="attachment_checksum_is_one"
            ),
            models.CheckConstraint(condition=~Q(address="") | Q(content__isnull=False), name="attachment_is_somewhere"),
            models.CheckConstraint(
                condition=Q(content=None, size=None, file_name="")
                | (Q(content=F("sha256"), size__gt=0) & ~Q(file_name="") & ~Q(media_type="")),
                name="attachment_tells_of_its_file",
            ),
        ]

    def reference_year(self) -> int | None:
        """Return the year of the engagement; None (the year of entry) for an agreement."""
        return year_of(self.engagement.held_earliest) if self.engagement else None

    @property
    def about(self) -> Engagement | Entry:
        """The record that it belongs to; for an agreement, its identity row."""
        found: Any = self.engagement or self.agreement
        return found

    def __str__(self) -> str:
        return self.title


belongs(Paper, "engagement", to=Engagement.record_kind)
for _name in ATTACHED_TO:
    belongs(Attachment, _name, to=_name)
erases_as(
    Attachment,
    kept=["media_type"],
    instead={"sha256": "", "content_id": None, "file_name": "", "size": None, "address": REDACTED},
    named={"file": ("sha256", "content_id", "file_name", "size", "address")},
)
explain_kept_below("paper_is_not_below_its_engagement")
explain_kept_below("attachment_is_not_below_its_engagement")
explains(
    "attachment_belongs_to_one",
    rule="about-one-record",
    detail="An attachment belongs to one record: an engagement or an agreement.",
    pointer="/engagement",
)
explains("paper_says_something", rule="paper-is-empty", detail="A paper needs a title or a text.", pointer="/text")
explains(
    "attachment_checksum_is_one",
    rule="checksum",
    detail="A SHA-256 has 64 hexadecimal digits in lower case.",
    pointer="/sha256",
)
explains(
    "attachment_is_somewhere",
    rule="address-needed",
    detail="Send the file, or the address where it is stored.",
    pointer="/address",
)
explains(
    "attachment_tells_of_its_file",
    rule="file-tells-it",
    detail="The name, size, media type and SHA-256 are those of the stored file.",
    pointer="/sha256",
)
explains(
    "file_content_is_final",
    rule="file-is-final",
    detail="The content of a file cannot be changed: upload another file.",
    pointer="/file",
)
explains("file_content_has_its_digest", rule="checksum", detail="The content has a different SHA-256.", pointer="/file")
explains(
    "file_content_has_its_size",
    rule="file-size",
    detail=f"A file has from 1 byte to {MOST_BYTES // 1_000_000} MB.",
    pointer="/file",
)
