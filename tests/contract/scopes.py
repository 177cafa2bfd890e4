"""What takes a scope away, to see that a test notices: of one kind of record, or of one place in the code."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from sgoffice.records.models import MarkedRecord
from sgoffice.records.querysets import EntryQuerySet, RecordQuerySet
from tests.contract import twins

_ROOT = Path(__file__).resolve().parents[2]
_SCOPES = (RecordQuerySet, EntryQuerySet)
_MOST = 25
_visible_to = RecordQuerySet.visible_to
#: Places whose loss these requests do not see: what they find is scoped a second time beside them, or they ask for an
#: id that both registers have. Tests of their own hold these.
DOUBLE = {
    "engagements/api/filters.py:EngagementFilterSet.on_occasion.<locals>.<lambda>",
    "engagements/api/open_items.py:open_items_answer",
    "engagements/reports/services/contacts.py:line_readers",
    "engagements/reports/services/obligations.py:_bound_under",
    "engagements/reports/services/obligations.py:open_items_with.<locals>.<lambda>",
    "engagements/reports/services/programmes.py:_read",
    "sgoffice/api/filters.py:RecordFilterSet.names_hidden_record",
    "sgoffice/history/references.py:without_hidden_references",
}


def for_all_but(model: type[MarkedRecord]) -> Callable[..., Any]:
    """Return a visible_to() that hides nothing of one kind."""
    return lambda rows, actor: rows if rows.model is model else _visible_to(rows, actor)


def without_seeing(_: object, rows: Any, counterparts: Any) -> Any:
    """Filter action items by counterparts, whether or not the reader may see what they are about."""
    return rows.with_any_counterpart(counterparts, seen=lambda about: about.all())


def _place() -> str:
    """Return the file and function that called visible_to(), past Django's managers and the base of the querysets."""
    frame: Any = sys._getframe(2)
    while ".venv" in (path := Path(frame.f_code.co_filename)).parts or path.name == "querysets.py":
        frame = frame.f_back
    return f"{path.relative_to(_ROOT)}:{frame.f_code.co_qualname}"


def _patched(patch: pytest.MonkeyPatch, scope: type[Any], instead: Callable[..., Any]) -> None:
    original = scope.visible_to

    def visible_to(rows: Any, actor: Any) -> Any:
        return instead(rows, actor, original, _place())

    patch.setattr(scope, "visible_to", visible_to)


@contextmanager
def watched(monkeypatch: pytest.MonkeyPatch) -> Iterator[set[str]]:
    """Collect the places that call visible_to()."""
    found: set[str] = set()

    def noted(rows: Any, actor: Any, original: Any, place: str) -> Any:
        if getattr(rows.model, "is_marked", True) or rows.model.readers_follow:
            found.add(place)
        return original(rows, actor)

    with monkeypatch.context() as patch:
        for scope in _SCOPES:
            _patched(patch, scope, noted)
        yield found


def answers_without(monkeypatch: pytest.MonkeyPatch, place: str, client: Any, paths: list[str]) -> list[Any]:
    """Return the answers to some requests that come by a place which no longer scopes."""

    def unless_there(rows: Any, actor: Any, original: Any, here: str) -> Any:
        return rows.all() if here == place else original(rows, actor)

    with monkeypatch.context() as patch:
        for scope in _SCOPES:
            _patched(patch, scope, unless_there)
        step = max(1, len(paths) // _MOST)
        return [twins.asked(client, path) for path in paths[::step]]
