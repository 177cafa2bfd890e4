"""Verify the chain of history, each row and each identity row against it, and the triggers that write it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import Count

from sgoffice.history import switches
from sgoffice.records.models import HistoryEntry, HistoryLink, Record, RegisterRow
from sgoffice.records.triggers import Scribe


@dataclass(frozen=True)
class Fault:
    """Where the register and its history disagree: usually a table and the id of a row."""

    place: str
    detail: str


#: Functions of apps above that return table, row and fault, as those of verification.sql do.
_also_asked: list[str] = []


def ask_also(function: str) -> None:
    """Register a function of the database that verifies what follows from several records."""
    if function not in _also_asked:
        _also_asked.append(function)


def head() -> tuple[int, str]:
    """Return position and hash of the newest link; kept elsewhere, it proves later that no link was cut off."""
    newest = HistoryLink.objects.order_by("-position").first()
    return (newest.position, bytes(newest.hash).hex()) if newest else (0, "")


def faults() -> Iterator[Fault]:
    """Yield every fault of the chain, every row that differs from its history, and what was switched off.

    What was written out of band is not among them: see outside().
    """
    for statement, parameters in _questions():
        yield from _asked(statement, parameters)
    for name, detail in switches.faults(connection):
        yield Fault(name, detail)


def outside() -> Iterator[Fault]:
    """Yield every row that somebody wrote outside the door: raw SQL, or a migration that did not say so."""
    yield from _asked("SELECT * FROM history_outside()", [])


def out_of_band() -> dict[str, int]:
    """Return by table how many rows somebody wrote outside the door."""
    return _counted("table_name", verb="out_of_band")


def migrated() -> dict[str, int]:
    """Return how many rows each migration wrote, by its name; `migration:columns` took over new columns."""
    return _counted("actor", verb="migrate")


def _counted(column: str, *, verb: str) -> dict[str, int]:
    rows = HistoryEntry.objects.filter(verb=verb).values_list(column).annotate(count=Count("pk")).order_by(column)
    return dict(rows)


def has_link(position: int, digest: str) -> bool:
    """Tell whether the chain still has that link; position 0 is the beginning."""
    return position == 0 or HistoryLink.objects.filter(position=position, hash=bytes.fromhex(digest)).exists()


def audited_models() -> list[tuple[type[RegisterRow], Scribe]]:
    """Return every model with a history, and its scribe."""
    return [
        (model, trigger)
        for model in apps.get_models()
        for trigger in getattr(model._meta, "triggers", ())
        if isinstance(trigger, Scribe) and issubclass(model, RegisterRow)
    ]


def _questions() -> Iterator[tuple[str, list[Any]]]:
    yield "SELECT * FROM history_chain_faults()", []
    yield "SELECT * FROM history_entry_faults()", []
    audited = audited_models()
    for model, scribe in audited:
        options = model._meta
        column_of = {field.name: field.column for field in options.concrete_fields}
        omitted = [column_of[name] for name in scribe.omit]
        yield (
            "SELECT %s, row_id, fault FROM register_row_faults(%s::regclass, %s::text[])",
            [options.db_table, options.db_table, omitted],
        )
    kinds = {model.record_kind: model._meta.db_table for model, _ in audited if issubclass(model, Record)}
    yield "SELECT * FROM history_identity_faults(%s, %s)", [list(kinds), list(kinds.values())]
    for function in _also_asked:
        yield f"SELECT * FROM {function}()", []


def _asked(statement: str, parameters: list[Any]) -> Iterator[Fault]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        for table, row_id, detail in cursor.fetchall():
            yield Fault(f"{table} {row_id}" if row_id else "history", detail)
