"""An agreement as a picture: its status, what was done, and since when and until when each party is bound."""

from collections.abc import Iterator
from datetime import date
from itertools import chain
from typing import Any

from django.utils.translation import gettext

from engagements.agreements.vocabulary import ENDED, ActKind, Status
from sgoffice.admin.formatting import readable_date
from sgoffice.desk.time_lines import DASHED, DOTTED, FULL, STRIPED, Span, time_line
from sgoffice.languages.sentences import said
from sgoffice.records.partial_dates import PartialDate

#: Parties that are drawn; the list on the sheet has all of them.
MOST_PARTIES = 24
_DRAWN = {
    Status.IN_FORCE: FULL,
    Status.PROVISIONALLY_APPLIED: STRIPED,
    Status.SUSPENDED: STRIPED,
    Status.NOT_KNOWN: DOTTED,
}
_BINDINGS = {True: (FULL, "bound"), None: (DOTTED, "not known whether bound")}


def picture_of(document: dict[str, Any], today: date) -> list[dict[str, Any]]:
    """Return the time line of an agreement's document; nothing where no day is known."""
    return time_line(chain(_statuses(document), _acts(document), _parties(document)), today)


def _statuses(document: dict[str, Any]) -> Iterator[Span]:
    """Yield its status from its first known day until it has ended."""
    for one in document["periods"]:
        status, start = Status(one["status"]), _day(one["start"])
        if start is not None and status not in ENDED:
            drawn = _DRAWN.get(status, DASHED)
            yield Span("The agreement", start, _day(one["end"]), drawn, _said(status.label, one))


def _acts(document: dict[str, Any]) -> Iterator[Span]:
    for one in document["acts"]:
        if one["date"]:
            day = PartialDate.parse(one["date"])
            who = (one["party"] or one["by_body"] or {}).get("name", "")
            text = ", ".join((_by(said(ActKind(one["kind"]).label), who), readable_date(one["date"])))
            drawn = FULL if day.is_exact else DOTTED
            yield Span("What was done", day.earliest, day.latest, drawn, text)


def _parties(document: dict[str, Any]) -> Iterator[Span]:
    for party in document["parties"][:MOST_PARTIES]:
        name = (party["organization"] or party["country"])["name"]
        for one in party["bindings"]:
            start = _day(one["start"])
            if start is not None and one["is_bound"] in _BINDINGS:
                drawn, state = _BINDINGS[one["is_bound"]]
                yield Span(name, start, _day(one["end"]), drawn, f"{name}: {_said(state, one)}")


def _said(what: str, period: dict[str, Any]) -> str:
    words = {"what": said(what), "start": readable_date(period["start"]), "end": readable_date(period["end"])}
    if not words["end"]:
        return gettext("%(what)s from %(start)s") % words
    return gettext("%(what)s from %(start)s until %(end)s") % words


def _by(what: str, who: str) -> str:
    return gettext("%(what)s by %(who)s") % {"what": what, "who": who} if who else what


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
