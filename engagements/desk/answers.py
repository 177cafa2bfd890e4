"""Steps taken on the desk: what became of an engagement, from its sheet or with one press from the list of today."""

from dataclasses import fields
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from engagements import services
from engagements.desk.sheets import find, sheet
from sgoffice.admin.access import actor_of
from sgoffice.admin.refusals import refusal_texts
from sgoffice.changes.steps import Step
from sgoffice.desk.forms import forbidden_characters, number_in
from sgoffice.desk.pages import REFUSED, attempt, desk_page
from sgoffice.records.actors import Permission
from sgoffice.records.characters import without_forbidden
from sgoffice.records.errors import RegisterError

_TAKEN = ("reason", "outcome")


@desk_page("POST", needs=Permission.WRITE)
def answer(request: HttpRequest, reference: str) -> HttpResponse:
    """Take a step; what is refused is shown on the sheet with everything that was typed."""
    record = find(request, reference)
    step = next((one for one in services.STEPS if one.name == request.POST.get("step")), None)
    version = number_in(request.POST.get("version", ""))
    if step is None or version is None:
        return sheet(request, record, more={"refused": ["Press one of the buttons below."]}, status=REFUSED)
    if unseen := [f"What you wrote {found.advice}" for _, found in forbidden_characters(request.POST)]:
        typed = {name: without_forbidden(request.POST.get(name, "")) for name in _TAKEN}
        return sheet(request, record, more={"refused": unseen, "typed": typed, "tried": step.name}, status=REFUSED)
    entry = step.entry(**_given(step, request))
    now = timezone.now()
    taken, refused = attempt(lambda: step.take(record.pk, entry, by=actor_of(request), expected=version, at=now))
    if taken is None:
        return sheet(request, record, more=_refusal(refused, step, request), status=REFUSED)
    messages.success(request, f"{record.title}: {step.label.lower()}.")
    if request.POST.get("from") == "sheet":
        return redirect("desk-engagement", reference)
    return redirect("desk-today")


def _given(step: Step, request: HttpRequest) -> dict[str, Any]:
    known = {item.name for item in fields(step.entry)}
    return {name: request.POST[name].strip() for name in _TAKEN if name in known and name in request.POST}


def _refusal(refused: RegisterError | None, step: Step, request: HttpRequest) -> dict[str, Any]:
    texts = [detail for _, detail in refusal_texts(refused)] if refused else []
    typed = {name: request.POST.get(name, "") for name in _TAKEN}
    return {"refused": texts, "typed": typed, "tried": step.name}
