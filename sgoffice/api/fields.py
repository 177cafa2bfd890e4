"""Strict fields of entries: a value is of the type that the API document says, or it is refused."""

import re
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID
from zoneinfo import available_timezones

from django.utils.dateparse import parse_datetime
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.fields import empty

from sgoffice.records.entries import SLUG, ByName, find_forbidden_text
from sgoffice.records.partial_dates import PartialDate

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_COUNTRY = re.compile(r"[A-Z]{2,4}(-[A-Z0-9]{1,4})?")


def require_text(value: Any, *, maximum: int | None = None) -> str:
    """Return the text; raises ValidationError for anything else and for characters that no text should have."""
    if not isinstance(value, str):
        raise serializers.ValidationError("This must be a text.")
    if find_forbidden_text(value) is not None:
        raise serializers.ValidationError("Remove the control character or the invisible mark of direction in it.")
    if maximum is not None and len(value) > maximum:
        raise serializers.ValidationError(f"At most {maximum} characters fit; this has {len(value)}.")
    return value.strip()


class Text(serializers.CharField):
    """A text; numbers and booleans are no texts."""

    def to_internal_value(self, data: Any) -> str:
        """Return the text without spaces around it."""
        return super().to_internal_value(require_text(data))


class Slug(Text):
    """A short name in addresses, such as general-assembly."""

    def to_internal_value(self, data: Any) -> str:
        """Return the name."""
        name = super().to_internal_value(data)
        if not SLUG.fullmatch(name):
            raise serializers.ValidationError("A short name has small letters, digits and hyphens.")
        return name


class Integer(serializers.IntegerField):
    """A whole number; neither a text of digits nor true."""

    def to_internal_value(self, data: Any) -> int:
        """Return the number."""
        if not isinstance(data, int) or isinstance(data, bool):
            raise serializers.ValidationError("This must be a whole number.")
        return super().to_internal_value(data)


class Flag(serializers.BooleanField):
    """True or false, not words for them."""

    def to_internal_value(self, data: Any) -> bool:
        """Return the boolean."""
        if not isinstance(data, bool):
            raise serializers.ValidationError("This must be true or false.")
        return data


class Choice(serializers.ChoiceField):
    """One of the words of a vocabulary."""

    def to_internal_value(self, data: Any) -> str:
        """Return the word, or nothing where that may be left out; the refusal lists all words."""
        if data == "" and self.allow_blank:
            return ""
        if not isinstance(data, str) or data not in self.choices:
            shown = repr(data)[:60].encode("ascii", "backslashreplace").decode()
            raise serializers.ValidationError(f"{shown} is not one of: {', '.join(map(str, self.choices))}.")
        return data


class Identifier(serializers.UUIDField):
    """The id of a record."""

    def to_internal_value(self, data: Any) -> UUID:
        """Return the id."""
        if not isinstance(data, str) or not _UUID.fullmatch(data):
            raise serializers.ValidationError("This must be the id of a record (a UUID).")
        return UUID(data)


@extend_schema_field(
    {
        "oneOf": [
            {"type": "string", "maxLength": 300, "description": "The id of a record, or a name of several words."},
            {
                "type": "object",
                "properties": {
                    "name": {"type": "string", "maxLength": 300},
                    "create": {
                        "type": "boolean",
                        "description": "Enter a new one, whatever is near.",
                        "default": False,
                    },
                },
                "required": ["name"],
                "additionalProperties": False,
            },
        ]
    }
)
class IdOrName(serializers.Field):
    """The id of a record, or its name: as a text, or as `{"name": …, "create": true}` for one that is surely new."""

    def to_internal_value(self, data: Any) -> UUID | ByName:
        """Return the id or the name."""
        if isinstance(data, str) and _UUID.fullmatch(data):
            return UUID(data)
        if isinstance(data, str) and " " not in data.strip():
            # a mistyped id must never become somebody's name
            raise serializers.ValidationError('This must be the id of a record; write one word as {"name": "Europol"}.')
        given = {"name": data} if isinstance(data, str) else data
        if not isinstance(given, dict):
            raise serializers.ValidationError("This must be the id of a record, its name, or an object with its name.")
        if unknown := sorted(set(given) - {"name", "create"}):
            raise serializers.ValidationError({str(name): ["There is no such field here."] for name in unknown})
        create = given.get("create", False)
        if not isinstance(create, bool):
            raise serializers.ValidationError({"create": ["This must be true or false."]})
        return ByName(name=Text(max_length=300).run_validation(given.get("name", empty)), create=create)

    def to_representation(self, value: Any) -> Any:
        """Return the value as it was given."""
        return str(value)


class Day(serializers.DateField):
    """A day of the calendar, as 2016-11-21."""

    def to_internal_value(self, value: Any) -> date:
        """Return the day."""
        if not isinstance(value, str) or not value.isascii() or not _DAY.fullmatch(value):
            raise serializers.ValidationError("This must be a day such as 2016-11-21.")
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise serializers.ValidationError(f"There is no such day as {value}.") from None


@extend_schema_field({"type": "string", "example": "2016-11", "maxLength": 32, "description": "EDTF"})
class PartialDay(serializers.CharField):
    """A date as imprecise as what is known (EDTF): `2016-11-21`, `2016-11`, `196X`, `2019-10-15/2019-10-18`."""

    def to_internal_value(self, data: Any) -> str:
        """Return the text of the date."""
        text = require_text(data, maximum=32)
        try:
            return PartialDate.parse(text).text
        except ValueError as error:
            raise serializers.ValidationError(str(error)) from None


@extend_schema_field(OpenApiTypes.DATETIME)
class Instant(serializers.Field):
    """An instant with its offset (RFC 3339): `2016-11-21T10:30:00+01:00`."""

    def to_internal_value(self, data: Any) -> datetime:
        """Return the aware datetime; one without offset is refused, since it would be a guess."""
        if not isinstance(data, str) or not data.isascii() or len(data) > 40:  # noqa: PLR2004 - longer is no instant
            raise serializers.ValidationError("This must be an instant such as 2016-11-21T10:30:00+01:00.")
        try:
            instant = parse_datetime(data)
        except ValueError:
            instant = None
        if instant is None:
            raise serializers.ValidationError("There is no such instant; write it as 2016-11-21T10:30:00+01:00.")
        if instant.utcoffset() is None:
            raise serializers.ValidationError("Say the offset too, as in 2016-11-21T10:30:00+01:00 (Z for UTC).")
        if not 2 <= instant.year <= 9998:  # noqa: PLR2004 - beyond, it cannot be said in every zone
            raise serializers.ValidationError("This instant lies outside what the register can keep.")
        return instant

    def to_representation(self, value: datetime) -> str:
        """Return RFC 3339 text."""
        return value.isoformat().replace("+00:00", "Z")


class TimeZone(Text):
    """An IANA time zone such as Europe/Paris."""

    def to_internal_value(self, data: Any) -> str:
        """Return the name of the zone."""
        name = super().to_internal_value(data)
        if name not in _zones():
            raise serializers.ValidationError("This is no time zone of the IANA database; write it as Europe/Paris.")
        return name


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


class CountryCode(Text):
    """The code of a country: ISO 3166-1 alpha-2 such as SG, ISO 3166-3 such as YUCS, or XK."""

    def to_internal_value(self, data: Any) -> str:
        """Return the code in capitals."""
        code = super().to_internal_value(data)
        if not _COUNTRY.fullmatch(code):
            raise serializers.ValidationError("This must be the code of a country such as SG.")
        return code


class Language(Text):
    """A language code of ISO 639 such as en."""

    def to_internal_value(self, data: Any) -> str:
        """Return the code."""
        code = super().to_internal_value(data)
        if not _LANGUAGE.fullmatch(code):
            raise serializers.ValidationError("This must be a language code such as en.")
        return code


@extend_schema_field({"type": "object", "additionalProperties": {"type": "string"}, "example": {"en": "Agreement"}})
class ByLanguage(serializers.Field):
    """The same text in several languages, by language code."""

    def __init__(self, *, max_length: int = 500, **kwargs: Any) -> None:
        self.max_length = max_length
        super().__init__(**kwargs)

    def to_internal_value(self, data: Any) -> dict[str, str]:
        """Return the texts by language."""
        if not isinstance(data, dict):
            raise serializers.ValidationError('This must be texts by language, such as {"en": "…"}.')
        found = {}
        for language, text in data.items():
            if not isinstance(language, str) or not _LANGUAGE.fullmatch(language):
                raise serializers.ValidationError("Keys must be language codes such as en.")
            found[language] = require_text(text, maximum=self.max_length)
        return found

    def to_representation(self, value: Any) -> Any:
        """Return it as it is."""
        return value
