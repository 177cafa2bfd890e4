"""Two reports of what was to be done: promises that fell due in a period, and mandates of decisions by session."""

from collections import Counter
from datetime import date
from typing import Any
from uuid import UUID

from appointments.models import Decision, Mandate, Session
from appointments.services.decision_links import ADOPTED_AT
from appointments.vocabulary import Implementation
from engagements.models import ActionItem
from engagements.reports.services.figures import Figure, FigureReport, FigureTable, Period, counted, highest, list_at
from engagements.rules import how_kept
from engagements.vocabulary import UNFINISHED, ActionItemStatus, Kept, Owing
from sgoffice.records.actors import Actor
from sgoffice.records.models import Link

_OPEN = (Implementation.NOT_STARTED, Implementation.IN_PROGRESS, Implementation.NO_INFORMATION)


def promises(period: Period, on: date, *, by: Actor) -> FigureReport:
    """Return what became of the action items that were due in a period, of each side, as of a day."""
    rows = ActionItem.objects.visible_to(by).live().filter(due_on__range=(period.first, period.last))
    found = list(rows.values_list("owed_by", "status", "due_on", "completed_on", "marking"))
    tables = tuple(_side(side, found, period, on) for side in Owing)
    return FigureReport(
        name="promises",
        title="Promises",
        first=period.first,
        last=period.last,
        marking=highest(row[-1] for row in found),
        tables=tables,
    )


def _side(side: Owing, found: list[Any], period: Period, on: date) -> FigureTable:
    mine = [row for row in found if row[0] == side]
    filters = {"owed_by": side.value, "due_from": period.first, "due_until": period.last}

    def figure(label: str, value: int, **more: Any) -> Figure:
        return counted(label, value, list_at("action-items", **filters, **more))

    ways = Counter(how_kept(status, due, completed) for _, status, due, completed, _ in mine)
    stated = Counter(row[1] for row in mine)
    overdue = sum(status in UNFINISHED and due < on for _, status, due, _, _ in mine)
    figures = (
        figure("Due", len(mine)),
        *(figure(str(way.label), ways[way], kept=way.value) for way in Kept),
        figure("Open", sum(stated[one] for one in UNFINISHED), is_open="true"),
        figure("Overdue", overdue, overdue_on=on),
        *(
            figure(str(one.label), stated[one], status=one.value)
            for one in (ActionItemStatus.DROPPED, ActionItemStatus.CARRIED_FORWARD)
        ),
    )
    return FigureTable(name=side.value, title=str(side.label), unit="promises", figures=figures)


def follow_up(period: Period, *, by: Actor) -> FigureReport:
    """Return how far the decisions of the sessions of a period have been carried out: the newest session first."""
    seen: Any = Session.objects.visible_to(by).live().overlaps("begins", period.first, period.last)
    sessions = {one.pk: one for one in seen.select_related("body").order_by("-begins_earliest", "pk")}
    adopted = _adopted(list(sessions), by)
    mandates = Mandate.objects.visible_to(by).live().filter(decision__in=list(adopted))
    found = list(mandates.values_list("decision", "status", "marking"))
    decided = Counter(session for those, _ in adopted.values() for session in those)
    asked: Counter[tuple[UUID, str]] = Counter(
        (session, status) for decision, status, _ in found for session in adopted[decision][0]
    )
    tables = (
        _by_session("decisions", "Decisions by session", "decisions", sessions, decided),
        _by_session("mandates", "Mandates by session", "mandates", sessions, _sum(asked, Implementation)),
        _by_session(
            "open", "Mandates not completed, by session", "mandates", sessions, _sum(asked, _OPEN),
            status=",".join(one.value for one in _OPEN),
        ),
    )  # fmt: skip
    markings = [marking for _, marking in adopted.values()] + [row[-1] for row in found]
    return FigureReport(
        name="follow-up",
        title="Follow-up on decisions",
        first=period.first,
        last=period.last,
        marking=highest([*markings, *(one.marking for one in sessions.values())]),
        tables=tables,
    )


def _adopted(sessions: list[UUID], by: Actor) -> dict[UUID, tuple[set[UUID], str]]:
    """Return the decisions that were adopted at these sessions, each with the sessions and its marking."""
    links = Link.objects.filter(relation=ADOPTED_AT, target__in=sessions)
    at: dict[UUID, set[UUID]] = {}
    for source, target in links.values_list("source", "target"):
        at.setdefault(source, set()).add(target)
    rows = Decision.objects.visible_to(by).live().filter(pk__in=list(at))
    return {pk: (at[pk], marking) for pk, marking in rows.values_list("pk", "marking")}


def _sum(asked: Counter[tuple[UUID, str]], statuses: Any) -> Counter[UUID]:
    found: Counter[UUID] = Counter()
    for (session, status), count in asked.items():
        if status in set(statuses):
            found[session] += count
    return found


def _by_session(
    name: str, title: str, noun: str, sessions: dict[UUID, Session], counts: Counter[UUID], **filters: str
) -> FigureTable:
    figures = tuple(
        counted(str(one), counts[pk], list_at(noun, session=pk, **filters), key=str(pk)) for pk, one in sessions.items()
    )
    return FigureTable(name=name, title=title, unit=noun, figures=figures)
