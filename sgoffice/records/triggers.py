"""Triggers declared in Meta.triggers and installed by migrations: the scribe, which writes history, and rules.

django-pgtrigger finds and versions the triggers. The SQL is ours: its template has no ENABLE ALWAYS, no pinned
search_path, and lets any session silence any trigger (pgtrigger.ignore). The functions that the scribe calls are in
history/triggers.sql.
"""

import re
from collections.abc import Sequence

import pgtrigger
from django.db import models
from pgtrigger import compiler


class ScribeSql(compiler.UpsertTriggerSql):
    """The SQL of the scribe on one table. Migrations import this class: to change it, add another."""

    def get_template(self) -> str:
        return """
            DROP TRIGGER IF EXISTS {pgid} ON {table};
            CREATE TRIGGER {pgid} AFTER INSERT OR UPDATE OR DELETE ON {table}
                FOR EACH ROW EXECUTE FUNCTION {execute};
            ALTER TABLE {table} ENABLE ALWAYS TRIGGER {pgid};
            DROP TRIGGER IF EXISTS {pgid}_kept ON {table};
            CREATE TRIGGER {pgid}_kept BEFORE TRUNCATE ON {table}
                FOR EACH STATEMENT EXECUTE FUNCTION register_refuse();
            ALTER TABLE {table} ENABLE ALWAYS TRIGGER {pgid}_kept;
            DROP TRIGGER IF EXISTS {pgid}_alone ON {table};
            CREATE TRIGGER {pgid}_alone BEFORE INSERT OR UPDATE OR DELETE ON {table}
                FOR EACH STATEMENT EXECUTE FUNCTION register_hold_names();
            ALTER TABLE {table} ENABLE ALWAYS TRIGGER {pgid}_alone;
            COMMENT ON TRIGGER {pgid} ON {table} IS '{hash}';
        """


class RuleSql(compiler.UpsertTriggerSql):
    """The SQL of a rule on one table: never deferred, never silenced."""

    def get_template(self) -> str:
        return """
            CREATE OR REPLACE FUNCTION {pgid}() RETURNS trigger
            LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
                {declare}
                BEGIN
                    {func}
                END;
            $$;
            DROP TRIGGER IF EXISTS {pgid} ON {table};
            CREATE TRIGGER {pgid} {when} {operation} ON {table}
                FOR EACH ROW EXECUTE FUNCTION {execute};
            ALTER TABLE {table} ENABLE ALWAYS TRIGGER {pgid};
            COMMENT ON TRIGGER {pgid} ON {table} IS '{hash}';
        """


class Scribe(pgtrigger.Trigger):
    """Writes a history item for each row that is written to a register table, by whatever means.

    `of` names the field with the id of the record: "id" for a Record, the foreign key for a Part. A row that is its own
    subject and no record, such as a member of staff, says `is_record=False`: it has no identity row. `omit` names
    columns that history leaves out: derived ones (search keys) and secrets. These are arguments and not attributes of
    the model, because migrations compile triggers for historical models.
    """

    when = pgtrigger.After
    operation = pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete
    func = "RETURN NULL;"

    def __init__(self, *, of: str, omit: Sequence[str] = (), is_record: bool = True) -> None:
        super().__init__(name="history")
        self.of = of
        self.is_record = is_record
        self.omit = tuple(omit)

    def compile(self, model: models.Model) -> compiler.Trigger:
        """Return the trigger; its arguments are the record column, the kind (empty for a part) and omitted columns."""
        options = model._meta
        columns = {field.name: str(field.column) for field in options.concrete_fields}
        kind = kind_of(str(options.object_name)) if self.of == "id" and self.is_record else ""
        omitted = ",".join(columns[name] for name in self.omit)
        arguments = f"'{columns[self.of]}', '{kind}', '{{{omitted}}}'"
        sql = ScribeSql(
            pgid=self.get_pgid(model),
            func="",
            table=options.db_table,
            when=self.when,
            operation=self.operation,
            execute=f"register_write_history({arguments})",
        )
        return compiler.Trigger(name=self.name, sql=sql)


def scribes_of(model: type[models.Model]) -> list[Scribe]:
    """Return the triggers that write the history of a model's rows."""
    return [trigger for trigger in getattr(model._meta, "triggers", ()) if isinstance(trigger, Scribe)]


class Rule(pgtrigger.Trigger):
    """A rule that a constraint cannot express, as a database trigger.

    The body raises with ERRCODE = 'check_violation' and CONSTRAINT = the name of the rule, for which
    `sgoffice.records.constraints.explains` has the text. A body that counts rows locks the parent row FOR NO KEY UPDATE
    first. The final RETURN is added.
    """

    #: The table that it guards, if not the model's own.
    table = ""

    def __init__(
        self,
        *,
        name: str,
        on: pgtrigger.Operation,
        body: str,
        when: pgtrigger.When = pgtrigger.After,
        declare: str = "",
    ) -> None:
        ending = "RETURN NULL;" if when == pgtrigger.After else "RETURN NEW;"
        super().__init__(name=name, when=when, operation=on, func=f"{body.rstrip()}\n{ending}")
        self.declaration = declare.strip()

    def compile(self, model: models.Model) -> compiler.Trigger:
        declaration = f"DECLARE {self.declaration}" if self.declaration else ""
        sql = RuleSql(
            pgid=self.get_pgid(model),
            declare=declaration,
            func=str(self.func),
            table=self.table or model._meta.db_table,
            when=self.when,
            operation=self.operation,
        )
        return compiler.Trigger(name=self.name, sql=sql)


class LinkRule(Rule):
    """A rule about links, declared by the model with those relations: the app of the links knows none of them."""

    table = "records_link"


def kind_of(class_name: str) -> str:
    """Return the kind of a record from the name of its class: `ActionItem` is `action_item`."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", class_name).lower()
