"""When two engagements may be the same: same days, same place, a common counterpart."""

from dataclasses import dataclass

from engagements.rules.times import Days
from sgoffice.directory.counterparts import Counterparts
from sgoffice.directory.rules import fold


def may_be_one_delegation(one: Counterparts, other: Counterparts) -> bool:
    """Tell whether both may be one delegation: a person in common, or a body where one of them names nobody."""
    if one.people and other.people:
        return bool(one.people & other.people)
    return bool(one.organizations & other.organizations or one.countries & other.countries)


@dataclass(frozen=True)
class TimeAndPlace:
    """When and where an engagement was."""

    days: Days
    city: str
    country: str | None

    def may_be(self, other: "TimeAndPlace") -> bool:
        """Tell whether both may be of the same engagement."""
        return _same_days(self.days, other.days) and _same_place(self, other)


def _same_days(one: Days, other: Days) -> bool:
    """Exact days match when they overlap; an imprecise date matches only itself."""
    if one.is_exact and other.is_exact:
        return one.earliest <= other.latest and other.earliest <= one.latest
    return one.text == other.text


def _same_place(one: TimeAndPlace, other: TimeAndPlace) -> bool:
    """Tell whether both may be the same place: a missing city may be any in the country."""
    if one.country and other.country and one.country != other.country:
        return False
    return not one.city or not other.city or fold(one.city) == fold(other.city)
