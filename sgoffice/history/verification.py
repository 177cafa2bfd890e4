"""Verify the chain of history, and each row against its last history item."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db import connection
from django.db.models import Count

from sgoffice.records.models import HistoryEntry, HistoryLink, RegisterRow
from sgoffice.records.triggers import Scribe


@dataclass(frozen=True)
class Fault:
    """Where the register and its history disagree."""

    place: str
    detail: str


def head() -> tuple[int, str]:
    """Return position and hash of the newest link; kept elsewhere, it proves later that no link was cut off."""
    newest = HistoryLink.objects.order_by("-position").first()
    return (newest.position, bytes(newest.hash).hex()) if newest else (0, "")


def faults() -> Iterator[Fault]:
    """Yield every fault of the chain, and every row that differs from its history."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT link, fault FROM register_chain_faults()")
        for position, fault in cursor.fetchall():
            yield Fault(f"link {position}" if position else "history", fault)
        for model, scribe in audited_models():
            options = model._meta
            column_of = {field.name: field.column for field in options.concrete_fields}
            omitted = [column_of[name] for name in scribe.omit]
            cursor.execute(
                "SELECT row_id, fault FROM register_row_faults(%s::regclass, %s)", [options.db_table, omitted]
            )
            for row_id, fault in cursor.fetchall():
                yield Fault(f"{options.db_table} {row_id}", fault)


def out_of_band() -> dict[str, int]:
    """Return by table how many rows somebody wrote outside the door: raw SQL, or a migration that did not say so."""
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
