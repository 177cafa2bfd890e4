"""The program's own files, read as syntax trees."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FLOORS = ("sgoffice", "appointments", "engagements")


def files(*tops: str) -> Iterator[Path]:
    """Yield the Python files below these folders that people write."""
    for top in tops or FLOORS:
        for path in sorted((ROOT / top).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def functions(path: Path) -> Iterator[ast.FunctionDef]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef):
            yield node


def calls(path: Path, name: str) -> Iterator[ast.Call]:
    """Yield the calls of a function or method with this name."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and re.fullmatch(name, _called(node.func)):
            yield node


def _called(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""
