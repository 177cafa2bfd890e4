"""Where the test of a file is: at the file's own path below tests/, under its name or its folder's."""

from pathlib import Path

from tests.architecture.source import FLOORS, ROOT, files, named

TESTS = ROOT / "tests"
#: Files that say nothing of their own: settings of an app, addresses, examples that the contract tests send.
_SILENT = {"__init__.py", "apps.py", "urls.py", "examples.py", "vocabulary.py", "wsgi.py"}
#: Tables are tested by what services and rules do with them, commands beside their app, the schema in contract/.
_ELSEWHERE = {"models", "management", "schema"}


def mirrored() -> list[Path]:
    """The tests that follow the code's paths; the other folders of tests/ are about the whole register."""
    return [path for floor in FLOORS for path in sorted((TESTS / floor).rglob("test_*.py"))]


def names_in(folder: Path) -> set[str]:
    """What a test in the mirror of this folder may be called after: its modules, packages, commands and itself."""
    commands = folder / "management" / "commands"
    return {folder.name, *(path.stem for place in (folder, commands) if place.is_dir() for path in place.iterdir())}


def test_a_test_is_called_after_a_module_beside_it_in_the_code():
    lost = [
        named(path)
        for path in mirrored()
        if not any(
            path.stem == f"test_{name}" or path.stem.startswith(f"test_{name}_")
            for name in names_in(ROOT / path.relative_to(TESTS).parent)
        )
    ]

    assert lost == []


def test_every_folder_of_the_code_has_tests_at_its_path_or_under_its_name():
    folders = {path.parent for path in files() if path.name not in _SILENT and not _ELSEWHERE & {*path.parts}}
    without = [
        named(folder)
        for folder in sorted(folders)
        if not any((TESTS / folder.relative_to(ROOT)).glob("test_*.py"))
        and not any((TESTS / folder.relative_to(ROOT).parent).glob(f"test_{folder.name}*.py"))
    ]

    assert without == []
