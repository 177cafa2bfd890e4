"""Files that one can read at a sitting, under names that say what is inside."""

import ast
import re

import pytest

from tests.architecture.source import FLOORS, ROOT, files, functions, named, tree

LONGEST_FILE, LONGEST_FUNCTION, MOST_BASES = 300, 40, 5
DRAWERS = {"base", "common", "constants", "core", "extras", "helpers", "lib"} | {
    "managers", "misc", "mixins", "shared", "signals", "utilities", "utils",
}  # fmt: skip
#: Names that Django prescribes.
PRESCRIBED = {"sgoffice/database/base.py"}


def test_files_are_short():
    found = {named(path): len(path.read_text(encoding="utf-8").splitlines()) for path in files(*FLOORS, "tests")}

    assert {name: lines for name, lines in found.items() if lines > LONGEST_FILE} == {}


def test_functions_are_short():
    found = {
        f"{named(path)}: {function.name}": (function.end_lineno or 0) - function.lineno + 1
        for path in files(*FLOORS, "tests")
        for function in functions(path)
    }

    assert {name: lines for name, lines in found.items() if lines > LONGEST_FUNCTION} == {}


def test_no_name_is_a_junk_drawer():
    found = {
        named(path)
        for path in files(*FLOORS, "tests")
        if DRAWERS & {*path.relative_to(ROOT).with_suffix("").parts} and named(path) not in PRESCRIBED
    }

    assert found == set()


def test_every_module_says_what_it_is():
    silent = {
        named(path)
        for path in files(*FLOORS, "tests")
        if ast.get_docstring(tree(path)) is None and path.read_text(encoding="utf-8").strip()
    }

    assert silent == set()


def test_every_app_says_what_it_stands_on():
    silent = {named(path) for path in files() if path.name == "apps.py" and not _says(path.parent / "__init__.py")}

    assert silent == set()


def test_classes_have_few_bases():
    found = {
        f"{named(path)}: {node.name}"
        for path in files()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ClassDef) and len(node.bases) > MOST_BASES
    }

    assert found == set()


@pytest.mark.parametrize("word", ["TODO", "FIXME", "XXX"])
def test_what_is_left_to_do_is_an_issue(word):
    marked = {named(path) for path in files(*FLOORS) if f"# {word}" in path.read_text(encoding="utf-8")}

    assert marked == set()


def test_every_check_that_is_silenced_says_why():
    silenced = re.compile(r"# (noqa|type: ignore|pragma)\b")
    reasoned = re.compile(r"# (noqa: [A-Z0-9, ]+ - |type: ignore\[[a-z, -]+\] +# )\w")
    found = {
        f"{named(path)}:{number}"
        for path in (*files(*FLOORS, "tests"), ROOT / "manage.py")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if silenced.search(line) and not reasoned.search(line)
    }

    assert found == set()


def _says(path):
    return path.exists() and ast.get_docstring(tree(path)) is not None
