"""Every seeded fault of docs/sabotage.md is caught by the test that the page names: `make sabotage`."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PATCHES = ROOT / "tests" / "sabotage"
PAGE = (ROOT / "docs" / "sabotage.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| [^|]+ \| `([a-z-]+)` \| `(tests/[^`]+)` \|$", PAGE, re.MULTILINE)
_LEFT_OUT = shutil.ignore_patterns(".git", ".venv", "var", "__pycache__")


@pytest.fixture(scope="session")
def checkout(tmp_path_factory):
    """A copy of the checkout, in which faults are made."""
    copy = tmp_path_factory.mktemp("sabotage") / "checkout"
    shutil.copytree(ROOT, copy, ignore=_LEFT_OUT)
    return copy


def patch(checkout, name, *options):
    command = ["patch", "-p1", "-s", "-f", *options, "-i", str(PATCHES / f"{name}.patch")]
    subprocess.run(command, cwd=checkout, check=True)


@pytest.fixture
def sabotaged(checkout, request):
    """The copy with one fault, which is taken back afterwards."""
    patch(checkout, request.param)
    yield checkout
    patch(checkout, request.param, "-R")


def run(checkout, test):
    """Run one test in the copy; return the status of pytest and what it said."""
    options = ["-n", "0", "-q", "--no-header", "-x", "-p", "no:cacheprovider"]
    done = subprocess.run(
        [sys.executable, "manage.py", "test", *options, test],
        cwd=checkout, env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"}, capture_output=True, text=True,
        timeout=300, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout[-3000:]


@pytest.mark.parametrize(("sabotaged", "test"), ROWS, ids=[name for name, _ in ROWS], indirect=["sabotaged"])
def test_a_fault_is_caught_by_the_test_that_the_page_names(sabotaged, test):
    status, said = run(sabotaged, test)

    assert status == 1, said
    assert re.search(r"^(FAILED|ERROR) tests/", said, re.MULTILINE), said


def test_every_patch_has_its_row_and_every_row_its_patch():
    assert sorted(name for name, _ in ROWS) == sorted(path.stem for path in PATCHES.glob("*.patch"))
    assert len(ROWS) >= 40
