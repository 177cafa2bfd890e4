"""PartialDateField: an imprecise date as its EDTF text, with two columns beside it for its earliest and latest day."""

from datetime import date
from functools import lru_cache
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.db.models.query_utils import DeferredAttribute

from sgoffice.records.partial_dates import PartialDate

_parse = lru_cache(maxsize=4096)(PartialDate.parse)
LENGTH = 32


class _Read(str):
    """A text as it was read from the database, whose two days stand in their own columns."""

    __slots__ = ()


class _InStep(DeferredAttribute):
    """Keeps `<name>_earliest` and `<name>_latest` in step with the text, from the moment it is set."""

    def __set__(self, instance: models.Model, value: str | date | PartialDate | None) -> None:
        name = self.field.attname
        if isinstance(value, _Read):
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


class PartialDateField(models.CharField):
    """An imprecise date (EDTF text, None when nothing is known); setting a text that is no date raises ValueError.

    Adds the columns `<name>_earliest` and `<name>_latest` (both inclusive). Filter by them, or with
    RecordQuerySet.overlaps().
    """

    descriptor_class = _InStep

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["max_length"] = LENGTH
        kwargs["null"] = kwargs["blank"] = True
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: str | None, *args: Any) -> str | None:
        """Take what is stored as it is: what raw SQL made of it must not fail every reader."""
        return value if value is None else _Read(value)

    def contribute_to_class(self, cls: type[models.Model], name: str, *args: Any, **kwargs: Any) -> None:
        """Add the two columns; migrations' historical models name them themselves."""
        super().contribute_to_class(cls, name, *args, **kwargs)
        if cls.__module__ == "__fake__" or cls._meta.abstract:
            return
        for which in ("earliest", "latest"):
            help_text = f"The {which} day that “{name}” can mean."
            column = models.DateField(null=True, blank=True, editable=False, help_text=help_text)
            column.contribute_to_class(cls, f"{name}_{which}")


def partial_date_check(field: str, *, of: str) -> models.CheckConstraint:
    """Return the constraint that text, earliest and latest day are known together and in order."""
    text, low, high = (f"{field}__isnull", f"{field}_earliest__isnull", f"{field}_latest__isnull")
    unknown = Q(**{text: True, low: True, high: True})
    known = Q(**{text: False, low: False, high: False, f"{field}_earliest__lte": F(f"{field}_latest")})
    return models.CheckConstraint(condition=unknown | known, name=f"{of}_{field}_is_a_date")
