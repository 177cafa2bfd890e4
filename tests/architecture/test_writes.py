"""What no linter knows of writing: locks that do not deadlock, one door, one way to read the clock."""

import ast
from uuid import uuid4

import pytest
from django.apps import apps

from sgoffice.records.errors import WriteOutsideChange
from sgoffice.records.models import RegisterRow
from tests.architecture.source import FLOORS, calls, files, named, tree

#: Where the clock may be read: doorways and commands. Below them the time is a parameter.
DOORWAYS = {
    "terminal",
    "api",
    "admin",
    "desk",
    "admin.py",
    "authentication.py",
    "pages.py",
    "sign_in",
    "clock.py",
    "checkpointing.py",
    "integrity.py",
    "commands",
    "running",
    "health.py",
    "queue.py",
    "pings",
}
#: The door reads the year of entry for a reference, which no caller has to know.
CLOCK_KEPT = {"sgoffice/changes/door.py", "sgoffice/changes/today.py"}
CLOCK = {("date", "today"), ("datetime", "now"), ("datetime", "utcnow"), ("timezone", "now"), ("timezone", "localdate")}


def register_models():
    return [model for model in apps.get_models() if issubclass(model, RegisterRow)]


def test_rows_are_locked_for_no_key_update():
    """A plain FOR UPDATE deadlocks with the commit lock through deferred foreign keys (tried on 15 and 18)."""
    plain = {
        f"{named(path)}:{call.lineno}"
        for path in files(*FLOORS)
        for call in calls(path, "select_for_update")
        if not any(keyword.arg == "no_key" and ast.unparse(keyword.value) == "True" for keyword in call.keywords)
    }

    assert plain == set()


def test_no_raw_statement_locks_for_update():
    found = {named(path) for path in files(*FLOORS) if " FOR UPDATE" in _statements(path)}

    assert found == set()


def test_nothing_happens_behind_the_door():
    found = {
        named(path)
        for path in files(*FLOORS)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom | ast.Import) and "signals" in ast.unparse(node)
    }

    assert found == set()


def test_the_clock_is_read_in_doorways_only():
    found = {
        f"{named(path)}:{node.lineno}"
        for path in files(*FLOORS)
        if not DOORWAYS & set(path.parts) and named(path) not in CLOCK_KEPT
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and (_owner(node), node.attr) in CLOCK
    }

    assert found == set()


@pytest.mark.parametrize("model", register_models(), ids=lambda model: model._meta.label)
def test_register_rows_refuse_writes_outside_change(model):
    new = model()
    for field in model._meta.concrete_fields:
        if field.is_relation and not field.null:  # what its own name may be made of
            setattr(new, field.name, field.related_model(pk=uuid4()))

    with pytest.raises(WriteOutsideChange):
        new.save()
    with pytest.raises(WriteOutsideChange):
        model._default_manager.update(pk=None)
    with pytest.raises(WriteOutsideChange):
        model._default_manager.all().delete()
    with pytest.raises(WriteOutsideChange):
        model._default_manager.bulk_create([new])


def _owner(node):
    return node.value.attr if isinstance(node.value, ast.Attribute) else getattr(node.value, "id", "")


def _statements(path):
    """Return the text of a file's strings, where SQL is."""
    strings = (node.value for node in ast.walk(tree(path)) if isinstance(node, ast.Constant))
    docstrings = {
        ast.get_docstring(node, clean=False) for node in ast.walk(tree(path)) if isinstance(node, _DOCUMENTED)
    }
    return " ".join(text for text in strings if isinstance(text, str) and text not in docstrings)


_DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef)
