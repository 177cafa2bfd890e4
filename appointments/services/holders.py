"""Who holds a post on a day, as far as is known."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from appointments.models import Appointment, Post
from appointments.services.term_checks import life_of
from appointments.vocabulary import AppointmentKind, AppointmentState
from sgoffice.changes import clock
from sgoffice.directory.services import register_office_source
from sgoffice.records.actors import Actor
from sgoffice.records.models import SearchRow
from sgoffice.records.partial_dates import PartialDate
from sgoffice.search import Word, tsquery

_MOST = 20  # people


@dataclass(frozen=True)
class PostHolders:
    """Who holds a post on a day. With several `holders` the day is near an imprecise handover and nothing is certain.

    On an exact handover day the incoming holder holds the post, and `outgoing` names the one who leaves.
    """

    on: date
    holders: tuple[Appointment, ...]
    outgoing: tuple[Appointment, ...]
    acting: tuple[Appointment, ...]
    is_certain: bool
    is_acting_certain: bool = True
    #: Whether the post existed; if not, nobody held it and it was not vacant.
    exists: bool = True
    #: Where it did not exist: since when it did, or until when, as far as known.
    exists_since: str = ""
    existed_until: str = ""


def find_holders(post: Post, on: date, *, actor: Actor) -> PostHolders:
    """Return the holders of a post on a day, among the appointments that the actor may see."""
    life = life_of(post)
    if life.is_before(on):
        return PostHolders(on, (), (), (), is_certain=True, exists=False, exists_since=post.founding_date or "")
    if life.is_over(on):
        return PostHolders(on, (), (), (), is_certain=True, exists=False, existed_until=post.dissolution_date or "")
    found = list(_candidates(post.pk, on, on, actor))
    acting = tuple(one for one in found if one.kind == AppointmentKind.ACTING)
    others = [one for one in found if one.kind != AppointmentKind.ACTING]
    outgoing = tuple(one for one in others if _leaves_exactly(one, on))
    holders = tuple(one for one in others if one not in outgoing)
    surely = tuple(one for one in holders if not _is_doubtful(one, on))
    if surely:
        # a post has one holder: who only may have held it did not, nor who acted until that one came
        holders = surely
        acting = tuple(one for one in acting if not _is_relieved(one, surely, on))
    acting_doubtful = any(_is_doubtful(one, on) for one in acting)
    # who holds the post is not in doubt because of who may have acted until then
    doubtful = len(holders) > 1 or any(_is_doubtful(one, on) for one in holders) or (acting_doubtful and not holders)
    # who comes to hold a post after everything that is recorded is decided later
    is_open = not holders and on > clock.day_of_transaction()
    return PostHolders(
        on, holders, outgoing, acting, is_certain=not (doubtful or is_open), is_acting_certain=not acting_doubtful
    )


def end_of(appointment: Appointment) -> str | None:
    """Return when a term ends, no more exactly than it is known: as recorded, as expected, else by the rule."""
    during = appointment.during
    if appointment.end or appointment.expected_end or during is None or during.upper is None:
        return appointment.end or appointment.expected_end
    start = appointment.start or ""
    precise = during.upper.isoformat()
    # the rule counts from the start: a term that began in a month ends in a month
    return precise[: len(start)] if len(start) in (4, 7, 10) and start.replace("-", "").isdigit() else precise[:4]


def days_left(found: PostHolders) -> int | None:
    """Return how many days the term of the certain holder has left on the day that was asked about.

    None where the last day is not known, and for a term that is over: when it would end was not known on its days.
    """
    if not found.is_certain or not found.holders or found.holders[0].state == AppointmentState.ENDED:
        return None
    end = end_of(found.holders[0]) or ""
    return (date.fromisoformat(end) - found.on).days if len(end) == len("2029-11-07") else None


@register_office_source
def find_people_by_post(words: tuple[Word, ...], by: Actor) -> Iterator[tuple[UUID, str]]:
    """Yield who held posts that are found by these words, the newest first, and as what."""
    posts = SearchRow.objects.visible_to(by).live().filter(kind=Post.record_kind).holding(tsquery(words))
    rows = Appointment.objects.visible_to(by).live().filter(post__in=posts.values("pk"))
    for one in rows.select_related("post__organization").order_by("-start_earliest", "-pk")[:_MOST]:
        since = f" since {one.start}" if one.start else ""
        yield one.person_id, f"{one.title or one.post.label}, {one.post.organization}{since}"


def _candidates(post_id: UUID, first: date, last: date, actor: Actor) -> list[Appointment]:
    rows = Appointment.objects.visible_to(actor).live().of_post(post_id).perhaps_in_office(first, last)
    return [
        one
        for one in rows.select_related("person", "post", "proposed_by", "appointed_by").order_by("start_earliest")
        # without an end of its own the term ends with its range, which excludes the upper day
        if one.end_latest is not None or one.during.upper is None or first < one.during.upper or _may_last(one, first)
    ]


def _leaves_exactly(one: Appointment, on: date) -> bool:
    return one.end_earliest == one.end_latest == on


def _may_last(one: Appointment, on: date) -> bool:
    """Whether a term whose end is not recorded is expected to end in a month or a year that has not passed."""
    expected = PartialDate.parse(one.expected_end) if one.expected_end else None
    return expected is not None and not expected.is_exact and on <= expected.latest


def _is_relieved(one: Appointment, holders: tuple[Appointment, ...], on: date) -> bool:
    """Whether somebody acts no more: since exactly this day, or since one of these came, where the end is not exact."""
    if _leaves_exactly(one, on):
        return True
    start = one.start_latest
    came = [other.start_earliest for other in holders if other.start_earliest is not None]
    return _is_doubtful(one, on) and start is not None and any(start < day for day in came)


def _is_doubtful(one: Appointment, on: date) -> bool:
    if one.end is None and one.expected_end and not (expected := PartialDate.parse(one.expected_end)).is_exact:
        return on >= expected.earliest
    starts = one.start_latest is not None and one.start_earliest != one.start_latest and on <= one.start_latest
    ends = one.end_earliest is not None and one.end_earliest != one.end_latest and on >= one.end_earliest
    return bool(starts or ends)
