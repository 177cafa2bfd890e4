"""List columns that show readable values instead of stored ones."""

from collections.abc import Callable

from django.contrib import admin
from django.db import models

from sgoffice.admin.formatting import MARKING_COLORS, badge, label_of, readable, readable_date, readable_time
from sgoffice.admin.marked_keys import seen_through
from sgoffice.admin.stored_values import in_words
from sgoffice.admin.time_fields import ZONE, is_local_time
from sgoffice.records.models import MarkedRecord, Marking


def date_column(name: str, *, label: str, order: str = "") -> Callable[[object], str]:
    """Return a column that shows an imprecise date in words, sorted by its earliest day."""

    @admin.display(description=label, ordering=order or f"{name}_earliest", empty_value="—")
    def column(record: object) -> str:
        return readable_date(getattr(record, name))

    column.__name__ = f"readable_{name}"
    return column


def columns_to_read(model: type[models.Model]) -> dict[str, Callable[[object], str]]:
    """Return by name, for who only reads, times on the clocks of a place, and lists and mappings in words."""
    fields = model._meta.fields
    return {
        **{field.name: _time_column(field.name) for field in fields if is_local_time(field)},
        **{field.name: _words_column(field) for field in fields if isinstance(field, models.JSONField)},
    }


def _words_column(field: models.JSONField) -> Callable[[object], str]:
    """Return a column that shows lists and mappings in words, not as a program writes them."""
    table, name = field.model._meta.db_table, field.name

    @admin.display(description=label_of(name), empty_value="—")
    def column(record: object) -> str:
        return readable(in_words(getattr(record, name), {}, table=table, column=name))

    column.__name__ = f"readable_{name}"
    return column


def _time_column(name: str) -> Callable[[object], str]:
    """Return a column that shows an instant on the clocks of its place."""

    @admin.display(description=label_of(name), empty_value="—")
    def column(record: object) -> str:
        instant = getattr(record, name)
        return readable_time(instant, getattr(record, ZONE, "")) if instant else ""

    column.__name__ = f"local_{name}"
    return column


@admin.display(description="Marking", ordering="marking")
def marking_column(record: MarkedRecord) -> str:
    return badge(Marking(record.marking).label, MARKING_COLORS[Marking(record.marking)])


def owner_column(key: str, *, label: str) -> Callable[[object], str]:
    """Return a column that names the record that another one belongs to, as far as the user may see it.

    It cannot be sorted by: the order would tell of what is hidden.
    """

    @admin.display(description=label, empty_value="—")
    def column(record: object) -> str:
        return str(seen_through(record, key) or "")

    column.__name__ = f"readable_{key}"
    return column
