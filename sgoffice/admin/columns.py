"""List columns that show readable values instead of stored ones."""

from collections.abc import Callable

from django.contrib import admin

from sgoffice.admin.formatting import MARKING_COLORS, badge, readable_date
from sgoffice.admin.marked_keys import seen_through
from sgoffice.records.models import MarkedRecord, Marking


def date_column(name: str, *, label: str, order: str = "") -> Callable[[object], str]:
    """Return a column that shows an imprecise date in words, sorted by its earliest day."""

    @admin.display(description=label, ordering=order or f"{name}_earliest", empty_value="—")
    def column(record: object) -> str:
        return readable_date(getattr(record, name))

    column.__name__ = f"readable_{name}"
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
