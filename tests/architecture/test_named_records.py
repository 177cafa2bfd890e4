"""One table says which member names which kind, and every service and list that takes an id follows it."""

import typing
from dataclasses import fields
from uuid import UUID

from sgoffice.api.entry_kinds import entry_kinds
from sgoffice.api.fields import Identifier, Reference
from sgoffice.api.filters import IdFilter, RecordFilterSet
from sgoffice.changes.references import is_taking_names
from sgoffice.records.references import kind_named

#: Ids that name no record: parts of the record itself keep their id.
_OF_PARTS = {"id"}


def _fields_of(serializer):
    for name, field in serializer().fields.items():
        inner = getattr(field, "child", field)
        yield serializer.entry, name, inner
        if hasattr(type(inner), "entry"):
            yield from _fields_of(type(inner))


def test_every_member_that_takes_an_id_takes_a_name():
    shapes = [kind.serializer for kind in entry_kinds().values()]
    shapes += [step.serializer for kind in entry_kinds().values() for step in kind.steps.values()]
    taken = [one for shape in shapes for one in _fields_of(shape)]

    by_id_alone = {f"{entry.__name__}.{name}" for entry, name, field in taken if type(field) is Identifier}
    nameless = {
        f"{entry.__name__}.{name}"
        for entry, name, field in taken
        if isinstance(field, Reference) and not kind_named(name, entry)
    }

    assert {one for one in by_id_alone if one.rpartition(".")[2] not in _OF_PARTS} == set()
    assert nameless == set()


def test_every_service_that_takes_an_id_understands_names():
    deaf = []
    for kind in entry_kinds().values():
        if not any(isinstance(field, Reference) for _, _, field in _fields_of(kind.serializer)):
            continue
        services = [kind.enter, kind.correct] if kind.correct else [kind.enter]
        deaf += [one.__qualname__ for one in services if not is_taking_names(one) and "ViewSet" not in one.__qualname__]
    assert deaf == []


def test_every_parameter_that_takes_an_id_takes_a_name():
    def below(kind):
        return [kind, *(one for under in kind.__subclasses__() for one in below(under))]

    entry_kinds()  # imports every list
    asked = {
        name: kind.__name__
        for kind in below(RecordFilterSet)
        for name, item in kind.known().items()
        if isinstance(item, IdFilter) and item.takes_names
    }
    assert [name for name in asked if not kind_named(name)] == []


def test_ids_in_entries_are_in_the_table():
    """A member of an entry that is an id and not in the table could be given by its id alone."""
    missing = set()
    for kind in entry_kinds().values():
        for entry, _, _ in _fields_of(kind.serializer):
            hints = typing.get_type_hints(entry)
            for item in fields(entry):
                kinds = {hints[item.name], *typing.get_args(hints[item.name])}
                if UUID in kinds and item.name not in _OF_PARTS and not kind_named(item.name, entry):
                    missing.add(f"{entry.__name__}.{item.name}")
    assert missing == set()
