"""What is due to be erased: listed with the rule, and proposed to another approver by one press."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from sgoffice.admin.access import actor_of
from sgoffice.admin.refusals import refusal_texts
from sgoffice.desk.mentions import names_of
from sgoffice.desk.pages import REFUSED, attempt, desk_page, show, zone_of_reader
from sgoffice.records.actors import Permission
from sgoffice.redactions import services


@desk_page("GET", "HEAD", "POST", needs=Permission.APPROVE)
def retention(request: HttpRequest) -> HttpResponse:
    """Show what is due, or propose all of it."""
    by, on = actor_of(request), timezone.now().astimezone(zone_of_reader(request)).date()
    refused: list[str] = []
    if request.method == "POST":
        count, refusal = attempt(lambda: services.propose_due(by=by, on=on))
        if refusal is None:
            messages.success(request, f"{count} proposed: another approver decides.")
            return redirect("desk-retention")
        refused = [text for _, text in refusal_texts(refusal)]
    found = services.due(by=by, on=on)
    named = names_of({one.id: one.kind for one in found})
    lines = [{"due": one, "about": named.get(one.id), "what": _words(one.erase)} for one in found]
    context = {"lines": lines, "refused": refused, "is_open": any(not one.proposal for one in found)}
    return show(request, "redactions/desk/retention.html", context, status=REFUSED if refused else 200)


def _words(pointers: tuple[str, ...]) -> str:
    """Return what is erased in words: /contact_details is “contact details”."""
    said = [one.strip("/").replace("/", " ").replace("_", " ") or "all texts" for one in pointers]
    return " and ".join(said)
