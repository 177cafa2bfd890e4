"""Strict fields of entries: a value of another type than the API document says is refused, never converted."""

import re
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.dateparse import parse_datetime
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.fields import empty

from sgoffice.api.candidates import Candidates
from sgoffice.places.reading import UnclearPlace, read_country
from sgoffice.records.characters import find_forbidden_character
from sgoffice.records.entries import SLUG, ByName
from sgoffice.records.partial_dates import PartialDate
from sgoffice.records.time_zones import time_zone_names

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
#: One word that is no name: of digits alone, or long with digits among its letters, as a mistyped id is.
_ONE_WORD = re.compile(r"[\x21-\x7e]+")
_LIKE_AN_ID = re.compile(r"\d+|(?=.*\d)[0-9a-fA-F-]{8,}|(?=.*\d)[0-9a-zA-Z-]{20,}", re.ASCII)
_LANGUAGE = re.compile(r"[a-z]{2,3}")


def require_text(value: Any, *, maximum: int | None = None) -> str:
    """Return the text, stripped; raises ValidationError for other types and disallowed characters."""
    if not isinstance(value, str):
        raise serializers.ValidationError("This must be a string.")
    if (found := find_forbidden_character(value)) is not None:
        raise serializers.ValidationError(f"The text {found.advice}")
    if maximum is not None and len(value) > maximum:
        raise serializers.ValidationError(f"At most {maximum} characters fit; this has {len(value)}.")
    return value.strip()


class Text(serializers.CharField):
    """A string; numbers and booleans are not converted."""

    def to_internal_value(self, data: Any) -> str:
        return super().to_internal_value(require_text(data))


class Slug(Text):
    """A short name for URLs, such as general-assembly."""

    def to_internal_value(self, data: Any) -> str:
        name = super().to_internal_value(data)
        if not SLUG.fullmatch(name):
            raise serializers.ValidationError("Use lower-case letters, digits and hyphens only.")
        return name


class Integer(serializers.IntegerField):
    """A whole number; strings of digits and booleans are not converted."""

    def to_internal_value(self, data: Any) -> int:
        if not isinstance(data, int) or isinstance(data, bool):
            raise serializers.ValidationError("This must be a whole number.")
        return super().to_internal_value(data)


class Flag(serializers.BooleanField):
    """True or false; strings are not converted."""

    def to_internal_value(self, data: Any) -> bool:
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
        if not isinstance(data, str) or not _UUID.fullmatch(data):
            raise serializers.ValidationError("This must be the id of a record (a UUID).")
        return UUID(data)


#: What stands for a record in a body and in a parameter.
NAMED_RECORD: dict[str, Any] = {"type": "string", "format": "record", "minLength": 1, "maxLength": 300}


@extend_schema_field(NAMED_RECORD)
class Reference(serializers.Field):
    """A record by its id, its reference or its name; the service finds the record (`changes.references`)."""

    def to_internal_value(self, data: Any) -> UUID | ByName:
        text = require_text(data)
        if not text:
            raise serializers.ValidationError("Write the id of a record (a UUID), its reference or its name.")
        return UUID(text) if _UUID.fullmatch(text) else ByName(name=text)

    def to_representation(self, value: Any) -> Any:
        return str(value)


@extend_schema_field(
    {
        "oneOf": [
            {"type": "string", "maxLength": 300, "description": "The id of a record, or a name."},
            {
                "type": "object",
                "properties": {
                    "name": {"type": "string", "maxLength": 300},
                    "create": {
                        "type": "boolean",
                        "description": "Create a new record even if there are candidates.",
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
    """The id of a record, or its name: a string, or `{"name": …, "create": true}` to create a new record."""

    def to_internal_value(self, data: Any) -> UUID | ByName:
        if isinstance(data, str) and _UUID.fullmatch(data):
            return UUID(data)
        if isinstance(data, str) and self.field_name == "person" and _ONE_WORD.fullmatch(data.strip()):
            # few people are known by one word, unless they are written without spaces
            raise serializers.ValidationError(
                'This must be the id of a record; write a name of one word as {"name": "Suharto"}.'
            )
        if isinstance(data, str) and _LIKE_AN_ID.fullmatch(data.strip()):
            # a mistyped id must never become a name
            raise serializers.ValidationError("This must be the id of a record (a UUID), or a name.")
        given = {"name": data} if isinstance(data, str) else data
        if not isinstance(given, dict):
            raise serializers.ValidationError("This must be the id of a record, its name, or an object with its name.")
        if unknown := sorted(set(given) - {"name", "create"}):
            raise serializers.ValidationError({str(name): ["There is no such field."] for name in unknown})
        create = given.get("create", False)
        if not isinstance(create, bool):
            raise serializers.ValidationError({"create": ["This must be true or false."]})
        return ByName(name=Text(max_length=300).run_validation(given.get("name", empty)), create=create)

    def to_representation(self, value: Any) -> Any:
        return str(value)


class Day(serializers.DateField):
    """A calendar day such as 2016-11-21."""

    def to_internal_value(self, value: Any) -> date:
        if not isinstance(value, str) or not value.isascii() or not _DAY.fullmatch(value):
            raise serializers.ValidationError("This must be a day such as 2016-11-21.")
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise serializers.ValidationError(f"There is no day {value}.") from None


@extend_schema_field({"type": "string", "example": "2016-11", "maxLength": 32, "description": "EDTF"})
class PartialDay(serializers.CharField):
    """A date as precise as known (EDTF): `2016-11-21`, `2016-11`, `196X`, `2019-10-15/2019-10-18`."""

    def to_internal_value(self, data: Any) -> str:
        text = require_text(data, maximum=32)
        try:
            return PartialDate.parse(text).text
        except ValueError as error:
            raise serializers.ValidationError(str(error)) from None


@extend_schema_field(OpenApiTypes.DATETIME)
class Instant(serializers.Field):
    """An instant with its offset (RFC 3339): `2016-11-21T10:30:00+01:00`."""

    def to_internal_value(self, data: Any) -> datetime:
        """Return the aware datetime; one without an offset is refused, as any zone would be a guess."""
        if not isinstance(data, str) or not data.isascii() or len(data) > 40:  # noqa: PLR2004 - longer is no instant
            raise serializers.ValidationError("This must be an instant such as 2016-11-21T10:30:00+01:00.")
        try:
            instant = parse_datetime(data)
        except ValueError:
            instant = None
        if instant is None:
            raise serializers.ValidationError("There is no such instant; write one such as 2016-11-21T10:30:00+01:00.")
        if instant.utcoffset() is None:
            raise serializers.ValidationError("Add the offset, as in 2016-11-21T10:30:00+01:00 (Z for UTC).")
        if not 2 <= instant.year <= 9998:  # noqa: PLR2004 - beyond, it cannot be said in every zone
            raise serializers.ValidationError("Use a year from 2 to 9998.")
        return instant

    def to_representation(self, value: datetime) -> str:
        return value.isoformat().replace("+00:00", "Z")


class TimeZone(Text):
    """An IANA time zone such as Europe/Paris."""

    def to_internal_value(self, data: Any) -> str:
        name = super().to_internal_value(data)
        if name not in time_zone_names():
            raise serializers.ValidationError("This must be an IANA time zone such as Europe/Paris.")
        return name


class CountryCode(Text):
    """A country by any of its codes or names, such as SG, SGP or Singapore; the value is the code of its record."""

    def to_internal_value(self, data: Any) -> str:
        text = super().to_internal_value(data)
        try:
            return read_country(text)
        except UnclearPlace as error:
            raise serializers.ValidationError(str(error), code=Candidates(" ".join(error.candidates))) from None


class Language(Text):
    """A language code of ISO 639 such as en."""

    def to_internal_value(self, data: Any) -> str:
        code = super().to_internal_value(data)
        if not _LANGUAGE.fullmatch(code):
            raise serializers.ValidationError("This must be a language code such as en.")
        return code


@extend_schema_field({"type": "object", "additionalProperties": {"type": "string"}, "example": {"en": "Agreement"}})
class ByLanguage(serializers.Field):
    """A text in several languages, by language code."""

    def __init__(self, *, max_length: int = 500, **kwargs: Any) -> None:
        self.max_length = max_length
        super().__init__(**kwargs)

    def to_internal_value(self, data: Any) -> dict[str, str]:
        if not isinstance(data, dict):
            raise serializers.ValidationError('This must be an object of texts by language, such as {"en": "…"}.')
        found = {}
        for language, text in data.items():
            if not isinstance(language, str) or not _LANGUAGE.fullmatch(language):
                raise serializers.ValidationError("Use language codes such as en as keys.")
            found[language] = require_text(text, maximum=self.max_length)
        return found

    def to_representation(self, value: Any) -> Any:
        return value
