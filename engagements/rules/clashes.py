"""When the principal would have to be in two places: warnings about the log's other engagements, and about sessions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from engagements.rules.principals import EngagementWarning
from engagements.rules.times import Days
from sgoffice.directory.rules import fold

_A_DAY = timedelta(days=1)
#: From one city to the next in a country, and from one country to another: less is not enough, whatever the distance.
_WITHIN_A_COUNTRY, _ABROAD = timedelta(hours=1), timedelta(hours=2)


@dataclass(frozen=True)
class Whereabouts:
    """Where the principal is to be, and when; without hours for whole days."""

    days: Days
    city: str
    country: str | None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    in_person: bool = True

    @property
    def hours(self) -> tuple[datetime, datetime] | None:
        """Return start and end of what lasts less than a day: a visit contains its meetings, and is no hour of them."""
        if self.starts_at is None or self.ends_at is None or self.ends_at - self.starts_at >= _A_DAY:
            return None
        return self.starts_at, self.ends_at

    def shares_hours(self, other: "Whereabouts") -> bool:
        """Tell whether both have hours, and some in common."""
        mine, its = self.hours, other.hours
        return mine is not None and its is not None and mine[0] < its[1] and its[0] < mine[1]

    def is_abroad(self, other: "Whereabouts") -> bool:
        """Tell whether both are in person, in countries that are known and differ."""
        are_known = bool(self.country and other.country)
        return self.in_person and other.in_person and are_known and self.country != other.country

    def is_elsewhere(self, other: "Whereabouts") -> bool:
        """Tell whether both are in person and certainly not in one city."""
        if not (self.in_person and other.in_person):
            return False
        cities = {fold(self.city), fold(other.city)}
        return self.is_abroad(other) or (self.country == other.country and "" not in cities and len(cities) > 1)

    def leaves_no_time_to_travel(self, other: "Whereabouts") -> bool:
        """Tell whether the time between both, in one city and in another, is less than any way takes."""
        mine, its = self.hours, other.hours
        if mine is None or its is None or self.shares_hours(other) or not self.is_elsewhere(other):
            return False
        between = its[0] - mine[1] if mine[1] <= its[0] else mine[0] - its[1]
        return between < (_ABROAD if self.is_abroad(other) else _WITHIN_A_COUNTRY)

    def is_in_another_country_that_day(self, other: "Whereabouts") -> bool:
        """Tell whether one of them lasts whole days in another country, days of arrival and departure aside."""
        if not self.is_abroad(other) or not (self.days.is_exact and other.days.is_exact):
            return False
        if self.hours is not None and other.hours is not None:
            return False  # the hours decide
        first, last = max(self.days.earliest, other.days.earliest), min(self.days.latest, other.days.latest)
        if first > last:
            return False
        return first < last or not any(_travels_on(one.days, first) for one in (self, other))


def _travels_on(days: Days, day: object) -> bool:
    """Tell whether a day is the first or the last of several."""
    return days.earliest != days.latest and day in (days.earliest, days.latest)


def warn_of_clashes(name: str, own: Whereabouts, others: Sequence[tuple[str, Whereabouts]]) -> list[EngagementWarning]:
    """Warn of other engagements of the principal, by reference: at these hours, too near to travel, abroad."""
    booked = [reference for reference, other in others if own.shares_hours(other)]
    hurried = [reference for reference, other in others if own.leaves_no_time_to_travel(other)]
    away = [reference for reference, other in others if own.is_in_another_country_that_day(other)]
    rows = [
        ("double-booked", booked, f"{name} is at {{}} at that time.", "/starts_at"),
        ("no-time-to-travel", hurried, f"{name} has no time to travel between this and {{}}.", "/starts_at"),
        ("in-another-country", away, f"{name} is in another country on these days: {{}}.", "/held"),
    ]
    return [
        EngagementWarning(rule, sentence.format(", ".join(references)), pointer)
        for rule, references, sentence, pointer in rows
        if references
    ]


def warn_of_sessions(own: Whereabouts, sessions: Sequence[tuple[str, Whereabouts]]) -> list[EngagementWarning]:
    """Warn of sessions of our own bodies in another city on these days; each is given with its name and dates."""
    if not own.days.is_exact:
        return []
    return [
        EngagementWarning("during-a-session", f"{name} is held at that time.", "/held")
        for name, session in sessions
        if own.days.earliest <= session.days.latest
        and session.days.earliest <= own.days.latest
        and own.is_elsewhere(session)
    ]
