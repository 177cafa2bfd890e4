"""Bring a spreadsheet as a file or pasted, and the spreadsheets that were brought before."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from sgoffice.admin.access import actor_of
from sgoffice.admin.refusals import refusal_texts
from sgoffice.desk.forms import forbidden_characters
from sgoffice.desk.pages import REFUSED, attempt, desk_page, show, zone_of_reader
from sgoffice.imports import services
from sgoffice.imports.kinds import sheet_kinds
from sgoffice.imports.models import Import
from sgoffice.imports.vocabulary import RecordsMarking
from sgoffice.records.actors import Actor, Permission
from sgoffice.records.errors import InvalidEntry

_MOST = 30
_LONGEST_NAME = 200
_PASTED = "Pasted text"


@desk_page("GET", "HEAD", "POST", needs=Permission.WRITE)
def imports(request: HttpRequest) -> HttpResponse:
    """Show the form and what was brought before, or take what was sent and lead to what would come of it."""
    if request.method != "POST":
        return _page(request)
    by = actor_of(request)
    try:
        entry = _sent(request)
    except InvalidEntry as error:
        return _page(request, refused=[text for _, text in refusal_texts(error)])
    taken, refused = attempt(lambda: services.take_file(entry, by=by, at=timezone.now()))
    if taken is None:
        return _page(request, refused=[text for _, text in refusal_texts(refused)] if refused else [])
    return redirect("desk-import", taken.reference)


def _sent(request: HttpRequest) -> services.FileEntry:
    """Return the file, or the text that was pasted; raises InvalidEntry."""
    said = {name: request.POST.get(name, "") for name in ("kind", "mapping", "records_marking")}
    if wrong := [found.advice for _, found in forbidden_characters(said)]:
        raise InvalidEntry([("", f"What you chose {wrong[0]}")])
    said["records_marking"] = said["records_marking"] or RecordsMarking.INTERNAL
    file: Any = request.FILES.get("file")
    if file is None:
        text = request.POST.get("text", "")
        if not text.strip():
            raise InvalidEntry([("/file", "Choose a file, or paste its rows with the headings above them.")])
        return services.FileEntry(file_name=_PASTED, content=text.encode("utf-8", "replace"), **said)
    if file.size > settings.FILE_UPLOAD_MAX_MEMORY_SIZE:
        raise InvalidEntry([("/file", "The file is larger than 10 MB: divide it, or leave out what is not needed.")])
    return services.FileEntry(file_name=(file.name or "file")[-_LONGEST_NAME:], content=file.read(), **said)


def _page(request: HttpRequest, *, refused: list[str] | None = None) -> HttpResponse:
    by, zone = actor_of(request), zone_of_reader(request)
    rows: Any = Import.objects.visible_to(by).live()
    kinds = sheet_kinds()
    context = {
        "refused": refused or [],
        "typed": request.POST,
        "kinds": [(one.name, one.label) for one in kinds.values()],
        "mappings": _mappings(by),
        "markings": RecordsMarking.choices,
        "brought": [
            {
                "address": reverse("desk-import", args=[one.reference]),
                "file": one.file_name,
                "kind": kinds[one.kind].label if one.kind in kinds else "",
                "state": one.get_state_display(),
                "at": _made_at(one.pk).astimezone(zone),
            }
            for one in rows.order_by("-pk")[:_MOST]
        ],
    }
    return show(request, "imports/desk/imports.html", context, status=REFUSED if refused else 200)


def _mappings(by: Actor) -> list[str]:
    """Return the names under which somebody may use a mapping."""
    rows: Any = Import.objects.visible_to(by).live().exclude(mapping_name="")
    return list(rows.order_by("mapping_name").values_list("mapping_name", flat=True).distinct()[:100])


def _made_at(key: UUID) -> datetime:
    """Return when an id was made: a UUIDv7 begins with the milliseconds (RFC 9562, section 5.7)."""
    return datetime.fromtimestamp((key.int >> 80) / 1000, UTC)
