"""Columns of lists that read better than the stored value."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin

from sgoffice.admin.formatting import MARKING_COLORS, badge, readable_date
from sgoffice.records.models import Marking


def date_column(name: str, *, label: str, order: str = "") -> Callable[[Any], str]:
    """Return a column that shows an imprecise date in words, in the order of its earliest day."""

    @admin.display(description=label, ordering=order or f"{name}_earliest", empty_value="—")
    def column(record: Any) -> str:
        return readable_date(getattr(record, name))

    column.__name__ = f"{name}_in_words"
    return column


@admin.display(description="Marking", ordering="marking")
def marking_column(record: Any) -> str:
    """Return the marking as a colored label."""
    return badge(record.get_marking_display(), MARKING_COLORS[Marking(record.marking)])
