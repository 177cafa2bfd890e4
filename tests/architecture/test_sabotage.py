"""The seeded faults of docs/sabotage.md fit the code of today; `make sabotage` tries whether they are caught."""

import re
import subprocess

import pytest

from tests.architecture.source import ROOT
from tests.prove.test_sabotage import PATCHES, ROWS


@pytest.mark.parametrize("name", sorted(path.stem for path in PATCHES.glob("*.patch")))
def test_a_patch_applies(name):
    command = ["patch", "-p1", "-s", "-f", "--dry-run", "-i", str(PATCHES / f"{name}.patch")]

    assert subprocess.run(command, cwd=ROOT, check=False, capture_output=True).returncode == 0


@pytest.mark.parametrize(("name", "test"), ROWS)
def test_a_fault_names_a_patch_and_a_test_that_are_there(name, test):
    path, _, function = test.partition("::")

    assert (PATCHES / f"{name}.patch").exists()
    assert re.search(rf"^def {function}", (ROOT / path).read_text(encoding="utf-8"), re.MULTILINE)
