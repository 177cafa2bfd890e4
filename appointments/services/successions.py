"""What a succession says in words and days: the sentence on who holds a post, and when surely nobody did."""

from datetime import date, timedelta

from appointments.models import Appointment
from appointments.rules import Life
from appointments.services.holders import PostHolders
from sgoffice.records.date_words import day_in_words, partial_date_in_words
from sgoffice.records.partial_dates import PartialDate


def vacancies_of(holders: list[Appointment], today: date, life: Life) -> list[tuple[date, date]]:
    """Return the days on which the post surely existed and nobody held it; none where either is in doubt."""
    gaps: list[tuple[date, date]] = []
    covered: date | None = None
    for one in holders:
        start = one.start_earliest or one.during.lower
        if covered is not None and covered < start:
            gaps.append((covered, start))
        covered = max(covered or date.min, _surely_over(one))
    if covered is not None and covered < today:
        gaps.append((covered, today))
    return [gap for gap in (life.within(*one) for one in gaps) if gap is not None]


def _surely_over(one: Appointment) -> date:
    """Return the first day on which a term is surely over; without a recorded end there is none."""
    if one.end_latest is None:
        return date.max
    return one.end_latest if one.end_earliest == one.end_latest else one.end_latest + timedelta(days=1)


_DAYS = "the exact days are not known."


def sentence_of(found: PostHolders, on: date) -> str:
    """Say who holds a post on a day, as far as is known."""
    if not found.exists:
        if found.exists_since:
            return f"The post did not exist: it was created {_when(found.exists_since)}."
        return f"The post no longer exists: it ceased to exist {_when(found.existed_until)}."
    acting = " or ".join(one.person.name for one in found.acting)
    if not found.holders and not acting:
        if found.is_certain:
            return "Nobody is known to hold the post."
        return f"Who will hold the post on {day_in_words(on)} is not known."
    if not acting:
        return _held(found)
    whom = "for the holder" if found.holders else "in the post"
    scope = f", for this: {found.acting[0].scope}" if len(found.acting) == 1 and found.acting[0].scope else ""
    said = f"{acting} acts {whom}{scope}." if found.is_acting_certain else f"{acting} may act {whom}: {_DAYS}"
    return f"{_held(found)} {said}" if found.holders else said


def _when(text: str) -> str:
    """Say a day, a month or a year in a sentence: “on 7 November 2014”, “in 1932”."""
    day = PartialDate.parse(text)
    return f"{'on' if day.is_exact else 'in'} {partial_date_in_words(day)}"


def _held(found: PostHolders) -> str:
    """Say who holds the post; between two terms of one person only the day on which the next one began is in doubt."""
    people = list(dict.fromkeys(one.person.name for one in found.holders))
    if len(people) > 1:
        return f"{' or '.join(people)}: the exact day of the handover is not known."
    if len(found.holders) > 1:
        return f"{people[0]} holds the post: on which day the next term began is not known."
    return f"{people[0]} holds the post." if found.is_certain else f"{people[0]} may hold the post: {_DAYS}"
