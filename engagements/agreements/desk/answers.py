"""Steps of an agreement taken on its sheet."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from engagements.agreements.desk.sheets import bodies_of, find, sheet
from engagements.agreements.desk.steps import approval_in, sides_of, signatures_in, steps_of
from engagements.agreements.models import Agreement
from engagements.desk.lines import read_documents
from sgoffice.admin.access import actor_of
from sgoffice.changes.door import ANY_VERSION
from sgoffice.changes.steps import Step
from sgoffice.desk.pages import REFUSED, desk_page
from sgoffice.desk.steps import Taken, take
from sgoffice.records.actors import Permission


@desk_page("POST", needs=Permission.WRITE)
def answer(request: HttpRequest, reference: str) -> HttpResponse:
    """Take a step; what is refused is shown on the sheet with everything that was typed."""
    record = find(request, reference)
    [document] = read_documents(Agreement, [record.pk])
    sides, bodies, by = sides_of(document), bodies_of(document), actor_of(request)

    def complete(name: str, values: dict[str, Any]) -> dict[str, Any]:
        if name == "approve":
            return approval_in(values, bodies, by=by)
        return {**values, "party": values.get("party") or None}

    def sign(step: Step, values: dict[str, Any], expected: int) -> Agreement:
        found: Any = record
        for place, entry in enumerate(signatures_in(values, sides)):
            version = ANY_VERSION if place else expected
            found = step.take(record.pk, entry, by=by, expected=version, at=timezone.now())
        return found

    taken: Taken = take(request, record, steps_of(sides, bodies), more=complete, instead={"sign": sign})
    if taken.record is None:
        return sheet(request, record, taken=taken, status=REFUSED)
    messages.success(request, f"{record.title}: recorded.")
    return redirect("desk-agreement", reference)
