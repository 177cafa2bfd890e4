"""The reports of figures that there are: what each takes, and what makes it. API and desk read the same parameters."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from engagements.reports.services.activity import MOST_DAYS, activity, annual
from engagements.reports.services.coverage import coverage
from engagements.reports.services.figures import FigureReport, Period
from engagements.reports.services.fulfilment import follow_up, promises
from sgoffice.records.actors import Actor

_WITHIN = 365
_YEARS = range(1900, 2201)
_DIGITS = 4


class UnclearParameter(Exception):
    """A parameter of a report cannot be read."""

    def __init__(self, name: str, advice: str) -> None:
        super().__init__(advice)
        self.name, self.advice = name, advice


@dataclass(frozen=True)
class Asked:
    """What is asked of a report, as it was written, and the day of the reader."""

    given: Mapping[str, str]
    today: date

    def day(self, name: str, default: date) -> date:
        text = self.given.get(name) or ""
        if not text:
            return default
        try:
            found = date.fromisoformat(text) if len(text) == len("2016-11-21") else None
        except ValueError:
            found = None
        if found is None or found.year not in _YEARS:
            raise UnclearParameter(name, "Write a day such as 2016-11-21.")
        return found

    def number(self, name: str, default: int, among: range) -> int:
        text = self.given.get(name) or ""
        if not text:
            return default
        if not (text.isascii() and text.isdigit() and len(text) <= _DIGITS and int(text) in among):
            raise UnclearParameter(name, f"Write a number from {among[0]} to {among[-1]}.")
        return int(text)

    @property
    def period(self) -> Period:
        """From the first day of the year of `until` on; until today."""
        last = self.day("until", self.today)
        first = self.day("from", last.replace(month=1, day=1))
        if last < first:
            raise UnclearParameter("until", "This is before `from`: exchange the two.")
        if (last - first).days > MOST_DAYS:
            raise UnclearParameter("until", f"A period has at most {MOST_DAYS} days.")
        return Period(first, last)


@dataclass(frozen=True)
class ReportKind:
    """A report: how it is called, what it says, its parameters, and what makes it."""

    title: str
    sentence: str
    parameters: tuple[str, ...]
    make: Callable[[Asked, Actor], FigureReport]


_PERIOD = ("from", "until")
REPORTS: Mapping[str, ReportKind] = {
    "activity": ReportKind(
        "Activity",
        "What was held in a period, by month, kind, region, level and topic.",
        _PERIOD,
        lambda asked, by: activity(asked.period, by=by),
    ),
    "coverage": ReportKind(
        "Coverage",
        "When each country, region, organization and level was last met, and who was not met within a number of days.",
        ("on", "within"),
        lambda asked, by: coverage(
            asked.day("on", asked.today), asked.number("within", _WITHIN, range(1, MOST_DAYS + 1)), by=by
        ),
    ),
    "promises": ReportKind(
        "Promises",
        "What was due in a period, of both sides: kept in time, kept late, open, overdue.",
        _PERIOD,
        lambda asked, by: promises(asked.period, asked.today, by=by),
    ),
    "follow-up": ReportKind(
        "Follow-up on decisions",
        "What the sessions of a period decided, what that asks of us, and what is not completed.",
        _PERIOD,
        lambda asked, by: follow_up(asked.period, by=by),
    ),
    "annual": ReportKind(
        "The year",
        "Meetings, visits, countries and days abroad of a year, by level and topic, against the year before.",
        ("year",),
        lambda asked, by: annual(asked.number("year", asked.today.year, _YEARS), by=by),
    ),
}


def make_report(name: str, given: Mapping[str, str], *, by: Actor, today: date) -> FigureReport:
    """Return a report of REPORTS under the rights of its reader; raises UnclearParameter."""
    return REPORTS[name].make(Asked(given, today), by)
