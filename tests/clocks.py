"""Workers of the clock in processes of their own, on the database of a test: through simulated days, or as `work`."""

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connections

ROOT = Path(__file__).resolve().parents[1]


class OnDatabase(subprocess.Popen[str]):
    """A Python program that works on the database of this test."""

    def __init__(self, script: str, **environment: str) -> None:
        name = connections["default"].settings_dict["NAME"]
        beginning = (
            "import django; django.setup()\n"
            "from django.db import connections\n"
            f"connections['default'].settings_dict['NAME'] = {name!r}\n"
        )
        own = {"SGOFFICE_CHECKPOINTS": settings.CHECKPOINTS, "SGOFFICE_CHECKPOINT_KEY": settings.CHECKPOINT_KEY}
        variables = {"PYTHONPATH": str(ROOT), "DJANGO_SETTINGS_MODULE": "sgoffice.settings", **own, **environment}
        super().__init__(
            [sys.executable, "-c", beginning + script], cwd=ROOT, env=os.environ | variables, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip


def simulating(first: str, last: str, *, step: int) -> OnDatabase:
    """Start a clock that runs at noon of every so many days, and on the last one."""
    return OnDatabase(f"from tests import clocks; clocks.simulate({first!r}, {last!r}, {step})")


def simulate(first: str, last: str, step: int) -> None:
    """Run the clock through the days; raise AssertionError when anything fails."""
    from sgoffice.changes import clock

    day = datetime.fromisoformat(f"{first}T12:00:00").replace(tzinfo=UTC)
    end = datetime.fromisoformat(f"{last}T12:00:00").replace(tzinfo=UTC)
    while True:
        day = min(day, end)
        assert [run.failure_report() for run in clock.run_passes(day) if not run.is_clean] == []
        if day == end:
            return
        day += timedelta(days=step)
