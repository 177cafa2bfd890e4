"""Databases of the tests: copies of one migrated template, named per machine and run, so that no two runs collide."""

import hashlib
import os
import platform
from io import StringIO
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from psycopg import sql

from sgoffice.database import grants

ROOT = Path(__file__).resolve().parents[1]
#: Advisory lock under which one process makes the template while the others wait.
_TEMPLATE_LOCK = 7261905299
_TEMPLATES_KEPT = 3
#: What Django's parameters hold for itself.
_OF_DJANGO = {"dbname", "cursor_factory", "context", "prepare_threshold"}
_END_OWN_SESSIONS = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND usename = current_user
"""
#: Names this machine on a server that several share: only its own runs can be known to be over.
_MACHINE = hashlib.sha256(platform.node().encode()).hexdigest()[:6]


def fingerprint(*patterns: str) -> str:
    """Name the state of these files of ours, so that a template is made once for each."""
    found = hashlib.sha256()
    for app in ("sgoffice", "appointments", "engagements"):
        for pattern in patterns:
            for path in sorted((ROOT / app).rglob(pattern)):
                found.update(path.read_bytes())
    return found.hexdigest()[:10]


class Databases:
    """Makes and drops databases as the owner; points both connections at one of them."""

    def __init__(self) -> None:
        self.original = settings.DATABASES["owner"]["NAME"]
        self.template = f"test_template_{fingerprint('migrations/*.py', '*.sql', 'grants.py', 'schema.json')}"
        self.count = 0

    def admin(self) -> psycopg.Connection[Any]:
        """Connect as the owner to the database that is no test's."""
        return self._connect("owner")

    def session(self, name: str) -> psycopg.Connection[Any]:
        """Connect as the owner to a database, beside what the program does."""
        return self._connect("owner", name)

    def _connect(self, alias: str, name: str = "") -> psycopg.Connection[Any]:
        parameters = connections[alias].get_connection_params()
        wanted = {key: value for key, value in parameters.items() if key not in _OF_DJANGO}
        return psycopg.connect(**wanted | {"dbname": name or self.original}, autocommit=True)

    def point_at(self, name: str) -> str:
        """Use this database from now on; return the one that was used before."""
        before = connections["default"].settings_dict["NAME"]
        for alias in ("default", "owner"):
            connections[alias].close()
            connections[alias].settings_dict["NAME"] = name
        return before

    def make_template(self) -> None:
        """Make the migrated template unless it is there; one process does, the others wait."""
        with self.admin() as admin:
            admin.execute("SELECT pg_advisory_lock(%s)", [_TEMPLATE_LOCK])
            if admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [self.template]).fetchone():
                return
            self.drop_older(admin, "test_template")
            unfinished = f"{self.template}_made"
            self.drop(unfinished)
            admin.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(unfinished)))
            before = self.point_at(unfinished)
            call_command("migrate", verbosity=0, interactive=False)
            self.point_at(before)
            rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
            admin.execute(rename.format(sql.Identifier(unfinished), sql.Identifier(self.template)))

    def drop_older(self, admin: psycopg.Connection[Any], family: str) -> None:
        """Drop old templates; the newest few stay, since another run may be at work with them."""
        found = admin.execute(
            "SELECT datname FROM pg_database WHERE datname LIKE %s ORDER BY oid DESC", [f"{family}_%"]
        )
        for (old,) in found.fetchall()[_TEMPLATES_KEPT:]:
            self.drop(old)

    def loaded(self) -> str:
        """Return the name of a template that holds the facts; the first process makes it, the others wait."""
        wanted = f"test_loaded_{fingerprint('*.py', '*.sql', '*.json')}"
        with self.admin() as admin:
            admin.execute("SELECT pg_advisory_lock(%s)", [_TEMPLATE_LOCK + 1])
            if admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [wanted]).fetchone():
                return wanted
            self.drop_older(admin, "test_loaded")
            unfinished = self.copy()
            before = self.point_at(unfinished)
            call_command("load_facts", stdout=StringIO())
            self.point_at(before)
            rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
            admin.execute(rename.format(sql.Identifier(unfinished), sql.Identifier(wanted)))
        return wanted

    def empty(self) -> str:
        """Make a database with nothing in it; return its name."""
        name = self._new_name()
        with self.admin() as admin:
            self.drop(name)
            admin.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        return name

    def _new_name(self) -> str:
        self.count += 1
        return f"test_{_MACHINE}_{os.getpid()}_{self.count}"

    def copy(self, template: str = "") -> str:
        """Make a database of one's own from a template; return its name."""
        name = self._new_name()
        with self.admin() as admin:
            # one copy at a time: a template must have no other session while it is read
            admin.execute("SELECT pg_advisory_lock(%s)", [_TEMPLATE_LOCK])
            self.drop(name)
            # as files: through the log, which is PostgreSQL's habit, it takes twice as long
            statement = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy")
            admin.execute(statement.format(sql.Identifier(name), sql.Identifier(template or self.template)))
            admin.execute(grants.without_temporary_tables(name))
        return name

    def drop(self, name: str) -> None:
        """Drop a database with what is connected to it.

        Without FORCE: that wants rights over each session, those of autovacuum too, which a plain DROP ends by itself.
        """
        statement = sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name))
        with self.admin() as admin:
            try:
                admin.execute(statement)
            except psycopg.errors.ObjectInUse:  # threads of a test that are still connected
                for alias in ("default", "owner"):
                    with self._connect(alias) as own:
                        own.execute(_END_OWN_SESSIONS, [name])
                admin.execute(statement)

    def drop_left_behind(self) -> None:
        """Drop the databases of runs that were killed: their process is gone."""
        with self.admin() as admin:
            found = admin.execute("SELECT datname FROM pg_database WHERE datname ~ %s", [f"^test_{_MACHINE}_[0-9]+_"])
            for (name,) in found.fetchall():
                if not Path(f"/proc/{name.split('_')[2]}").exists():
                    self.drop(name)
