"""Which messages a catalogue must have: of templates, of vocabularies and steps, and of the sentences of the code."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import count
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.template.base import Lexer, TokenType

from sgoffice.languages.catalogues import PLURAL

ROOT = Path(__file__).resolve().parents[2]
#: Templates of the admin, of programs, of the API, and of what the public reads are in English.
_ENGLISH_TEMPLATES = re.compile(
    r"office_admin/(?!login|logged_out)|partners/|api/|admin_index|approvals/panel|directory/|agreements/time_line|public_register/site/|letters/|engagements/file\."
)
#: Where sentences for people are written; what only programs, operators or administrators read is left out.
_SPEAKING = re.compile(
    r"/(desk|rules|services|sign_in|vocabulary|records|changes|approvals|places|accounts|imports|archives/whole_register)\b"
)
_SILENT = re.compile(
    r"/(api|models|admin|migrations|management|running|database|history|feed|partners|terminal|settings|languages)\b"
    r"|examples|integrity|checkpointing|clock\.py|today\.py|gathering|scanner|states\.py|titles\.py|offices\.py"
    r"|levels\.py|triggers|checks\.py|guard|models\.py|authentication|services/tokens|staff_names|door\.py"
    r"|admin\.py|reminders/queue|imports/queue"
)
#: Where every text is a word of a page, not sentences alone.
_PAGES = re.compile(
    r"/(desk|sheets)/|counterpart_lines|breakdowns|fulfilment|services/(activity|coverage|pictures|report_kinds)"
    r"|reports/services/counterparts|imports/kinds|agreements/rules/acts|approvals\.py|services/circumstances"
)
_OURS = ("sgoffice", "appointments", "engagements")
_WORDS = re.compile(r"[A-Za-z]{2}")
_SENTENCE = re.compile(r"(?s)[A-Z“{].*\s.*[.?!]")
_LABEL = re.compile(r"(?s)[A-Z“{ ].*|.*[a-z] .*")
#: What is no word: names of classes and headers, patterns, keys.
_CODE = re.compile(r"^\{0\}-|[/=<>_\[\]^\\|]|%[A-Z]|[a-z][A-Z]|[A-Z]{3}|^[A-Z]$|^\W*$|[A-Za-z]-[A-Z]")
_MARKUP = re.compile(r"(?s)\{% blocktranslate.*?\{% endblocktranslate %\}|\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}")
_ADDRESS = re.compile(r"/[\w/]*")
_DESCRIBING = frozenset({"summary", "description", "example", "help_text"})
_SAID_IN_TEMPLATE = re.compile(r"_\(\"([^\"]+)\"\)")
_QUOTED = re.compile(r"""(?s)(["'])(.*?)\1""")


def messages() -> dict[str, list[str]]:
    """Return every message with where it is said, templates first."""
    found: dict[str, list[str]] = defaultdict(list)
    for english, place in (*_of_templates(), *_of_choices(), *_of_code()):
        if place not in found[english]:
            found[english].append(place)
    return dict(found)


def templates() -> Iterator[Path]:
    """Yield the templates whose texts are translated."""
    for app in apps.get_app_configs():
        if not app.name.startswith(_OURS):
            continue
        for path in sorted((Path(app.path) / "templates").rglob("*.*")):
            if path.suffix in {".html", ".txt"} and not _ENGLISH_TEMPLATES.search(path.as_posix()):
                yield path


def _of_templates() -> Iterator[tuple[str, str]]:
    for path in templates():
        place = path.relative_to(ROOT).as_posix()
        tokens = Lexer(path.read_text(encoding="utf-8")).tokenize()
        yield from ((english, place) for english in _in_tokens(tokens))


def _in_tokens(tokens: Iterable[object]) -> Iterator[str]:
    block: list[str] | None = None
    for token in tokens:
        kind, text = token.token_type, token.contents  # type: ignore[attr-defined] # tokens of Django
        name = text.split(" ", 1)[0] if kind == TokenType.BLOCK else ""
        if name == "blocktranslate":
            block = []
        elif name == "endblocktranslate" and block is not None:
            yield "".join(block)
            block = None
        elif block is not None:
            block.append(PLURAL if name == "plural" else _said(kind, text))
        elif name == "translate":
            yield _QUOTED.findall(text)[0][1]
        else:
            yield from _SAID_IN_TEMPLATE.findall(text)


def _said(kind: TokenType, text: str) -> str:
    return f"%({text})s" if kind == TokenType.VAR else text.replace("%", "%%")


def _of_choices() -> Iterator[tuple[str, str]]:
    """Yield the labels of vocabularies."""
    for path in _modules():
        place = path.relative_to(ROOT).as_posix()
        if "vocabulary" not in path.name and "markings" not in path.name:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Tuple) and len(node.value.elts) == 2:  # noqa: PLR2004 - value and label
                label = node.value.elts[1]
                if isinstance(label, ast.Constant) and isinstance(label.value, str) and label.value[:1].isupper():
                    yield label.value, place


def _modules() -> Iterator[Path]:
    for top in _OURS:
        yield from sorted((ROOT / top).rglob("*.py"))


def _of_code() -> Iterator[tuple[str, str]]:
    """Yield the texts of pages, and the sentences of what they call."""
    for path in _modules():
        place = path.relative_to(ROOT).as_posix()
        if _SILENT.search(f"/{place}") or not _SPEAKING.search(f"/{place}"):
            continue
        is_page = _PAGES.search(f"/{place}")
        tree = ast.parse(path.read_text(encoding="utf-8"))
        yield from ((label, place) for label in _step_labels(tree))
        for english in _texts(tree):
            if _SENTENCE.fullmatch(english) or (is_page and _is_label(english)):
                yield english, place


def _step_labels(tree: ast.Module) -> Iterator[str]:
    """Yield the labels of declared steps."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "declare":
            yield from (str(one.value) for one in node.args[1:2] if isinstance(one, ast.Constant))


def _is_label(text: str) -> bool:
    return bool(_LABEL.fullmatch(text)) and not _CODE.search(text)


def _texts(tree: ast.Module) -> Iterator[str]:
    """Yield the texts of a module but docstrings and descriptions of the API; blanks are numbered."""
    left_out = {id(one) for node in ast.walk(tree) for one in _unsaid(node)}
    for node in ast.walk(tree):
        text = "" if id(node) in left_out else _text_of(node)
        if _WORDS.search(text) and "`" not in text:
            yield text


def _unsaid(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what is no text of its own: docstrings, pieces of a text with blanks, what only the API describes."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield from node.values
        yield from (one for piece in node.values for one in ast.walk(piece))
    elif isinstance(node, ast.keyword) and node.arg in _DESCRIBING:
        yield from ast.walk(node)


def _text_of(node: ast.AST) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return _numbered(node.value)
    return _with_blanks(node) if isinstance(node, ast.JoinedStr) else ""


def _with_blanks(node: ast.JoinedStr) -> str:
    return _numbered("".join(str(one.value) if isinstance(one, ast.Constant) else "{}" for one in node.values))


def _numbered(text: str) -> str:
    """Return a text with its blanks numbered; `{}` is one that is filled now or later."""
    numbers = count()
    return re.sub(r"\{\}", lambda _: f"{{{next(numbers)}}}", text)


def key_of(english: str) -> str:
    """Return a message of the catalogue as the code has it: without what its blanks stand for."""
    return re.sub(r"(\{\d):\w+\}", r"\1}", english)


def in_step(known: Mapping[str, str], said: Iterable[str]) -> dict[str, str]:
    """Return the messages of a catalogue in the order in which they are said, and those that are added by hand last."""
    typed = defaultdict(list)
    for english in known:
        typed[key_of(english)].append(english)
    ordered = [one for english in said for one in typed.pop(english, [english])]
    by_hand = [one for found in typed.values() for one in found]
    return {english: known.get(english, "") for english in ordered} | {one: known[one] for one in by_hand if known[one]}


def visible_text(path: Path) -> list[str]:
    """Return the words that a template shows without translating them."""
    source = path.read_text(encoding="utf-8")
    shown = re.sub(
        r"(?s)\{% blocktranslate.*?\{% endblocktranslate %\}|\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", "\x00", source
    )
    shown = re.sub(r"(?s)<(style|script)\b.*?</\1>|<!--.*?-->|<!doctype[^>]*>", "", shown)
    said = re.findall(r"(?:aria-label|placeholder|alt|title)=\"([^\"]*)\"", shown)
    text = re.sub(r"(?s)<[^>]*>", "\x00", shown)
    return [
        part.strip()
        for part in "\x00".join([text, *said]).split("\x00")
        if _WORDS.search(part) and not _ADDRESS.fullmatch(part.strip())
    ]


def offered() -> list[str]:
    """Return the languages that have a catalogue: all but the one in which the register is written."""
    return [code for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
