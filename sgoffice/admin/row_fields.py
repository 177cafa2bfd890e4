"""Lists of rows stored as JSON (sources, conflicts, other names …), edited in a small table."""

import dataclasses
import typing
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from unfold.widgets import BASE_INPUT_CLASSES, SELECT_CLASSES

from sgoffice.admin.form_fields import StructuredField
from sgoffice.admin.formatting import label_of
from sgoffice.records.entries import Source, without_none

Choices = Sequence[tuple[str, str]]
VERIFICATIONS: Choices = [
    ("unverified", "Unverified"),
    ("primary", "Primary: the act itself"),
    ("secondary", "Secondary: a report of it"),
    ("inferred", "Inferred"),
]
_YES_NO: Choices = [("", "No"), ("yes", "Yes")]
#: Columns with a vocabulary, by the dataclass of the row.
_CHOICES: dict[tuple[type[object], str], Choices] = {(Source, "verification"): VERIFICATIONS}
_WIDE = frozenset({"url", "title", "value", "text", "name", "address", "reason"})


@dataclasses.dataclass(frozen=True)
class Column:
    """One column: its input, and how text and value convert."""

    name: str
    label: str
    is_list: bool = False
    is_flag: bool = False
    is_hidden: bool = False
    choices: Choices = ()

    @property
    def is_wide(self) -> bool:
        return self.name in _WIDE

    def shown(self, value: Any) -> str:
        if self.is_flag:
            return "yes" if value else ""
        if self.is_list:
            return " ".join(str(item) for item in value or ())
        return "" if value is None else str(value)

    def read(self, text: Any) -> object:
        if self.is_flag:
            return text in {True, "yes"}
        if self.is_list:
            return text.split() if isinstance(text, str) else [str(item) for item in text or ()]
        return "" if text is None else str(text).strip()


def columns_of(row: type[Any], *, choices: Mapping[str, Choices] | None = None) -> list[Column]:
    """Return one column for each field of a dataclass; ids are kept but hidden."""
    hints = typing.get_type_hints(row)
    found = []
    for item in dataclasses.fields(row):
        hint = without_none(hints[item.name])[0]
        known = (choices or {}).get(item.name) or _CHOICES.get((row, item.name)) or ()
        found.append(
            Column(
                item.name,
                label_of(item.name),
                is_list=typing.get_origin(hint) is tuple,
                is_flag=hint is bool,
                is_hidden=hint is UUID,
                choices=known or (_YES_NO if hint is bool else ()),
            )
        )
    return found


class RowsWidget(forms.Widget):
    """Inputs of one name for each column; rows.js adds and removes rows, without it there is one empty row."""

    template_name = "office_admin/rows.html"

    def __init__(self, columns: Sequence[Column], attrs: dict[str, Any] | None = None) -> None:
        self.columns = columns
        super().__init__(attrs)

    class Media:
        js = ("office_admin/rows.js",)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        rows = [item for item in value or () if isinstance(item, Mapping)]
        context["widget"] |= {
            "columns": self.columns,
            "rows": [self._cells(name, row) for row in [*rows, {}]],
            "input_classes": " ".join(BASE_INPUT_CLASSES),
            "select_classes": " ".join(SELECT_CLASSES),
        }
        return context

    def _cells(self, name: str, row: Mapping[str, object]) -> list[dict[str, object]]:
        return [
            {"column": column, "name": f"{name}__{column.name}", "value": column.shown(row.get(column.name))}
            for column in self.columns
        ]

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[dict[str, Any]]:
        """Return the submitted rows."""
        if not hasattr(data, "getlist"):
            return list(data.get(name) or [])
        lists = [data.getlist(f"{name}__{column.name}") for column in self.columns]
        rows = zip(*lists, strict=False)
        return [dict(zip((column.name for column in self.columns), row, strict=True)) for row in rows]

    def value_omitted_from_data(self, data: Mapping[str, object], files: object, name: str) -> bool:
        return f"{name}__{self.columns[0].name}" not in data


class RowsField(StructuredField):
    """A list of rows, each with the columns of a dataclass."""

    def __init__(self, columns: Sequence[Column], **kwargs: Any) -> None:
        self.columns = columns
        kwargs.setdefault("widget", RowsWidget(columns))
        super().__init__(**kwargs)

    def normalize(self, value: Any) -> list[dict[str, Any]]:
        """Return the rows with content; a choice alone is no content."""
        rows = [
            {column.name: column.read(row.get(column.name, "")) for column in self.columns}
            for row in value or ()
            if isinstance(row, Mapping)
        ]
        content = [column.name for column in self.columns if not column.choices or column.is_flag]
        return [row for row in rows if any(row[name] for name in content)]

    def prepare_value(self, value: object) -> object:
        return value
