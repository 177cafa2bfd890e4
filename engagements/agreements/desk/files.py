"""The files of an agreement on its sheet: those that the reader may see, and one more."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from engagements import services
from engagements.agreements.desk.sheets import find, sheet
from engagements.rules import MOST_BYTES
from sgoffice.admin.access import actor_of
from sgoffice.admin.refusals import refusal_texts
from sgoffice.desk.forms import forbidden_characters
from sgoffice.desk.pages import REFUSED, attempt, desk_page
from sgoffice.records.actors import Permission
from sgoffice.records.errors import InvalidEntry, RegisterError


@desk_page("POST", needs=Permission.WRITE)
def add_file(request: HttpRequest, reference: str) -> HttpResponse:
    """Add a file: its marking is as open as typed, which a second person approves if it is public."""
    record, by = find(request, reference), actor_of(request)
    refused: RegisterError | None
    try:
        entry = _sent(request, record.pk)
    except InvalidEntry as error:
        added, refused = None, error
    else:
        added, refused = attempt(lambda: services.add_attachment(entry, by=by))
    if added is None:
        texts = [text for _, text in refusal_texts(refused)] if refused else []
        return sheet(request, record, more={"refused_file": texts, "typed_file": request.POST}, status=REFUSED)
    waits = " A second person opens it to the public." if added.marking != entry.marking == "public" else ""
    messages.success(request, f"{added.title} is added.{waits}")
    return redirect("desk-agreement", reference)


def _sent(request: HttpRequest, agreement: Any) -> services.AttachmentEntry:
    """Return the entry of a file; raises InvalidEntry."""
    said: dict[str, Any] = {name: request.POST.get(name, "").strip() for name in ("title", "language", "marking")}
    if wrong := [found.advice for _, found in forbidden_characters(said)]:
        raise InvalidEntry([("", f"What you wrote {wrong[0]}")])
    file: Any = request.FILES.get("file")
    if file is None:
        raise InvalidEntry([("/file", "Choose a file.")])
    if file.size > MOST_BYTES:
        raise InvalidEntry([("/file", f"A file may have at most {MOST_BYTES // 1_000_000} MB.")])
    upload = services.Upload(name=file.name or "", content=file.read(), media_type=file.content_type or "")
    said["title"] = (said["title"] or upload.name)[:500]
    return services.AttachmentEntry(agreement=agreement, file=upload, **said)
