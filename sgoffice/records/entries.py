"""What services take: an entry holds all values of a record, a Correction only those to change."""

import dataclasses
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import UnionType
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar, Union, get_args, get_origin, overload
from uuid import UUID

from django.db import models
from django.db.models import QuerySet

from sgoffice.records.actors import Actor
from sgoffice.records.characters import find_forbidden_character
from sgoffice.records.errors import InvalidEntry
from sgoffice.records.models import PartialDateField, Record
from sgoffice.records.statements import kept
from sgoffice.records.wording import why_no_place_of_a_file, why_no_title, wrong_parts

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


class _Unset:
    def __repr__(self) -> str:
        return "UNSET"

    def __bool__(self) -> bool:
        return False


#: “Not given”, unlike None, which is “known to be empty”.
UNSET: Final[Any] = _Unset()

#: What the texts of these columns must be able to be.
_WORDED: Final = {
    "address": why_no_place_of_a_file,
    "label": why_no_title,
    "name": why_no_title,
    "title": why_no_title,
}

#: What an address may contain instead of an id.
SLUG: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, kw_only=True)
class Source:
    """What supports a record: an address or a document, and how far it was verified.

    `supports` lists JSON pointers into the record; an empty list means the whole record. `verification` is primary,
    secondary, inferred or unverified.
    """

    url: str = ""
    document: str = ""
    title: str = ""
    published_on: str = ""
    supports: tuple[str, ...] = ()
    verification: str = "unverified"


@dataclass(frozen=True, kw_only=True)
class Conflict:
    """What another source states for the field at `pointer`."""

    pointer: str
    value: str
    source: str = ""


@dataclass(frozen=True, kw_only=True)
class ByName:
    """A record given by name instead of by id; `create` enters a new one even if similar names exist."""

    name: str
    create: bool = False


@dataclass(frozen=True, kw_only=True)
class Note:
    """Further information about a record, under a heading."""

    about: str
    text: str


@dataclass(frozen=True, kw_only=True)
class RecordEntry:
    """The fields of every entry."""

    sources: tuple[Source, ...] = ()
    caveats: tuple[str, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    notes: tuple[Note, ...] = ()
    origin: str = ""


@dataclass(frozen=True, kw_only=True)
class MarkedRecordEntry(RecordEntry):
    """The fields of every entry with a marking; `readers` are ids of users."""

    marking: str = "internal"
    readers: tuple[str, ...] = ()


#: What every record with a marking has beside the fields of its kind.
RECORD_FIELDS: Final = frozenset(item.name for item in dataclasses.fields(MarkedRecordEntry))

E = TypeVar("E", bound="DataclassInstance")
T = TypeVar("T")


@dataclass(frozen=True)
class Correction(Generic[E]):
    """A patch of a record: the fields of the entry class `entry` to change."""

    entry: type[E]
    values: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        names = {item.name for item in dataclasses.fields(self.entry)}
        if unknown := sorted(set(self.values) - names):
            message = f"{self.entry.__name__} has no {', '.join(unknown)}"
            raise TypeError(message)

    def __contains__(self, name: str) -> bool:
        return name in self.values

    @overload
    def get(self, name: str) -> Any: ...
    @overload
    def get(self, name: str, default: T) -> T: ...
    def get(self, name: str, default: Any = None) -> Any:
        """Return the new value of a field, or the default if the patch does not change it."""
        return self.values.get(name, default)


def given_values(entry: "DataclassInstance | Correction[Any]") -> dict[str, Any]:
    """Return the values that an entry or a correction gives, by field name."""
    if isinstance(entry, Correction):
        return dict(entry.values)
    return {item.name: getattr(entry, item.name) for item in dataclasses.fields(entry)}


def to_json(value: Any) -> Any:
    """Return a value as JSON columns store it: dataclasses as dicts, tuples as lists, ids as text."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {item.name: to_json(getattr(value, item.name)) for item in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(key): to_json(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [to_json(item) for item in value]
    return str(value) if isinstance(value, UUID) else value


def correction_of(entry: E) -> Correction[E]:
    """Return an entry as the correction that gives all of its fields."""
    return Correction(type(entry), given_values(entry))


def assign_fields(
    record: Record,
    entry: "DataclassInstance | Correction[Any]",
    *,
    only: Collection[str] | None = None,
    skip: Collection[str] = (),
) -> None:
    """Set every field of the entry (or correction), or `only` these, on the record's attribute of that name.

    A foreign key takes the key of its target, a partial date its text, a JSON column plain values. Raises InvalidEntry
    for disallowed characters and for an invalid date.
    """
    problems: list[tuple[str, str]] = []
    for name, value in given_values(entry).items():
        if name in skip or (only is not None and name not in only) or (name == "origin" and not value):
            continue
        try:
            set_field(record, name, value)
        except ValueError as error:
            problems.append((f"/{name}", str(error)))
        else:
            problems += _wrong_wording(record, name)
    if problems:
        raise InvalidEntry(problems)


def _wrong_wording(record: Record, name: str) -> list[tuple[str, str]]:
    """Return why a title cannot be one, and which links and addresses lead nowhere, with their pointers."""
    column: Any = record._meta.get_field(name)
    value = getattr(record, column.attname)
    if isinstance(value, list):
        return [(f"/{name}{pointer}", why) for pointer, why in wrong_parts(value)]
    check = _WORDED.get(name)
    why = check(value) if check and isinstance(value, str) and value.strip() else ""
    return [(f"/{name}", why)] if why else []


def check_fields(record: Record, names: Collection[str]) -> None:
    """Raise InvalidEntry for every column of these names that cannot take what was set; other names are left out."""
    problems: list[tuple[str, str]] = []
    for column in record._meta.concrete_fields:
        if column.name not in names:
            continue
        try:
            _check_value(column, getattr(record, column.attname))
        except ValueError as error:
            problems.append((f"/{column.name}", str(error)))
    if problems:
        raise InvalidEntry(problems)


def set_field(row: models.Model, name: str, value: object) -> None:
    """Set one field of a record or part from a plain value; raises ValueError with a sentence for the reader."""
    column: Any = row._meta.get_field(name)
    if isinstance(column, models.JSONField):
        value = to_json(value)
    if value is None and not column.null and _is_text(column):
        value = ""
    _check_value(column, value)
    setattr(row, column.attname, value)


def _is_text(column: "models.Field[Any, Any]") -> bool:
    return isinstance(column, models.CharField | models.TextField) and not isinstance(column, PartialDateField)


def _check_value(column: Any, value: object) -> None:
    """Raise ValueError for disallowed characters, a text that is too long, and a word outside the vocabulary."""
    if (found := find_forbidden_text(value)) is not None:
        pointer, advice = found
        raise ValueError(f"{pointer or 'The text'} {advice}")
    if not (isinstance(value, str) and value and _is_text(column)):
        return
    if column.max_length and len(value) > column.max_length:
        message = f"At most {column.max_length} characters fit; this has {len(value)}."
        raise ValueError(message)
    if column.choices and value not in dict(column.flatchoices):
        message = f"{value!r} is not one of: {', '.join(str(key) for key, _ in column.flatchoices)}."
        raise ValueError(message)
    if isinstance(column, models.SlugField) and not SLUG.fullmatch(value):
        message = "A short name has small letters, digits and hyphens."
        raise ValueError(message)


def find_forbidden_text(value: object) -> tuple[str, str] | None:
    """Return where the first forbidden character is, or None: the JSON pointer of its text, and what to do about it."""
    if isinstance(value, str):
        found = find_forbidden_character(value)
        return ("", found.advice) if found else None
    items: Iterable[tuple[object, object]] = ()
    if isinstance(value, Mapping):
        items = value.items()
    elif isinstance(value, list | tuple):
        items = enumerate(value)
    for key, item in items:
        if (in_key := find_forbidden_text(key)) is not None:
            return "/", in_key[1]
        if (below := find_forbidden_text(item)) is not None:
            return f"/{key}{below[0]}", below[1]
    return None


def require_exists(model: type[Record], keys: Mapping[str, object], *, by: Actor, field_name: str = "pk") -> None:
    """Raise InvalidEntry for each pointer whose key names no record that the actor may see.

    Keys by pointer: `{"/person": id, "/host": None}`.
    """
    wanted = list(dict.fromkeys(key for key in keys.values() if key is not None))
    if not wanted:
        return

    def rows(values: Sequence[Any]) -> QuerySet[Any, Any]:
        seen = model.rows().visible_to(by).filter(**{f"{field_name}__in": values}, is_in_error=False)
        return seen.values_list(field_name)

    statement = kept(("there", model, field_name, by, by.permissions, len(wanted)), rows, wanted)
    found = {key for (key,) in statement.rows(wanted)} if statement else set()
    missing = [(pointer, key) for pointer, key in keys.items() if key is not None and key not in found]
    if missing:
        noun = model.record_kind.replace("_", " ")
        raise InvalidEntry([(pointer, f"There is no {noun} {key}.") for pointer, key in missing])


def without_none(hint: Any) -> tuple[Any, bool]:
    """Return a type without its None, and whether it had one."""
    if get_origin(hint) in (Union, UnionType):
        rest = [item for item in get_args(hint) if item is not type(None)]
        return rest[0], len(rest) < len(get_args(hint))
    return hint, False
