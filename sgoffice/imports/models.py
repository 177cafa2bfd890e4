"""Import, a spreadsheet that somebody brought; its file, rows and questions, and the task that waits for a worker."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from sgoffice.imports.querysets import ImportManager
from sgoffice.imports.vocabulary import DateOrder, ImportState, RecordsMarking, RowState, Separator, Task
from sgoffice.records.constraints import explains
from sgoffice.records.models import MarkedRecord, Marking
from sgoffice.records.triggers import Scribe


class Import(MarkedRecord):
    """A spreadsheet, how it is read, and what became of it.

    Its report tells names and what is near to them, so it is restricted to who brought the file, and the approvers.
    """

    reference_prefix = "IMP"
    #: What it brought travels, and says in its sources from which file and row it came.
    travels = False

    kind = models.CharField(max_length=40, help_text="What its rows are: engagement, person, organization ...")
    state = models.CharField(
        max_length=12, choices=ImportState, default=ImportState.CHECKING, help_text="What becomes of it."
    )
    failure = models.CharField(max_length=500, blank=True, help_text="Why it stopped.")
    file_name = models.CharField(max_length=200, help_text="Name of the file.")
    file_size = models.PositiveIntegerField(help_text="Size of the file in bytes.")
    file_sha256 = models.CharField(max_length=64, help_text="SHA-256 of the file in hexadecimal.")
    form = models.CharField(max_length=8, help_text="What the file is: csv, xlsx or ods.")
    sheet = models.CharField(max_length=200, blank=True, help_text="The sheet of a workbook.")
    sheets = models.JSONField(default=list, blank=True, help_text="The sheets of the workbook.")
    encoding = models.CharField(max_length=20, blank=True, help_text="The encoding of a text, such as cp1252.")
    separator = models.CharField(
        max_length=10, choices=Separator, blank=True, help_text="What separates the cells of a text."
    )
    heading_rows = models.JSONField(default=list, blank=True, help_text="Numbers of the rows with headings.")
    columns = models.JSONField(default=list, blank=True, help_text="The columns, and the field that each is.")
    defaults = models.JSONField(default=dict, blank=True, help_text="What a blank cell means, by field.")
    date_order = models.CharField(
        max_length=12, choices=DateOrder, blank=True, help_text="How 3/4/2016 is meant: day_first or month_first."
    )
    records_marking = models.CharField(
        max_length=12,
        choices=RecordsMarking,
        default=RecordsMarking.INTERNAL,
        help_text="Who may see what it enters.",
    )
    mapping_name = models.CharField(max_length=100, blank=True, help_text="The name under which its mapping is saved.")
    choices = models.JSONField(default=dict, blank=True, help_text="What was answered, by the key of the question.")
    counts = models.JSONField(default=dict, blank=True, help_text="Number of rows, by what becomes of them.")

    objects: ClassVar[ImportManager[Self]] = ImportManager()

    class Meta(MarkedRecord.Meta):
        triggers: ClassVar = [Scribe(of="id")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(marking=Marking.RESTRICTED), name="import_is_restricted")
        ]
        indexes: ClassVar = [models.Index(fields=["state", "id"], name="import_by_state")]


class ImportFile(models.Model):
    """The file as it was brought, to be read again when another sheet or other headings are meant."""

    owner = models.OneToOneField(Import, models.PROTECT, primary_key=True, related_name="file")
    content = models.BinaryField()


class ImportRow(models.Model):
    """A row: its cells, how it is read, what is wrong with it, and the record that it became."""

    id = models.BigAutoField(primary_key=True)
    owner = models.ForeignKey(Import, models.PROTECT, related_name="sheet_rows")
    number = models.PositiveIntegerField(help_text="As the spreadsheet shows it.")
    cells = models.JSONField()
    key = models.CharField(max_length=64, blank=True, help_text="By which the same row is recognized in any file.")
    state = models.CharField(max_length=8, choices=RowState, default=RowState.READ)
    values = models.JSONField(default=dict, help_text="What its cells mean, as the kind's reader understood them.")
    problems = models.JSONField(default=list)
    record = models.UUIDField(null=True)
    version = models.PositiveIntegerField(null=True, help_text="The version of the record that the import left.")
    belongings = models.JSONField(
        default=dict, db_default={}, help_text="What was entered with the record, each with its version."
    )
    differences = models.JSONField(default=list, help_text="Where the record differs from the row.")
    before = models.JSONField(default=dict, help_text="What the import changed in a record that was there, as it was.")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["owner", "number"], name="import_row_once")]
        indexes: ClassVar = [
            models.Index(fields=["owner", "state", "number"], name="import_row_by_state"),
            models.Index(fields=["key"], condition=Q(record__isnull=False), name="import_row_by_key"),
        ]


class ImportQuestion(models.Model):
    """What a name or a word in the file may mean; one answer counts for all rows that have it."""

    id = models.BigAutoField(primary_key=True)
    owner = models.ForeignKey(Import, models.PROTECT, related_name="questions")
    key = models.CharField(max_length=300)
    field = models.CharField(max_length=40)
    text = models.TextField()
    detail = models.TextField(blank=True)
    options = models.JSONField(default=list, help_text="What it may mean, the likeliest first.")
    suggested = models.CharField(max_length=200, blank=True, help_text="What it surely means; empty if that is open.")
    rows = models.JSONField(default=list, help_text="The first rows that have it.")
    count = models.PositiveIntegerField(default=0, help_text="How many rows have it.")
    record = models.UUIDField(null=True, help_text="The record that was entered for what is new.")
    version = models.PositiveIntegerField(null=True, help_text="The version of that record that the import left.")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["owner", "key"], name="import_question_once")]


class ImportTask(models.Model):
    """What a worker is to do for an import, and until when one holds it."""

    owner = models.OneToOneField(Import, models.PROTECT, primary_key=True, related_name="task")
    task = models.CharField(max_length=8, choices=Task)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    held_until = models.DateTimeField(null=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)


explains(
    "import_is_restricted",
    rule="import-restricted",
    detail="The report of an import tells names: it stays restricted to who brought the file, and the approvers.",
    pointer="/marking",
)
