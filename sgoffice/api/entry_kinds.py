"""The kinds of records that can be entered: the serializer of an entry, the service that takes it, and the steps.

Each writable viewset registers its kind, so that whoever reads entries from elsewhere accepts what `POST` accepts.
"""

import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from typing import Any

from django.apps import apps
from django.conf import settings

from sgoffice.api.entry_serializers import shape_of
from sgoffice.api.fields import Text
from sgoffice.api.serializers import EntrySerializer
from sgoffice.records.models import Record


@dataclass(frozen=True)
class EntryStep:
    """A step of a record: `take(entry, record_id=, by=, expected=)` calls its service."""

    serializer: type[EntrySerializer]
    take: Callable[..., Record]


@dataclass(frozen=True)
class EntryKind:
    model: type[Record]
    serializer: type[EntrySerializer]
    enter: Callable[..., Record]
    correct: Callable[..., Record] | None
    steps: Mapping[str, EntryStep]

    @cached_property
    def import_serializer(self) -> type[EntrySerializer]:
        """The serializer with what no request may say: `origin`, and `deviation` where history may break a rule."""
        hints = typing.get_type_hints(self.serializer.entry)
        members: dict[str, Any] = {"origin": Text(max_length=120)}
        if "deviation" in hints:
            members["deviation"] = shape_of(typing.get_args(hints["deviation"])[0])(required=False)
        return type(f"Imported{self.serializer.__name__}", (self.serializer,), members)


_kinds: dict[str, EntryKind] = {}


def register_kind(kind: EntryKind) -> None:
    if kind.model.record_kind in _kinds:
        raise ValueError(f"{kind.model.record_kind} can be entered already")
    _kinds[kind.model.record_kind] = kind


def entry_kinds() -> dict[str, EntryKind]:
    """Return every kind by its name, in the order of the apps and their models: what others rest on comes first."""
    import_module(settings.ROOT_URLCONF)  # which imports every viewset
    names = [getattr(model, "record_kind", "") for model in apps.get_models()]
    return {name: _kinds[name] for name in names if name in _kinds}
