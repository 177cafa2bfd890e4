"""PartialDateField: an imprecise date as EDTF text, with two more columns for its earliest and latest day."""

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import F, Q
from django.db.models.query_utils import DeferredAttribute

from sgoffice.records.constraints import explains
from sgoffice.records.partial_dates import PartialDate

_parse = lru_cache(maxsize=4096)(PartialDate.parse)
LENGTH = 32


class _StoredText(str):
    """A text as read from the database, whose earliest and latest day come from their own columns."""

    __slots__ = ()


class _PartialDateAttribute(DeferredAttribute):
    """Sets `<name>_earliest` and `<name>_latest` whenever the text is set."""

    def __set__(self, instance: models.Model, value: str | date | PartialDate | None) -> None:
        name = self.field.attname
        if isinstance(value, _StoredText):
            instance.__dict__[name] = str(value)
            return
        if not value:
            text, earliest, latest = None, None, None
        else:
            parsed = _parse(value.isoformat() if isinstance(value, date) else str(value))
            text, earliest, latest = parsed.text, parsed.earliest, parsed.latest
        instance.__dict__[name] = text
        instance.__dict__[f"{name}_earliest"] = earliest
        instance.__dict__[f"{name}_latest"] = latest


if TYPE_CHECKING:
    _NullableText = models.CharField[str | None, str | None]
else:
    _NullableText = models.CharField


class PartialDateField(_NullableText):
    """An imprecise date: EDTF text, or None if unknown. Setting an invalid date raises ValueError.

    Adds the columns `<name>_earliest` and `<name>_latest` (both inclusive). Filter by them, or with
    RecordQuerySet.overlaps().
    """

    descriptor_class = _PartialDateAttribute

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["max_length"] = LENGTH
        kwargs["null"] = kwargs["blank"] = True
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: str | None, *args: object) -> str | None:
        """Take the stored text as it is: one bad value from raw SQL must not break every reader."""
        return value if value is None else _StoredText(value)

    def contribute_to_class(self, cls: type[models.Model], name: str, *args: Any, **kwargs: Any) -> None:
        """Add the two columns; historical models in migrations declare them themselves."""
        super().contribute_to_class(cls, name, *args, **kwargs)
        if cls.__module__ == "__fake__" or cls._meta.abstract:
            return
        for which in ("earliest", "latest"):
            help_text = f"The {which} day that “{name}” can mean."
            column = models.DateField(null=True, blank=True, editable=False, help_text=help_text)
            column.contribute_to_class(cls, f"{name}_{which}")


def partial_date_check(field: str, *, of: str) -> models.CheckConstraint:
    """Return the constraint that text, earliest and latest day are set together and in order."""
    text, low, high = (f"{field}__isnull", f"{field}_earliest__isnull", f"{field}_latest__isnull")
    unset = Q(**{text: True, low: True, high: True})
    is_set = Q(**{text: False, low: False, high: False, f"{field}_earliest__lte": F(f"{field}_latest")})
    name = f"{of}_{field}_is_a_date"
    explains(name, rule="date", detail="A date has a text, a first day and a last day.", pointer=f"/{field}")
    return models.CheckConstraint(condition=unset | is_set, name=name)
