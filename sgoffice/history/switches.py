"""Find triggers and functions that somebody dropped, altered or switched off: without them nothing is written down."""

from collections.abc import Iterator

from django.apps import apps
from django.db.backends.base.base import BaseDatabaseWrapper

from sgoffice.database import schema
from sgoffice.records.triggers import Scribe

#: What the scribe installs beside itself (records/triggers.py: ScribeSql).
_OF_SCRIBE = ("", "_kept", "_alone")
_TRIGGERS = """
    SELECT c.relname, g.tgname, g.tgenabled FROM pg_trigger g JOIN pg_class c ON c.oid = g.tgrelid
    WHERE c.relnamespace = 'public'::regnamespace AND NOT g.tgisinternal
"""


def faults(connection: BaseDatabaseWrapper) -> Iterator[tuple[str, str]]:
    """Yield what is not as this program's migrations made it, as the name of the object and a sentence."""
    found = schema.found_in(connection)
    different = schema.differences(schema.expected(), found)
    with connection.cursor() as cursor:
        cursor.execute(_TRIGGERS)
        states = {(table, name): state for table, name, state in cursor.fetchall()}
    explained = dict.fromkeys(different, False)
    for (table, name), state in sorted(states.items()):
        if state != "A":
            explained[f"table {table}"] = True
            yield f"table {table}", f"its trigger {name} is switched off"
    for table, name in sorted(_expected_triggers() - states.keys()):
        explained[f"table {table}"] = True
        yield f"table {table}", f"its trigger {name} is gone"
    for name in different:
        if name not in found:
            yield name, "it is gone"
        elif not explained[name]:
            yield name, "it is not as this version made it: columns, constraints, triggers or its text were altered"


def _expected_triggers() -> set[tuple[str, str]]:
    """Return table and name of each trigger that a model declares."""
    expected = set()
    for model in apps.get_models():
        for trigger in getattr(model._meta, "triggers", ()):
            table = getattr(trigger, "table", "") or model._meta.db_table
            endings = _OF_SCRIBE if isinstance(trigger, Scribe) else ("",)
            expected |= {(table, trigger.get_pgid(model) + ending) for ending in endings}
    return expected
