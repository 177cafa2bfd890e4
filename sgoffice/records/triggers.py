"""The database's own scribe and the rules it keeps, declared in Meta.triggers and installed by migrations.

django-pgtrigger finds and versions the triggers; the SQL is ours, since its own template has no ENABLE ALWAYS, no
pinned search_path, and a setting (pgtrigger.ignore) with which any session silences any trigger. The functions that
the scribe calls are in triggers.sql beside this file.
"""

import re
from collections.abc import Sequence
from typing import Any

import pgtrigger
from pgtrigger import compiler


class ScribeSql(compiler.UpsertTriggerSql):
    """The scribe on one table; migrations name this class, so it is changed by adding another."""

    def get_template(self) -> str:
        """Return the SQL; pgtrigger fills in the names and stores its hash as the comment."""
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
    """A rule on one table: never deferred, never silenced."""

    def get_template(self) -> str:
        """Return the SQL of the rule's function and trigger."""
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
    """Writes a history entry for each row of a register table that is written, by whatever means.

    `of` names the field that holds the record's id: "id" for a Record, the foreign key for a Part. Arguments and not
    attributes of the model, since migrations compile triggers for historical models. `omit` names derived columns
    (search keys) that history leaves out.
    """

    when = pgtrigger.After
    operation = pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete
    func = "RETURN NULL;"

    def __init__(self, *, of: str, omit: Sequence[str] = ()) -> None:
        super().__init__(name="history")
        self.of = of
        self.omit = tuple(omit)

    def compile(self, model: Any) -> compiler.Trigger:
        """Return the trigger with our SQL: record column, kind (nothing for a part), columns left out."""
        options: Any = model._meta
        kind = kind_of(options.object_name) if self.of == "id" else ""
        columns = ",".join(options.get_field(name).column for name in self.omit)
        arguments = f"'{options.get_field(self.of).column}', '{kind}', '{{{columns}}}'"
        sql = ScribeSql(
            pgid=self.get_pgid(model),
            func="",
            table=options.db_table,
            when=self.when,
            operation=self.operation,
            execute=f"register_write_history({arguments})",
        )
        return compiler.Trigger(name=self.name, sql=sql)


class Rule(pgtrigger.Trigger):
    """A rule that a constraint cannot say, as a trigger of the database.

    The body raises with ERRCODE = 'check_violation' and CONSTRAINT = the rule's name, which
    `sgoffice.records.constraints.explains` puts into words. A body that counts rows first locks the parent row FOR NO
    KEY UPDATE. The RETURN is added.
    """

    #: The table that it is about, if that is not the model's own.
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

    def compile(self, model: Any) -> compiler.Trigger:
        """Return the trigger with our SQL."""
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
    """A rule about links, declared by the model whose relations it is about: the links' own app knows none of them."""

    table = "records_link"


def kind_of(class_name: str) -> str:
    """Return a record's kind from the name of its class: ActionItem is an action_item."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", class_name).lower()
