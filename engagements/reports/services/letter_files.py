"""Letters as files: HTML or Word, from the shipped text or from the template that an office put in its place.

A template names what it wants as {{ subject }}. It is text and never a program; the marking is printed in any case.
"""

import html
import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import docx
from django.conf import settings
from django.template.loader import get_template

from engagements.reports.services.letters import Letter, Values
from sgoffice.records.errors import RuleViolation

#: The forms of a letter, with the type of each.
FORMS: Final = {
    "html": "text/html; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_MEMBER = re.compile(r"\{\{\s*(\w*)\s*\}\}")
_PAGE = (
    '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{{ subject }}</title>\n</head>\n<body>\n'
    "%s\n</body>\n</html>\n"
)


def letter_file(letter: Letter, values: Values, form: str) -> bytes:
    """Return a letter as a file; raises RuleViolation for a template of the office that cannot be used."""
    own = Path(settings.LETTER_TEMPLATES, f"{letter.name}.{form}") if settings.LETTER_TEMPLATES else None
    if own is not None and own.exists():
        return _from_template(own, values, form)
    return _document(letter, values) if form == "docx" else _page(_paragraphs(letter, values), values)


def _from_template(own: Path, values: Values, form: str) -> bytes:
    try:
        if form == "html":
            text = own.read_text(encoding="utf-8")
            marked = text if _names_marking(text) else f"<p>{{{{ marking }}}}</p>\n{text}"
            return filled(marked, values, html.escape).encode()
        made = docx.Document(str(own))
    except (OSError, UnicodeDecodeError, KeyError, ValueError) as error:
        detail = f"The template {own.name} of this office cannot be read ({error}): ask the operator to look at it."
        raise RuleViolation(detail, rule="letter-template") from None
    return _filled_document(made, values)


def filled(text: str, values: Values, written: Callable[[str], str] = str) -> str:
    """Return a text with what it names; raises RuleViolation for a name that does not exist."""

    def value(found: re.Match[str]) -> str:
        if found[1] not in values:
            there = ", ".join(sorted(values))
            detail = f"The template names {{{{ {found[1]} }}}}, which this letter does not have. It has: {there}."
            raise RuleViolation(detail, rule="letter-template")
        return written(values[found[1]])

    return _MEMBER.sub(value, text)


def _names_marking(text: str) -> bool:
    return any(found[1] == "marking" for found in _MEMBER.finditer(text))


def _paragraphs(letter: Letter, values: Values) -> list[str]:
    """Return the paragraphs of the shipped text, without the lines that would say nothing: “Time:” of no time."""
    source: Any = get_template(f"reports/letters/{letter.name}.txt")
    said = [line for line in str(source.template.source).splitlines() if not line or _says(line, values)]
    return "\n".join(said).strip().split("\n\n")


def _says(line: str, values: Values) -> bool:
    names = _MEMBER.findall(line)
    return not names or any(values.get(name, "unknown") for name in names)


def _page(paragraphs: list[str], values: Values) -> bytes:
    shown = [filled(one, values, html.escape).strip() for one in paragraphs]
    body = "\n".join("<p>" + "<br>\n".join(_lines(one)) + "</p>" for one in shown if one)
    return (filled(_PAGE.partition("%s")[0], values, html.escape) + body + _PAGE.partition("%s")[2]).encode()


def _document(letter: Letter, values: Values) -> bytes:
    made = docx.Document()
    made.sections[0].header.paragraphs[0].text = values["marking"]
    made.core_properties.title = values["subject"]
    for one in _paragraphs(letter, values):
        if shown := "\n".join(_lines(filled(one, values))):
            made.add_paragraph(shown)
    return _saved(made)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _filled_document(made: Any, values: Values) -> bytes:
    """Fill a Word template. Word cuts a name into several runs: the paragraph keeps the look of its first one."""
    paragraphs = list(_paragraphs_of(made))
    if not any(_names_marking(one.text) for one in paragraphs):
        made.sections[0].header.paragraphs[0].insert_paragraph_before(values["marking"])
    for one in paragraphs:
        if _MEMBER.search(one.text):
            text, runs = filled(one.text, values), one.runs
            for run in runs[1:]:
                run.text = ""
            runs[0].text = text
    return _saved(made)


def _paragraphs_of(made: Any) -> Iterator[Any]:
    """Yield the paragraphs of the body, of tables, of headers and footers."""
    places = [made, *(part for section in made.sections for part in (section.header, section.footer))]
    for place in places:
        yield from place.paragraphs
        for table in place.tables:
            for cell in (cell for row in table.rows for cell in row.cells):
                yield from cell.paragraphs


def _saved(made: Any) -> bytes:
    found = io.BytesIO()
    made.save(found)
    return found.getvalue()
