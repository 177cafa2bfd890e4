"""What people do with an import on the desk: read it differently, map columns, answer, enter, undo."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from sgoffice.admin.access import actor_of
from sgoffice.admin.refusals import refusal_texts
from sgoffice.desk.forms import forbidden_characters, number_in
from sgoffice.desk.pages import REFUSED, attempt, desk_page
from sgoffice.imports import services
from sgoffice.imports.desk.sheets import find, sheet
from sgoffice.imports.models import Import
from sgoffice.records.actors import Permission
from sgoffice.records.characters import find_forbidden_character
from sgoffice.records.errors import InvalidEntry

_COLUMN, _BLANK, _ANSWER = "column-", "blank-", "answer:"
_LONGEST_NAME = 100
_LONGEST_VALUE = 200


@desk_page("POST", needs=Permission.WRITE)
def read_again(request: HttpRequest, reference: str) -> HttpResponse:
    """Read the file differently: another sheet, other headings, another encoding, rows of another kind."""

    def work(found: Import, version: int) -> Import:
        return services.map_columns(found.pk, _reading(request.POST.dict(), found), **_by(request, version))

    return _done(request, reference, "reading", work, "The file is read again, and checked.")


@desk_page("POST", needs=Permission.WRITE)
def map_columns(request: HttpRequest, reference: str) -> HttpResponse:
    """Say which field each column is and what blank cells mean, and keep that under a name."""

    def work(found: Import, version: int) -> Import:
        return services.map_columns(found.pk, _mapping(request.POST.dict(), found), **_by(request, version))

    return _done(request, reference, "columns", work, "The rows are checked with these columns.")


@desk_page("POST", needs=Permission.WRITE)
def answer(request: HttpRequest, reference: str) -> HttpResponse:
    """Answer what is asked; the rows are checked with the answers."""

    def work(found: Import, version: int) -> Import:
        return services.choose(found.pk, _answers(request.POST.dict(), found), **_by(request, version))

    return _done(request, reference, "answers", work, "The rows are checked with your answers.")


@desk_page("POST", needs=Permission.WRITE)
def enter(request: HttpRequest, reference: str) -> HttpResponse:
    """Enter the rows that can be entered, and leave the others out, as the button says."""
    entry = services.CommitEntry(leave_out=True)

    def work(found: Import, version: int) -> Import:
        return services.commit_import(found.pk, entry, **_by(request, version))

    return _done(request, reference, "enter", work, "The rows are being entered. You may close this page.")


@desk_page("POST", needs=Permission.WRITE)
def undo(request: HttpRequest, reference: str) -> HttpResponse:
    """Take back what was entered; what people changed since is kept."""
    entry = services.UndoEntry(reason=request.POST.get("reason", "").strip())

    def work(found: Import, version: int) -> Import:
        return services.ask_undo(found.pk, entry, **_by(request, version))

    return _done(request, reference, "undo", work, "The import is being undone. You may close this page.")


def _done(
    request: HttpRequest, reference: str, tried: str, work: Callable[[Import, int], Import], said: str
) -> HttpResponse:
    """Call a service and lead back; what is refused is shown with everything that was typed."""
    found, typed = find(request, reference), request.POST.dict()
    version = number_in(request.POST.get("version", ""))
    refused = [f"What you wrote {one.advice}" for _, one in forbidden_characters(_written(typed))]
    if version is None:
        refused.append("Press one of the buttons below.")
    if refused or version is None:
        return sheet(request, found, refused=refused, typed=typed, tried=tried, status=REFUSED)
    at_version: int = version
    done, error = attempt(lambda: work(found, at_version))
    if done is None:
        texts = [text for _, text in refusal_texts(error)] if error else []
        return sheet(request, found, refused=texts, typed=typed, tried=tried, status=REFUSED)
    messages.success(request, said)
    return redirect("desk-import", reference)


def _written(typed: dict[str, str]) -> dict[str, str]:
    """Return what people write: names of fields have what stands in the file, which is no fault of theirs."""
    return {name: text for name, text in typed.items() if not name.startswith(_ANSWER)}


def _by(request: HttpRequest, version: int) -> dict[str, Any]:
    return {"by": actor_of(request), "expected": version, "at": timezone.now()}


def _reading(sent: dict[str, str], found: Import) -> services.MappingEntry:
    """Return what is to be read differently; what stands as it was is left to the reader."""
    said = {name: sent.get(name, "") for name in ("kind", "sheet", "encoding", "separator")}
    changed: dict[str, Any] = {name: text for name, text in said.items() if text and text != getattr(found, name)}
    before = [str(number) for number in found.heading_rows]
    row, depth = sent.get("heading_row", ""), sent.get("heading_depth", "")
    if row and (row != "".join(before[:1]) or depth != str(len(before))):
        first, several = number_in(row), number_in(depth or "1")
        if not first or not several:
            raise InvalidEntry([("/heading_row", "Say in which row the headings stand, and in how many: 3, and 1.")])
        changed |= {"heading_row": first, "heading_depth": several}
    if not changed:
        raise InvalidEntry([("", "Change one of these first: the file is read so already.")])
    return services.MappingEntry(**changed)


def _mapping(sent: dict[str, str], found: Import) -> services.MappingEntry:
    """Return the columns that are to be other fields, what blank cells mean, and the name to keep it under."""
    before = {one["column"]: one["field"] for one in found.columns}
    given = {name.removeprefix(_COLUMN): text for name, text in sent.items() if name.startswith(_COLUMN)}
    columns = [
        services.ColumnEntry(column=column, field=field)
        for column, field in given.items()
        if before.get(column) != field
    ]
    blank = {name.removeprefix(_BLANK): text.strip() for name, text in sent.items() if name.startswith(_BLANK)}
    if any(len(text) > _LONGEST_VALUE for text in blank.values()):
        raise InvalidEntry([("/defaults", f"What a blank cell means has at most {_LONGEST_VALUE} characters.")])
    defaults = [
        services.DefaultEntry(field=name, value=text)
        for name, text in blank.items()
        if found.defaults.get(name, "") != text
    ]
    return services.MappingEntry(
        columns=tuple(columns),
        defaults=tuple(defaults),
        date_order=sent.get("date_order", ""),
        save_as=sent.get("save_as", "").strip()[:_LONGEST_NAME],
    )


def _answers(sent: dict[str, str], found: Import) -> services.ChoicesEntry:
    """Return the answers that differ from what stands: what was surely understood need not be answered."""
    given = {
        name.removeprefix(_ANSWER): text
        for name, text in sent.items()
        if name.startswith(_ANSWER) and not find_forbidden_character(f"{name}{text}")
    }
    sure = dict(found.questions.filter(key__in=list(given)).values_list("key", "suggested"))
    changed = [
        services.AnswerEntry(question=key, choice=text)
        for key, text in given.items()
        if text != (found.choices.get(key, "") or sure.get(key, ""))
    ]
    if not changed:
        raise InvalidEntry([("/answers", "Choose an answer to at least one question first.")])
    return services.ChoicesEntry(answers=tuple(changed))
