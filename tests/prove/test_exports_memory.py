"""The memory of long files: what writing one takes beside what the process holds already."""

import multiprocessing
from pathlib import Path

import pytest
from django.db import connections
from openpyxl import load_workbook

from tests.databases import Databases
from tests.factories.accounts import signed_in
from tests.sgoffice.api import many_engagements

ROWS = 20_000
#: Megabytes that a file of so many rows may take while it is written; the whole file has more.
MOST = 60


@pytest.fixture(scope="module")
def many(databases: Databases, loaded_name: str, django_db_blocker):
    """A database of one's own with the facts and many engagements more."""
    with django_db_blocker.unblock():
        name = databases.copy(loaded_name)
        before = databases.point_at(name)
        connections.close_all()
        # in a process of its own: what writing them took is not what the file finds free afterwards
        writer = multiprocessing.get_context("fork").Process(
            target=many_engagements.write, args=(ROWS,), kwargs={"seed": 7}
        )
        writer.start()
        writer.join()
        assert writer.exitcode == 0
        yield
        connections.close_all()
        databases.point_at(before)
        databases.drop(name)


def held(word):
    """Return what this process holds (VmRSS) or held at most since it was asked to forget (VmHWM), in megabytes."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition(f"{word}:")[2].split()[0]) / 1024


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_file_of_twenty_thousand_engagements_takes_little_memory(form, tmp_path):
    client = signed_in("officer")
    client.see("engagements?format=csv&kind=hearing").getvalue()  # everything is imported and connected
    Path("/proc/self/clear_refs").write_text("5")
    before = held("VmRSS")

    answer = client.see(f"engagements?format={form}")
    file = tmp_path / f"engagements.{form}"
    with file.open("wb") as kept:
        kept.writelines(answer.streaming_content)

    taken, size = held("VmHWM") - before, file.stat().st_size / 1e6
    print(f"{form}: {taken:.0f} MB beside {before:.0f}, for a file of {size:.1f} MB")  # noqa: T201 - told
    assert (answer.status_code, taken < MOST) == (200, True)
    is_text = form == "csv"
    count = file.read_bytes().count(b"\r\n") if is_text else load_workbook(file, read_only=True).active.max_row
    assert count > ROWS
