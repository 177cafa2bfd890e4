"""The sheet of an import: how it is read, what would come of its rows, what is asked, and what was entered."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Subquery
from django.http import Http404, HttpRequest, HttpResponse

from sgoffice.admin.access import actor_of
from sgoffice.admin.formatting import label_of, readable_date
from sgoffice.desk.addresses import address_of
from sgoffice.desk.forms import number_in
from sgoffice.desk.mentions import names_of
from sgoffice.desk.pages import desk_page, show
from sgoffice.imports import services
from sgoffice.imports.kinds import sheet_kinds
from sgoffice.imports.models import Import
from sgoffice.imports.vocabulary import (
    ANOTHER,
    DUPLICATES,
    SKIP,
    WORKING,
    WRITTEN,
    DateOrder,
    RowState,
    Separator,
)
from sgoffice.places.codes import label_of as country_named
from sgoffice.records.actors import Actor, Permission
from sgoffice.records.models import Entry

_ROWS, _QUESTIONS, _ENTERED = 60, 60, 50
_MOST_PAGES = 1000
_ALIKE = (("", "Ask for each row"), (SKIP, "Leave them out"), (ANOTHER, "Enter them as others"))
_ONE = (("", "Choose"), (SKIP, "Leave it out"), (ANOTHER, "It is another one"))
_ROW = "row-"


def find(request: HttpRequest, reference: str) -> Import:
    """Return the import that the reader may see; raises Http404 for any other reference."""
    version = Entry.objects.filter(pk=OuterRef("pk")).values("version")
    rows: Any = Import.objects.visible_to(actor_of(request)).filter(reference=reference)
    found: Import | None = rows.annotate(version=Subquery(version)).first()
    if found is None:
        raise Http404
    return found


@desk_page("GET", "HEAD", needs=Permission.WRITE)
def imported(request: HttpRequest, reference: str) -> HttpResponse:
    """Show an import."""
    return sheet(request, find(request, reference))


@desk_page("GET", "HEAD", needs=Permission.WRITE)
def progress(request: HttpRequest, reference: str) -> HttpResponse:
    """Tell how far the worker is; once it is done, the page is loaded again."""
    found = find(request, reference)
    report = services.report_of(found, by=actor_of(request), most_rows=1, questions=slice(0))
    answer = show(request, "imports/desk/progress.html", _head(found, report))
    if found.state not in WORKING:
        answer["HX-Refresh"] = "true"
    return answer


def sheet(
    request: HttpRequest,
    found: Import,
    *,
    refused: Sequence[str] = (),
    typed: Mapping[str, str] | None = None,
    tried: str = "",
    status: int = 200,
) -> HttpResponse:
    """Return the page of an import; `typed` is what a refused form `tried` had."""
    by, values = actor_of(request), typed or {}
    kind = sheet_kinds().get(found.kind)
    fields = {one.name: one.label for one in kind.fields} if kind else {}
    first, names, page = (min(number_in(request.GET.get(name, "")) or 0, most) for name, most in _PAGED)
    asked = slice(names * _QUESTIONS, (names + 1) * _QUESTIONS)
    report = services.report_of(found, by=by, after=first, most_rows=_ROWS, questions=asked)
    context = {
        **_head(found, report),
        **_lists(found, report, page, by, fields),
        "kind": kind.label if kind else "",
        "missing": [fields.get(one, one) for one in report["missing"]],
        "mapping": _mapping(found, fields, values),
        "reading": _reading(found, values),
        "questions": [_question(one, fields, values, number) for number, one in enumerate(report["questions"])],
        "open_questions": report["open_questions"],
        "names_before": names or None,
        "names_after": names + 1 if asked.stop < report["all_questions"] else None,
        "problems": [_problem(one, found, fields, values) for one in report["problems"]],
        "problems_after": report["next_after"],
        "alike": _alike(found, report, values),
        "answered": _answered(found, values),
        "refused": refused,
        "tried": tried,
        "typed": values,
    }
    return show(request, "imports/desk/import.html", context, status=status)


#: What pages a sheet: the number of a row with a problem, of a page of questions, and of a page of what was entered.
_PAGED = (("after", 10_000_000), ("names", _MOST_PAGES), ("rows", _MOST_PAGES))


def _head(found: Import, report: Mapping[str, Any]) -> dict[str, Any]:
    counts = report["counts"]
    return {
        "reference": found.reference,
        "version": found.version,
        "title": found.file_name,
        "state": found.get_state_display(),
        "is_working": found.state in WORKING,
        "failure": found.failure,
        "done": report["done"],
        "total": report["total"],
        "counts": [(RowState(state).label, count) for state, count in counts.items()],
        "ready": counts.get(RowState.READY, 0),
        "wrong": counts.get(RowState.PROBLEM, 0),
        "written": counts.get(RowState.ENTERED, 0),
        "is_open": services.is_resting(found) and not any(counts.get(one) for one in WRITTEN),
        "may_enter": services.is_resting(found) and bool(counts.get(RowState.READY)),
        "may_undo": services.was_entered(found) and bool(counts.get(RowState.ENTERED)),
    }


def _mapping(found: Import, fields: Mapping[str, str], typed: Mapping[str, str]) -> dict[str, Any]:
    """Return the columns with the field that each is, and what blank cells mean."""
    columns = [
        {**one, "name": f"column-{one['column']}", "field": typed.get(f"column-{one['column']}", one["field"])}
        for one in found.columns
    ]
    blank = [
        {"name": f"blank-{name}", "label": label, "value": typed.get(f"blank-{name}", found.defaults.get(name, ""))}
        for name, label in fields.items()
    ]
    return {
        "columns": columns,
        "fields": list(fields.items()),
        "blank": blank,
        "date_orders": DateOrder.choices,
        "date_order": typed.get("date_order", found.date_order),
        "save_as": typed.get("save_as", found.mapping_name),
    }


def _reading(found: Import, typed: Mapping[str, str]) -> dict[str, Any]:
    """Return how the file is read: which sheet and rows of headings of a workbook, how a text is written."""
    headings = found.heading_rows or [""]
    return {
        "kinds": [(one.name, one.label) for one in sheet_kinds().values()],
        "kind": typed.get("kind", found.kind),
        "sheets": found.sheets if len(found.sheets) > 1 else [],
        "sheet": typed.get("sheet", found.sheet),
        "is_text": found.form == "csv",
        "encoding": typed.get("encoding", found.encoding),
        "separators": Separator.choices,
        "separator": typed.get("separator", found.separator),
        "heading_row": typed.get("heading_row", str(headings[0])),
        "heading_depth": typed.get("heading_depth", str(len(headings))),
    }


def _question(
    one: Mapping[str, Any], fields: Mapping[str, str], typed: Mapping[str, str], number: int
) -> dict[str, Any]:
    answer = typed.get(f"answer:{one['key']}", one["choice"] or one["suggested"])
    return {
        **one,
        "id": f"question-{number}",
        "label": fields.get(one["field"], ""),
        "answer": answer,
        "is_open": not (one["choice"] or one["suggested"]),
        "more": one["count"] - len(one["rows"]),
    }


def _problem(
    one: Mapping[str, Any], found: Import, fields: Mapping[str, str], typed: Mapping[str, str]
) -> dict[str, Any]:
    question = one["question"] if one["question"].startswith(_ROW) else ""
    records = [
        {**record, "address": address_of(record["kind"], record["id"], record["reference"])}
        for record in one["records"]
    ]
    choose = _choose(question, f"Row {one['row']}", _ONE, found, typed) if question else None
    return {**one, "label": fields.get(one["field"], ""), "choose": choose, "found": records}


def _choose(
    key: str, label: str, choices: Iterable[tuple[str, str]], found: Import, typed: Mapping[str, str]
) -> dict[str, Any]:
    name = f"answer:{key}"
    answer = typed.get(name, found.choices.get(key, ""))
    return {"id": key, "name": name, "label": label, "choices": choices, "answer": answer}


def _alike(found: Import, report: Mapping[str, Any], typed: Mapping[str, str]) -> dict[str, Any] | None:
    """Return the question that answers for all rows that seem to be there already, if there are any."""
    is_asked = any(one["question"].startswith(_ROW) for one in report["problems"])
    if not is_asked and DUPLICATES not in found.choices:
        return None
    return _choose(DUPLICATES, "All rows that seem to be there already", _ALIKE, found, typed)


def _answered(found: Import, typed: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return what was answered for single rows, to be taken back."""
    keys = [key for key in found.choices if key.startswith(_ROW)][:_ROWS]
    again = (("", "Ask again"), *_ONE[1:])
    return [_choose(key, f"Row {key.removeprefix(_ROW)}", again, found, typed) for key in keys]


def _lists(found: Import, report: Mapping[str, Any], page: int, by: Actor, fields: Mapping[str, str]) -> dict[str, Any]:
    """Return what rows became, and where records say otherwise, as far as the reader may see these."""
    states = (RowState.ENTERED, RowState.KEPT, RowState.UNDONE, RowState.KNOWN)
    became = found.sheet_rows.filter(state__in=states, record__isnull=False).order_by("number")
    rows = list(became[page * _ENTERED : (page + 1) * _ENTERED])
    ids = {row.record for row in rows if row.record} | {UUID(one["record"]) for one in report["differences"]}
    named = names_of(dict(Entry.objects.filter(pk__in=ids).visible_to(by).values_list("pk", "kind")))
    return {
        "entered": [
            {"row": row.number, "state": RowState(row.state).label, "record": named[row.record]}
            for row in rows
            if row.record in named
        ],
        "rows_before": page or None,
        "rows_after": page + 1 if len(rows) == _ENTERED else None,
        "differences": [
            {
                "row": one["row"],
                "label": fields.get(one["field"], ""),
                "file": _word(one["field"], one["file"]),
                "register": _word(one["field"], one["register"]),
                "record": named[UUID(one["record"])],
            }
            for one in report["differences"]
        ],
    }


def _word(field: str, text: str) -> str:
    """Return a stored value as people say it."""
    if field == "country":
        return country_named(text) if text else ""
    return label_of(text) if "_" in text and text.isidentifier() and text.islower() else readable_date(text)
