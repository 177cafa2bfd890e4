"""Migrations that a test plants: those of an app, and after them one of its own; for one test."""

import importlib
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps

NAME = "9999_planted"
_PREAMBLE = """
from django.db import migrations, models

class Migration(migrations.Migration):
    dependencies = [({label!r}, {newest!r})]
    readable_by = "0.2.0"
"""


class Planter:
    """Writes packages of migrations below a folder and has Django read them instead of an app's own."""

    def __init__(self, folder: Path, settings: pytest.FixtureRequest) -> None:
        self.folder = folder
        self.settings = settings

    def __call__(self, label: str, body: str) -> str:
        """Plant a migration with this body of its class; return its name."""
        own = Path(str(apps.get_app_config(label).path)) / "migrations"
        package = self.folder / f"planted_{label}"
        shutil.copytree(own, package / "migrations", dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
        for script in own.parent.glob("*.sql"):
            shutil.copy(script, package)
        newest = max(path.stem for path in own.glob("[0-9]*.py"))
        (package / "migrations" / f"{NAME}.py").write_text(_PREAMBLE.format(label=label, newest=newest) + body)
        importlib.invalidate_caches()
        self.settings.MIGRATION_MODULES = {**self.settings.MIGRATION_MODULES, label: f"planted_{label}.migrations"}
        return NAME


@pytest.fixture
def plant(tmp_path: Path, settings: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Planter]:
    """Plant migrations for one test."""
    monkeypatch.syspath_prepend(tmp_path)
    yield Planter(tmp_path, settings)
    for name in [name for name in sys.modules if name.startswith("planted_")]:
        del sys.modules[name]
