"""GET /problems/rules: every rule by which something is refused, with its article, collected from where it is raised.

No rule is written here: those of the database come from their explanations, those of the program from the calls of
RuleViolation in its own source.
"""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from django.apps import apps

from sgoffice.records.constraints import explanations

_ROOMS = ("sgoffice.", "appointments", "engagements")
_LEFT_OUT = {"migrations", "facts"}


@dataclass
class RuleText:
    """A rule by its slug: the articles behind it, and the sentences with which it refuses."""

    rule: str
    basis: list[str] = field(default_factory=list)
    details: list[str] = field(default_factory=list)
    is_held_by_database: bool = False


@cache
def rules() -> list[RuleText]:
    """Return all rules by name."""
    found: dict[str, RuleText] = {}
    raised = [(said, False) for module in raising_modules() for said in raised_in(module)]
    refused = [((known.rule, known.basis, known.detail), True) for known in explanations().values()]
    for (rule, basis, detail), is_of_database in [*raised, *refused]:
        if not rule:  # where a refusal of the database is put into the words of its rule
            continue
        known = found.setdefault(rule, RuleText(rule))
        known.basis += [basis] if basis and basis not in known.basis else []
        known.details += [detail] if detail and detail not in known.details else []
        known.is_held_by_database |= is_of_database
    return [found[rule] for rule in sorted(found)]


def raising_modules() -> Iterator[ModuleType]:
    """Yield the modules of the register in which a rule is raised."""
    for app in apps.get_app_configs():
        if not app.name.startswith(_ROOMS):
            continue
        folder = Path(app.path)
        for path in sorted(folder.rglob("*.py")):
            parts = path.relative_to(folder).with_suffix("").parts
            if "RuleViolation(" in path.read_text(encoding="utf-8") and not _LEFT_OUT & set(parts):
                yield import_module(".".join([app.name, *parts]))


def raised_in(module: ModuleType) -> Iterator[tuple[str, str, str]]:
    """Yield rule, basis and sentence of each RuleViolation that a module raises."""
    tree = ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))
    for outer in tree.body:
        loops = [node for node in ast.walk(outer) if isinstance(node, ast.For)]
        known = {name: value for name, value in vars(module).items() if isinstance(value, str)}
        for node in ast.walk(outer):
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                known[node.targets[0].id] = _text(node.value, known)
        for call in filter(_is_violation, ast.walk(outer)):
            loop = next((loop for loop in loops if any(node is call for node in ast.walk(loop))), None)
            for words in _each(_words(call), loop):
                rule, basis, detail = (_text(word, known) for word in words)
                yield rule, basis, detail


def _is_violation(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "RuleViolation"


def _words(call: Any) -> list[ast.expr]:
    given = {item.arg: item.value for item in call.keywords}
    nothing = ast.Constant("")
    return [given["rule"], given.get("basis", nothing), call.args[0] if call.args else nothing]


def _each(words: list[ast.expr], loop: ast.For | None) -> Iterator[list[ast.expr]]:
    """Yield the words of a call; inside a loop over a table of rules, those of each row."""
    if loop is None or not isinstance(loop.iter, ast.Tuple) or not isinstance(loop.target, ast.Tuple):
        yield words
        return
    names = [ast.unparse(name) for name in loop.target.elts]
    for row in loop.iter.elts:
        values = dict(zip(names, row.elts, strict=True)) if isinstance(row, ast.Tuple) else {}
        yield [values.get(ast.unparse(word), word) for word in words]


def _text(word: ast.expr, known: Mapping[str, str]) -> str:
    """Return a text as it is, with what only a request knows as an ellipsis; nothing for what is no text at all."""
    match word:
        case ast.Constant(value=str(text)):
            return text
        case ast.Name(id=name):
            return known.get(name, "")
        case ast.JoinedStr(values=parts):
            return "".join(_text(part, known) or "…" for part in parts)
        case ast.FormattedValue(value=below) | ast.Call(func=ast.Attribute(value=below)):
            return _text(below, known)
        case ast.IfExp(body=one, orelse=other):
            return f"{_text(one, known)} / {_text(other, known)}"
    return ""
