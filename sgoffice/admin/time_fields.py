"""Inputs for times of a place: the day and the time on its clocks, and its zone by name."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from unfold.widgets import UnfoldAdminSplitDateTimeWidget, UnfoldAdminTextInputWidget

from sgoffice.places.zones import zone_called

ZONE = "time_zone"


class LocalTimeField(forms.SplitDateTimeField):
    """A time on the clocks of a place. Its value has no offset: the service knows the zone.

    `zone` is that of the record as it is stored, on whose clocks its time is shown.
    """

    widget = UnfoldAdminSplitDateTimeWidget
    zone: str = ""

    def in_zone(self, zone: str) -> None:
        self.zone = zone
        self.help_text = f"On the clocks of {zone}." if zone else "On the clocks of the place."

    def prepare_value(self, value: object) -> object:
        """Return a stored instant as the clocks of its place show it."""
        if isinstance(value, datetime) and value.tzinfo is not None:
            return value.astimezone(ZoneInfo(self.zone or "UTC")).replace(tzinfo=None)
        return value

    def compress(self, data_list: Any) -> datetime | None:
        """Return the time without an offset; raises ValidationError for a day without a time."""
        if not data_list:
            return None
        if data_list[0] in self.empty_values:
            raise ValidationError("Give the day of this time too.", code="invalid_date")
        if data_list[1] in self.empty_values:
            raise ValidationError("Give the time too, or leave the day out.", code="invalid_time")
        return datetime.combine(*data_list)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


class ZoneField(forms.CharField):
    """A time zone by its name or by a city: Asia/Tokyo, Tokyo."""

    widget = UnfoldAdminTextInputWidget

    def __init__(self, **options: Any) -> None:
        text = "A city or a zone: Tokyo, Asia/Tokyo. Where the city or country decides it, leave it empty."
        super().__init__(max_length=64, **options | {"help_text": text})

    def clean(self, value: object) -> str:
        """Return the zone that is meant; text that means none is left to the service to refuse."""
        text = super().clean(value)
        return zone_called(text) or text


def time_input_for(column: "models.Field[Any, Any]", options: dict[str, Any]) -> forms.Field | None:
    """Return the input of a time or zone of a place, or None for any other column."""
    if column.name == ZONE:
        return ZoneField(**options)
    return LocalTimeField(**options) if is_local_time(column) else None


def is_local_time(column: "models.Field[Any, Any]") -> bool:
    """Whether a column is an instant in a record that has a zone of its own."""
    return isinstance(column, models.DateTimeField) and any(field.name == ZONE for field in column.model._meta.fields)


def put_in_zone(fields: dict[str, forms.Field], record: Any) -> None:
    """Show the times of a record on the clocks of its place."""
    for field in fields.values():
        if isinstance(field, LocalTimeField):
            field.in_zone(getattr(record, ZONE, ""))


def moved_with_zone(fields: dict[str, forms.Field], names: list[str]) -> list[str]:
    """Return the names of changed fields; with the zone, the times too, since the clocks that were read stay."""
    if ZONE not in names:
        return names
    times = (name for name, field in fields.items() if isinstance(field, LocalTimeField))
    return list(dict.fromkeys([*names, *times]))
