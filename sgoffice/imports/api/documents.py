"""An import as staff get it, registered as its document."""

from typing import ClassVar

from rest_framework import serializers

from sgoffice.api.serializers import MARKED_RECORD_FIELDS, MarkedRecordSerializer
from sgoffice.documents import document_of
from sgoffice.imports.api import columns
from sgoffice.imports.models import Import
from sgoffice.search import Searched


class ColumnSerializer(serializers.Serializer):
    """A column of the file, and the field that it is."""

    column = serializers.CharField(help_text="Its letter in the spreadsheet.")
    heading = serializers.CharField(help_text="What stands above it.")
    field = serializers.CharField(help_text="The field that it is; empty if it is left out.")
    samples = serializers.ListField(child=serializers.CharField(), help_text="What stands in its first rows.")


@document_of(
    Import,
    columns=columns.IMPORT,
    searched=Searched(
        address="imports",
        titles=("reference",),
        texts=("file_name", "mapping_name"),
        label=lambda shown: f"{shown['reference']} {shown['file_name']}",
    ),
)
class ImportSerializer(MarkedRecordSerializer):
    """A spreadsheet, how it is read, and what became of it. It is always restricted: its report tells names."""

    sheets = serializers.ListField(child=serializers.CharField(), read_only=True, help_text="The sheets of a workbook.")
    heading_rows = serializers.ListField(
        child=serializers.IntegerField(), read_only=True, help_text="Numbers of the rows with headings."
    )
    columns = ColumnSerializer(many=True, read_only=True)
    defaults = serializers.DictField(
        child=serializers.CharField(), read_only=True, help_text="What a blank cell means, by field."
    )
    choices = serializers.DictField(
        child=serializers.CharField(), read_only=True, help_text="What was answered, by the key of the question."
    )
    counts = serializers.DictField(
        child=serializers.IntegerField(),
        read_only=True,
        help_text="Number of rows by what becomes of them, when it was last at rest.",
    )

    class Meta(MarkedRecordSerializer.Meta):
        model = Import
        fields: ClassVar = (
            *MARKED_RECORD_FIELDS, "kind", "state", "failure", "file_name", "file_size", "file_sha256", "form", "sheet",
            "sheets", "encoding", "separator", "heading_rows", "columns", "defaults", "date_order", "records_marking",
            "mapping_name", "choices", "counts",
        )  # fmt: skip
