"""The sheet of an action item: what is owed, by whom, until when, and its steps; carried over in three presses."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from engagements import services
from engagements.desk.held_days import held_in_words
from engagements.desk.lines import item_lines, titles_of
from engagements.models import ActionItem, Engagement
from engagements.querysets import NEWEST, OLDEST
from engagements.services.counterparts import stored_counterparts
from engagements.vocabulary import ABOUT, AHEAD, EngagementStatus, Relation
from sgoffice.admin.access import actor_of
from sgoffice.changes.merging import MERGED
from sgoffice.changes.steps import Step
from sgoffice.desk.heads import head_of
from sgoffice.desk.mentions import names_of, read_bodies, ties_of
from sgoffice.desk.pages import REFUSED, desk_page, show, zone_of_reader
from sgoffice.desk.steps import CHOICE, DAY, LINE, TEXTS, Asked, Taken, id_in, offered, shown, take
from sgoffice.languages.words import day_in_words
from sgoffice.records.actors import Actor, Permission
from sgoffice.records.models import Entry

_STEPS: dict[str, Step] = {step.name: step for step in services.ACTION_ITEM_STEPS}
_LABELS = {"carry-forward": "Carry over", "assign": "Give to", "reschedule": "Another day"}
_REASON = Asked("reason", "Why", LINE, "Only where there is something to say.")
_WHY = Asked("reason", "Why", LINE)
#: Meetings that an item can be carried to on the desk: with the same counterparts, to come, held lately.
_MOST = 12


@desk_page("GET", "HEAD")
def item(request: HttpRequest, reference: str) -> HttpResponse:
    """Show an action item."""
    return _sheet(request, _find(request, reference))


@desk_page("POST", needs=Permission.WRITE)
def answer(request: HttpRequest, reference: str) -> HttpResponse:
    """Take a step; what is refused is shown on the sheet with everything that was typed."""
    record, by = _find(request, reference), actor_of(request)

    def complete(name: str, values: dict[str, Any]) -> dict[str, Any]:
        if name == "carry-forward":
            return {**values, "engagement": id_in(str(values.get("engagement", "")), "/engagement")}
        if name == "assign":
            unit = str(values.pop("unit", ""))
            return {
                **values,
                "owner": services.OwnerEntry(unit=unit) if unit else services.OwnerEntry(user=UUID(by.id)),
            }
        return {"due_on": None, "evidence": (), **values} if name in {"reschedule", "complete"} else values

    taken = take(request, record, _asked(record, _day(request), by), more=complete)
    if taken.record is None:
        return _sheet(request, record, taken=taken, status=REFUSED)
    messages.success(request, f"{_LABELS.get(taken.step, _STEPS[taken.step].label)}: recorded.")
    return redirect("desk-item", getattr(taken.record, "reference", reference))


def _find(request: HttpRequest, reference: str) -> ActionItem:
    rows: Any = ActionItem.objects.visible_to(actor_of(request)).select_related(*ABOUT)
    found = rows.filter(reference=reference).first()
    if found is None:
        raise Http404
    return found


def _day(request: HttpRequest) -> date:
    return timezone.now().astimezone(zone_of_reader(request)).date()


def _sheet(request: HttpRequest, record: ActionItem, *, taken: Taken | None = None, status: int = 200) -> HttpResponse:
    reader, day = actor_of(request), _day(request)
    document = read_bodies({record.pk: ActionItem.record_kind})[str(record.pk)]
    may_write = reader.may(Permission.WRITE) and record.is_live
    steps = [
        offered(step, asked, label=_LABELS.get(step.name, ""))
        for step, asked in _asked(record, day, reader).values()
        if may_write and step.may_be_taken(record, at=timezone.now())
    ]
    [line] = item_lines([document], about=titles_of((), reader=reader), reader=reader, today=day)
    context = {
        **head_of(document, record),
        **shown(steps, taken),
        "title": document["text"],
        "status": line["status"],
        "tone": "late" if line["is_overdue"] else "" if line["is_open"] else "good",
        "line": line,
        "reason": document["status_reason"],
        "evidence": document["evidence"],
        "about": names_of(_about(record, reader)).values(),
        "ties": ties_of(record.pk, reader=reader, leave_out=(MERGED, Relation.NOT_RAISED)),
        "answer": reverse("desk-item-answer", args=[record.reference]),
    }
    return show(request, "engagements/desk/action_item.html", context, status=status)


def _about(record: ActionItem, reader: Actor) -> dict[UUID, str]:
    """Return the kind of what an item is about, by its id, where the reader may see that."""
    ids = [getattr(record, f"{name}_id") for name in ABOUT]
    seen = Entry.objects.visible_to(reader).filter(pk__in=[one for one in ids if one], is_in_error=False)
    return dict(seen.values_list("pk", "kind"))


def _asked(record: ActionItem, day: date, reader: Actor) -> dict[str, tuple[Step, tuple[Asked, ...]]]:
    """Return the steps of the sheet, the likeliest first, with what each asks."""
    today = day_in_words(day)
    asked: dict[str, tuple[Asked, ...]] = {
        "complete": (
            Asked("evidence", "What shows it", TEXTS, "A letter, a document, a reference"),
            Asked("completed_on", "Done on", DAY, value=today),
        ),
        "carry-forward": (
            Asked("engagement", "To", CHOICE, choices=_later(record, reader, day)),
            Asked("due_on", "By when", DAY, "Empty: the same day as before"),
            _REASON,
        ),
        "reschedule": (Asked("due_on", "By when", DAY, "Empty: no day"), _REASON),
        "assign": (Asked("unit", "Unit", LINE, "Empty: I see to it"), _REASON),
        "start": (_REASON,),
        "drop": (_WHY,),
        "reopen": (_WHY,),
    }
    return {name: (_STEPS[name], fields) for name, fields in asked.items()}


def _later(record: ActionItem, reader: Actor, day: date) -> list[tuple[str, str]]:
    """Return the meetings that an item can be carried to: with the same counterparts first, then those to come."""
    seen: Any = Engagement.objects.visible_to(reader).live()
    if record.engagement_id is not None:
        seen = seen.exclude(pk=record.engagement_id)
    ahead = seen.filter(status__in=[*AHEAD, EngagementStatus.REQUESTED])
    found: dict[UUID, Engagement] = {}
    if record.engagement is not None:
        theirs = stored_counterparts(record.engagement)
        if theirs:
            found |= {one.pk: one for one in ahead.with_any_counterpart(theirs).order_by(*OLDEST)[:_MOST]}
    found |= {one.pk: one for one in ahead.order_by(*OLDEST)[:_MOST] if one.pk not in found}
    lately = seen.filter(status=EngagementStatus.HELD, held_latest__lte=day).order_by(*NEWEST)
    found |= {one.pk: one for one in lately[:_MOST] if one.pk not in found}
    return [(str(one.pk), _with_days(one)) for one in found.values()]


def _with_days(one: Engagement) -> str:
    return ", ".join(filter(None, (one.title, held_in_words(one.held, one.date_basis))))
