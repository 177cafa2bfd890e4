"""Data migrations of records, named in history. Migrations import this module, so it must stay here.

def unranked(rows):
    return rows("engagements.Engagement").filter(level="")

def rank(rows, ids):
    rows("engagements.Engagement").filter(pk__in=ids).update(level="working_level")

class Migration(migrations.Migration):
    atomic = False
    operations = [ChangeRecords(unranked, rank, reason="Every meeting has a level")]
"""

import secrets
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.apps.registry import Apps
from django.db import models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class Rows:
    """Returns the rows of a historical model, on the connection of the migration."""

    def __init__(self, apps: Apps, connection: BaseDatabaseWrapper) -> None:
        self._apps = apps
        self._alias = connection.alias

    def __call__(self, model: str) -> models.QuerySet[Any]:
        return self._apps.get_model(model)._default_manager.using(self._alias)


class ChangeRecords(Operation):
    """Changes the records of a query in batches; history names `migration:<app>.<name>` as the actor.

    `find(rows)` returns the records still to change, `change(rows, ids)` changes some of them or their parts; other
    writes are out of band, like raw SQL. Their documents become stale until `render_documents` runs. In a non-atomic
    migration each batch is committed separately, and an interrupted migration continues where it stopped.
    """

    reduces_to_sql = False
    reversible = True

    def __init__(
        self,
        find: Callable[[Rows], models.QuerySet[Any]],
        change: Callable[[Rows, list[UUID]], None],
        *,
        reason: str,
        batch: int = 200,
    ) -> None:
        self.find = find
        self.change = change
        self.reason = reason
        self.batch = batch

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Do nothing: models do not change."""

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Do nothing: records stay changed."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        from_state.clear_delayed_apps_cache()
        connection = schema_editor.connection
        rows = Rows(from_state.apps, connection)
        actor = f"migration:{app_label}.{self.change.__module__.rpartition('.')[2]}"
        last = UUID(int=0)
        while ids := self._change_some(connection, rows, actor, after=last):
            last = ids[-1]

    def _change_some(self, connection: BaseDatabaseWrapper, rows: Rows, actor: str, *, after: UUID) -> list[UUID]:
        with transaction.atomic(connection.alias), connection.cursor() as cursor:
            cursor.execute(_NAMES_ALONE)  # before any row is locked, as in change()
            found = self.find(rows).filter(pk__gt=after).order_by("pk").select_for_update(no_key=True, of=("self",))
            ids = list(found.values_list("pk", flat=True)[: self.batch])
            if ids:
                token = secrets.token_hex(8)
                cursor.execute(_TELL, [",".join(map(str, ids)), token, actor, "migrate", self.reason])
                self.change(rows, ids)
                cursor.execute(_TELL, [""] * 5)
                cursor.execute(_MARK_STALE, [ids, token])
            return ids


_NAMES_ALONE = "SELECT pg_advisory_xact_lock(7261905202)"
_TELL = "SELECT " + ", ".join(
    f"set_config('sgoffice.{name}', %s, true)" for name in ("open", "change", "actor", "verb", "reason")
)
_MARK_STALE = "SELECT register_mark_stale(id) FROM records_entry WHERE id = ANY(%s) AND touched_by = %s ORDER BY id"
