"""What clients may send: a file or a pasted text, how it is read, answers."""

from typing import Any

from rest_framework import serializers

from sgoffice.api.entry_serializers import shape_of
from sgoffice.api.fields import Choice, Flag, Integer, Text, require_text
from sgoffice.api.serializers import EntrySerializer
from sgoffice.api.uploads import File
from sgoffice.imports.models import Import
from sgoffice.imports.services import (
    AnswerEntry,
    ChoicesEntry,
    ColumnEntry,
    CommitEntry,
    DefaultEntry,
    FileEntry,
    MappingEntry,
    UndoEntry,
)
from sgoffice.imports.vocabulary import RecordsMarking, Separator

_KIND = "What the rows are: engagement, person, organization ...; guessed if it is left out."


class SourceFileSerializer(EntrySerializer):
    """What is said of a spreadsheet beside its content."""

    entry = FileEntry

    kind = Text(max_length=40, required=False, allow_blank=True, help_text=_KIND)
    sheet = Text(max_length=200, required=False, allow_blank=True, help_text="The sheet of a workbook.")
    mapping = Text(
        max_length=100, required=False, allow_blank=True, help_text="The name under which a mapping was saved."
    )
    encoding = Text(max_length=20, required=False, allow_blank=True, help_text="Of a text, such as cp1252.")
    separator = Choice(
        choices=Separator.choices, required=False, allow_blank=True, help_text="What separates the cells of a text."
    )
    records_marking = Choice(
        choices=RecordsMarking.choices,
        required=False,
        help_text="Who may see what it enters; internal by default. Publishing needs two people, afterwards.",
    )


class PastedText(Text):
    """A text as it stands: a blank first cell is one."""

    def to_internal_value(self, data: Any) -> str:
        require_text(data)
        return str(data)


class PastedSerializer(SourceFileSerializer):
    """A spreadsheet as text: pasted from a program, or the content of a CSV file."""

    file_name = Text(max_length=200, required=False, help_text="What to call it; `pasted` by default.")
    text = PastedText(max_length=1_000_000, trim_whitespace=False, help_text="The rows, with headings above them.")

    def plain(self, validated: dict[str, Any]) -> dict[str, Any]:
        """Return the values of the entry, with the text as a file."""
        values = super().plain(validated)
        content = values.pop("text").encode("utf-8", "replace")
        return {"file_name": "pasted"} | values | {"content": content}


class FileFormSerializer(SourceFileSerializer):
    """A spreadsheet as a file, in a form."""

    file = File(help_text="CSV with any separator and encoding, XLSX or ODS, of at most 10 MB.")

    def plain(self, validated: dict[str, Any]) -> dict[str, Any]:
        """Return the values of the entry, with the bytes of the file."""
        sent = validated["file"]
        values = super().plain({name: value for name, value in validated.items() if name != "file"})
        return values | {"file_name": sent.name or "file", "content": sent.read()}


class ColumnEntrySerializer(shape_of(ColumnEntry)):  # type: ignore[misc] # a base that is made
    """A column by its letter, and the field that it is; an empty field leaves it out."""

    column = Text(max_length=3, help_text="Its letter in the spreadsheet.")
    field = Text(max_length=40, required=False, allow_blank=True, help_text="The field that it is.")


class DefaultEntrySerializer(shape_of(DefaultEntry)):  # type: ignore[misc] # a base that is made
    """What a blank cell of a field means."""

    field = Text(max_length=40, help_text="The field.")
    value = Text(max_length=200, allow_blank=True, help_text="What it means; empty takes it back.")


class MappingEntrySerializer(shape_of(MappingEntry, Import)):  # type: ignore[misc] # a base that is made
    """How the file is read; what is not given stays as it is."""

    heading_row = Integer(
        min_value=1,
        max_value=200_000,
        required=False,
        allow_null=True,
        help_text="Number of the first row of headings.",
    )
    heading_depth = Integer(min_value=1, max_value=5, required=False, help_text="How many rows of headings there are.")
    columns = ColumnEntrySerializer(many=True, required=False, max_length=100, help_text="Columns to map differently.")
    defaults = DefaultEntrySerializer(many=True, required=False, max_length=100, help_text="What blank cells mean.")
    save_as = Text(
        max_length=100, required=False, allow_blank=True, help_text="Keep this mapping under a name, for later files."
    )


class AnswerEntrySerializer(shape_of(AnswerEntry)):  # type: ignore[misc] # a base that is made
    """An answer to a question of the report."""

    question = Text(max_length=300, help_text="Its key; `duplicates`, or `row-12`.")
    choice = Text(max_length=300, allow_blank=True, help_text="The key of an option; empty takes the answer back.")


class ChoicesEntrySerializer(shape_of(ChoicesEntry)):  # type: ignore[misc] # a base that is made
    """Answers to questions of the report."""

    answers = AnswerEntrySerializer(many=True, max_length=500, help_text="The answers; others stay as they are.")


class CommitEntrySerializer(shape_of(CommitEntry)):  # type: ignore[misc] # a base that is made
    """Enter what can be entered."""

    leave_out = Flag(required=False, help_text="Leave out the rows that have a problem.")


class UndoEntrySerializer(shape_of(UndoEntry)):  # type: ignore[misc] # a base that is made
    """Undo it, and say why."""

    reason = Text(max_length=2000, help_text="Why; kept in the history.")


#: Bodies of the steps, by what their services take.
STEP_SERIALIZERS: dict[type[Any], Any] = {
    CommitEntry: CommitEntrySerializer,
    UndoEntry: UndoEntrySerializer,
    MappingEntry: MappingEntrySerializer,
    ChoicesEntry: ChoicesEntrySerializer,
}


class RecordShownSerializer(serializers.Serializer):
    """A record that may be meant."""

    id = serializers.UUIDField()
    kind = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment] # a member is called so
    reference = serializers.CharField()
    reason = serializers.CharField(help_text="Why it may be meant.")


class ProblemShownSerializer(serializers.Serializer):
    """What is wrong with a row."""

    row = serializers.IntegerField(help_text="Number of the row in the spreadsheet.")
    column = serializers.CharField(help_text="Letter of the column; empty if it is of the whole row.")
    field = serializers.CharField(help_text="Its field; empty if it is of the whole row.")
    detail = serializers.CharField(help_text="What is wrong, and what to do.")
    question = serializers.CharField(help_text="Key of the question that settles it, if there is one.")
    records = RecordShownSerializer(many=True, help_text="Records that may be meant, as far as you may see them.")


class DifferenceShownSerializer(serializers.Serializer):
    """What a record says otherwise than the row that it came from: somebody corrected it, and it stays so."""

    row = serializers.IntegerField()
    record = serializers.UUIDField(help_text="Id of the record.")
    field = serializers.CharField()
    file = serializers.CharField(help_text="What stands in the file.")
    register = serializers.CharField(help_text="What the register says.")


class OptionShownSerializer(serializers.Serializer):
    """One thing that a name or a word may mean."""

    key = serializers.CharField(help_text="The answer that stands for it.")
    label = serializers.CharField()  # type: ignore[assignment] # a member is called so
    detail = serializers.CharField()
    record = serializers.CharField(help_text="Id of the record; empty if it is none yet.")


class QuestionShownSerializer(serializers.Serializer):
    """What a name or a word in the file may mean; its answer counts for all rows that have it."""

    key = serializers.CharField()
    field = serializers.CharField(help_text="Its field; empty if it is of the whole row.")
    text = serializers.CharField(help_text="As it stands in the file.")
    detail = serializers.CharField()
    options = OptionShownSerializer(many=True)
    suggested = serializers.CharField(help_text="The option that is surely meant; empty if it is open.")
    choice = serializers.CharField(help_text="What was answered.")
    rows = serializers.ListField(child=serializers.IntegerField(), help_text="The first rows that have it.")
    count = serializers.IntegerField(help_text="How many rows have it.")


class ImportReportSerializer(serializers.Serializer):
    """What would come of each row, or came of it."""

    state = serializers.CharField(help_text="What becomes of the import.")
    failure = serializers.CharField(help_text="Why it stopped.")
    done = serializers.IntegerField(help_text="How far the worker is.")
    total = serializers.IntegerField(help_text="Of how much.")
    counts = serializers.DictField(
        child=serializers.IntegerField(), help_text="Number of rows, by what becomes of them."
    )
    missing = serializers.ListField(
        child=serializers.CharField(), help_text="Fields that are needed and have neither a column nor a default."
    )
    questions = QuestionShownSerializer(many=True, help_text="Open questions first.")
    open_questions = serializers.IntegerField(help_text="Number of questions that are open.")
    all_questions = serializers.IntegerField(help_text="Number of questions, answered ones too.")
    problems = ProblemShownSerializer(many=True, help_text="By row, from `after` on.")
    differences = DifferenceShownSerializer(
        many=True, help_text="Of rows that were entered before; decide them by correcting the record or the file."
    )
    next_after = serializers.IntegerField(
        allow_null=True, help_text="The `after` with which the report goes on; null at its end."
    )
