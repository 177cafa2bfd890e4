"""What is added to an engagement on its sheet: a promise, and one more counterpart."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from engagements import services
from engagements.desk.log_form import promise_line, promised, who_line
from engagements.desk.sheets import find, sheet
from engagements.models import Engagement
from engagements.services.counterpart_lines import participant_of
from engagements.services.participants import participants_of
from sgoffice.admin.access import actor_of
from sgoffice.admin.refusals import refusal_texts
from sgoffice.desk.forms import forbidden_characters, number_in
from sgoffice.desk.pages import REFUSED, attempt, desk_page, zone_of_reader
from sgoffice.records.actors import Permission
from sgoffice.records.entries import Correction


@desk_page("POST", needs=Permission.WRITE)
def add_promise(request: HttpRequest, reference: str) -> HttpResponse:
    """Add what was promised."""
    record, by = find(request, reference), actor_of(request)
    line = promise_line(0, request.POST)
    errors = _unreadable(request)
    today = timezone.now().astimezone(zone_of_reader(request)).date()
    entry = promised(line, by=by, today=today, marking=record.marking, readers=tuple(record.readers))
    errors += [text for text in (line.error, line.due_error) if text]
    if not line.text:
        errors.append("Say what was promised.")
    if errors or entry is None:
        return sheet(request, record, more={"refused_promise": errors, "promise": line}, status=REFUSED)
    whole = services.ActionItemEntry(**vars(entry), engagement=record.pk)
    added, refused = attempt(lambda: services.add_action_item(whole, by=by))
    if added is None:
        texts = [text for _, text in refusal_texts(refused)] if refused else []
        return sheet(request, record, more={"refused_promise": texts, "promise": line}, status=REFUSED)
    messages.success(request, "The promise is added.")
    return redirect("desk-engagement", reference)


@desk_page("POST", needs=Permission.WRITE)
def add_counterpart(request: HttpRequest, reference: str) -> HttpResponse:
    """Add somebody who was met; a name that may mean several is asked for where it was typed."""
    record, by = find(request, reference), actor_of(request)
    line = who_line(0, {**request.POST.dict(), "marking": record.marking}, by=by)
    version, errors = number_in(request.POST.get("version", "")), _unreadable(request)
    if line.reading is None:
        errors.append("Say who was met: a name, a title, a country.")
    elif line.choice is None:
        errors.append(f"Which {line.reading.name} is it? Choose one below.")
    if errors or version is None or line.reading is None or line.choice is None:
        return sheet(request, record, more={"refused_who": errors, "who": line}, status=REFUSED)
    given = (*participants_of(record), participant_of(line.reading, line.choice))
    correction = Correction(services.EngagementEntry, {"participants": given})

    def work() -> Engagement:
        return services.correct_engagement(record.pk, correction, by=by, expected=version, at=timezone.now())

    done, refused = attempt(work)
    if done is None:
        texts: list[Any] = [text for _, text in refusal_texts(refused)] if refused else []
        return sheet(request, record, more={"refused_who": texts, "who": line}, status=REFUSED)
    messages.success(request, f"{line.choice.label} is added.")
    return redirect("desk-engagement", reference)


def _unreadable(request: HttpRequest) -> list[str]:
    return [f"What you wrote {found.advice}" for _, found in forbidden_characters(request.POST)]
