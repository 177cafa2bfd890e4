"""Databases for the commands of this folder, on the server of the tests."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import django

from tests.architecture.source import ROOT


@contextmanager
def migrated_database() -> Iterator[str]:
    """Work in a database that was migrated from nothing, as the tests do; it is dropped afterwards."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sgoffice.settings")
    os.environ.setdefault("SGOFFICE_STATE", str(ROOT / "var" / "tests"))
    os.environ.setdefault("SGOFFICE_PG_FAST", "1")
    django.setup()
    from tests.databases import Databases  # the settings are needed first

    databases = Databases()
    databases.make_template()
    name = databases.copy()
    before = databases.point_at(name)
    try:
        yield name
    finally:
        databases.point_at(before)
        databases.drop(name)
