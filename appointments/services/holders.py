"""Who holds a post on a day, as far as is known."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from appointments.models import Appointment
from appointments.vocabulary import AppointmentKind
from sgoffice.records.actors import Actor


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


def find_holders(post_id: UUID, on: date, *, actor: Actor) -> PostHolders:
    """Return the holders of a post on a day, among the appointments that the actor may see."""
    found = list(_candidates(post_id, on, on, actor))
    acting = tuple(one for one in found if one.kind == AppointmentKind.ACTING)
    others = [one for one in found if one.kind != AppointmentKind.ACTING]
    outgoing = tuple(one for one in others if _leaves_exactly(one, on))
    holders = tuple(one for one in others if one not in outgoing)
    doubtful = len(holders) > 1 or any(_is_doubtful(one, on) for one in holders)
    return PostHolders(on, holders, outgoing, acting, is_certain=not doubtful)


def _candidates(post_id: UUID, first: date, last: date, actor: Actor) -> list[Appointment]:
    rows = Appointment.objects.visible_to(actor).live().of_post(post_id).perhaps_in_office(first, last)
    return [
        one
        for one in rows.select_related("person", "post", "proposed_by", "appointed_by").order_by("start_earliest")
        # without an end of its own the term ends with its range, which excludes the upper day
        if one.end_latest is not None or one.during.upper is None or first < one.during.upper
    ]


def _leaves_exactly(one: Appointment, on: date) -> bool:
    return one.end_earliest == one.end_latest == on


def _is_doubtful(one: Appointment, on: date) -> bool:
    starts = one.start_latest is not None and one.start_earliest != one.start_latest and on <= one.start_latest
    ends = one.end_earliest is not None and one.end_earliest != one.end_latest and on >= one.end_earliest
    return bool(starts or ends)
