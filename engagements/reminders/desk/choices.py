"""My reminders: which mails I want. Nobody chooses for somebody else."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone

from engagements.reminders import services
from sgoffice.admin.formatting import zone_label
from sgoffice.admin.refusals import refusal_texts
from sgoffice.desk.pages import REFUSED, attempt, desk_page, show, zone_of_reader


@desk_page("GET", "HEAD", "POST")
def reminders(request: HttpRequest) -> HttpResponseBase:
    """Show which mails the reader wants, or keep another choice."""
    user: Any = request.user
    if request.method != "POST":
        choice = services.choice_of(user)
        return _page(request, morning=bool(choice and choice.morning), monday=bool(choice and choice.monday))
    wanted = {name: request.POST.get(name) == "yes" for name in ("morning", "monday")}
    _, refused = attempt(lambda: services.choose_reminders(user, **wanted, at=timezone.now()))
    if refused is not None:
        texts = [text for _, text in refusal_texts(refused)]
        return _page(request, **wanted, refused=texts, status=REFUSED)
    messages.success(request, "It is kept." if any(wanted.values()) else "You get no more reminders.")
    return redirect("desk-reminders")


def _page(request: HttpRequest, *, status: int = 200, **context: Any) -> HttpResponseBase:
    user: Any = request.user
    zone = zone_of_reader(request)
    told = {"email": user.email, "zone": zone_label(timezone.now().astimezone(zone), zone.key)}
    return show(request, "reminders/choices.html", told | context, status=status)
