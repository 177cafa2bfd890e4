"""When two engagements may be the same: same days and hours, same place, a common counterpart; and when nearly so."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from engagements.rules.times import Days
from sgoffice.directory.counterparts import Counterparts
from sgoffice.directory.rules import fold, likeness

_A_DAY, _AN_HOUR = timedelta(days=1), timedelta(hours=1)
_ANOTHER_NAME = 0.6  # of likeness: names of one city in two languages
_ONE_CITY = 0.85  # of likeness: from here on two spellings may be of one city


def may_be_one_delegation(one: Counterparts, other: Counterparts) -> bool:
    """Tell whether both may be one delegation: a person in common, or a body where one of them names nobody."""
    if one.people and other.people:
        return bool(one.people & other.people)
    return bool(one.organizations & other.organizations or one.countries & other.countries)


def have_a_person_in_common(one: Counterparts, other: Counterparts) -> bool:
    return bool(one.people & other.people)


@dataclass(frozen=True)
class TimeAndPlace:
    """When and where an engagement was; without an end it is taken to last an hour."""

    days: Days
    city: str
    country: str | None
    starts_at: datetime | None = None
    ends_at: datetime | None = None

    def may_be(self, other: "TimeAndPlace") -> bool:
        """Tell whether both may be of the same engagement: its meetings at other hours of the day are others."""
        return _same_days(self.days, other.days) and _same_place(self, other) and not self.is_at_other_hours(other)

    def is_at_other_hours(self, other: "TimeAndPlace") -> bool:
        """Tell whether the hours of both are known and have none in common."""
        if self.starts_at is None or other.starts_at is None:
            return False
        end, its_end = self.ends_at or self.starts_at + _AN_HOUR, other.ends_at or other.starts_at + _AN_HOUR
        return self.starts_at >= its_end or other.starts_at >= end

    def nearness(self, other: "TimeAndPlace") -> str:
        """Return in what way they differ if one may be the other with a slip or less precise; nothing if they do not.

        To be asked of two that may not simply be the same.
        """
        if not _same_place(self, other) and not _alike_places(self, other):
            return ""
        if _same_days(self.days, other.days):
            return "at other hours" if self.is_at_other_hours(other) else "in a city that is spelled nearly so"
        if self.days.is_exact and other.days.is_exact:
            apart = max(self.days.earliest - other.days.latest, other.days.earliest - self.days.latest)
            return "a day apart" if apart == _A_DAY else ""
        may_overlap = self.days.earliest <= other.days.latest and other.days.earliest <= self.days.latest
        return "on a day that may be the same" if may_overlap else ""

    def may_be_there_by_another_name(self, other: "TimeAndPlace") -> bool:
        """Tell whether both are of one day in cities whose names may be of one: Kyiv and Kiev, Vienna and Wien, Київ.

        To be asked of two with a person in common only: Bern and Berlin are alike, too.
        """
        is_one_day = self.days.earliest == self.days.latest == other.days.earliest == other.days.latest
        if not is_one_day or not _same_country(self, other) or self.is_at_other_hours(other):
            return False
        cities = fold(self.city), fold(other.city)
        is_in_two_scripts = cities[0].isascii() is not cities[1].isascii()
        return is_in_two_scripts or likeness(*cities) >= _ANOTHER_NAME


def _same_days(one: Days, other: Days) -> bool:
    """Exact days match when they overlap; an imprecise date matches only itself."""
    if one.is_exact and other.is_exact:
        return one.earliest <= other.latest and other.earliest <= one.latest
    return one.text == other.text


def _same_place(one: TimeAndPlace, other: TimeAndPlace) -> bool:
    """Tell whether both may be the same place: a missing city may be any in the country."""
    return _same_country(one, other) and (not one.city or not other.city or fold(one.city) == fold(other.city))


def _alike_places(one: TimeAndPlace, other: TimeAndPlace) -> bool:
    cities = fold(one.city), fold(other.city)
    return _same_country(one, other) and likeness(*cities) >= _ONE_CITY


def _same_country(one: TimeAndPlace, other: TimeAndPlace) -> bool:
    return not one.country or not other.country or one.country == other.country
