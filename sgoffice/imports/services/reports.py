"""The report of an import: what would come of each row, what is open, and how far the worker is."""

from collections.abc import Iterable, Iterator
from typing import Any

from sgoffice.imports.kinds import sheet_kinds
from sgoffice.imports.models import Import, ImportQuestion, ImportRow, ImportTask
from sgoffice.imports.services.checks import counted
from sgoffice.imports.vocabulary import WORKING
from sgoffice.records.actors import Actor
from sgoffice.records.models import Entry

#: Rows with problems, and questions, that one report tells.
MOST_ROWS, MOST_QUESTIONS = 200, 500
_ALL_QUESTIONS = slice(MOST_QUESTIONS)


def report_of(
    imported: Import, *, by: Actor, after: int = 0, most_rows: int = MOST_ROWS, questions: slice = _ALL_QUESTIONS
) -> dict[str, Any]:
    """Return the report as far as somebody may read it: records that they may not see are left out.

    `after` is the number of a row; `questions` are those that are told, of all with the open ones first.
    """
    troubled = imported.sheet_rows.exclude(problems=[], differences=[]).filter(number__gt=after).order_by("number")
    rows = list(troubled[: most_rows + 1])
    asked = sorted(imported.questions.order_by("pk"), key=lambda one: bool(one.suggested or _choice(one, imported)))
    shown = asked[questions]
    seen = _visible(rows, shown, by)
    task = ImportTask.objects.filter(pk=imported.pk).first() if imported.state in WORKING else None
    return {
        "state": imported.state,
        "failure": imported.failure,
        "done": task.done if task else 0,
        "total": task.total if task else 0,
        "counts": counted(imported),
        "missing": list(_missing(imported)),
        "questions": [_question(one, imported, seen) for one in shown],
        "open_questions": sum(not (one.suggested or _choice(one, imported)) for one in asked),
        "all_questions": len(asked),
        "problems": [shown for row in rows[:most_rows] for shown in _problems(row, imported, seen)],
        "differences": [shown for row in rows[:most_rows] for shown in _differences(row, seen)],
        "next_after": rows[most_rows - 1].number if len(rows) > most_rows else None,
    }


def _problems(row: ImportRow, imported: Import, seen: set[str]) -> Iterator[dict[str, Any]]:
    letters = {one["field"]: one["column"] for one in imported.columns if one["field"]}
    for one in row.problems:
        records = [record for record in one.get("records", ()) if record["id"] in seen]
        yield {
            "row": row.number,
            "column": letters.get(one["field"], ""),
            "field": one["field"],
            "detail": one["detail"],
            "question": one["question"],
            "records": records,
        }


def _differences(row: ImportRow, seen: set[str]) -> Iterator[dict[str, Any]]:
    if str(row.record) in seen:
        yield from ({"row": row.number, "record": str(row.record), **one} for one in row.differences)


def _question(one: ImportQuestion, imported: Import, seen: set[str]) -> dict[str, Any]:
    options = [option for option in one.options if not option["record"] or option["record"] in seen]
    return {
        "key": one.key,
        "field": one.field,
        "text": one.text,
        "detail": one.detail,
        "options": options,
        "suggested": one.suggested,
        "choice": _choice(one, imported),
        "rows": one.rows,
        "count": one.count,
    }


def _choice(one: ImportQuestion, imported: Import) -> str:
    chosen = str(imported.choices.get(one.key, ""))
    return chosen if any(option["key"] == chosen for option in one.options) else ""


def _missing(imported: Import) -> Iterator[str]:
    kind = sheet_kinds().get(imported.kind)
    mapped = {one["field"] for one in imported.columns} | set(imported.defaults)
    yield from (one.name for one in (kind.fields if kind else ()) if one.is_needed and not one.is_said_by(mapped))


def _visible(rows: Iterable[ImportRow], questions: Iterable[ImportQuestion], by: Actor) -> set[str]:
    """Return the ids of the records that the report names and the reader may see."""
    named = {str(record["id"]) for row in rows for one in row.problems for record in one.get("records", ())}
    named |= {str(row.record) for row in rows if row.differences}
    named |= {option["record"] for one in questions for option in one.options if option["record"]}
    return {str(key) for key in Entry.objects.filter(pk__in=named).visible_to(by).values_list("pk", flat=True)}
