"""The brief on a counterpart: all there is, before a meeting, under the reader's own rights."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from engagements.reports.services.contacts import LAST, contacts_of, lines_of
from engagements.reports.services.counterparts import Counterpart, about, functions_on
from engagements.reports.services.lines import (
    About,
    AgreementInForce,
    Binding,
    ContactLine,
    Deadline,
    Function,
    Mention,
    Met,
    Owed,
    marking_of,
    mention,
)
from engagements.reports.services.owed import owed_with
from engagements.reports.services.people import bound_by, people_met
from engagements.reports.services.standing import agreements_in_force, decisions_that_bind, nearest
from sgoffice.records.actors import Actor


@dataclass(frozen=True, kw_only=True)
class Brief:
    """What is known of a counterpart on a day. Its marking is the highest of what it mentions."""

    counterpart: Mention
    on: date
    marking: str
    about: tuple[About, ...]
    functions: tuple[Function, ...]
    contacts_total: int
    last_contacts: tuple[ContactLine, ...]
    next_contact: ContactLine | None
    to_confirm: tuple[ContactLine, ...]
    action_items: Owed
    agreements: tuple[AgreementInForce, ...]
    nearest_deadline: Deadline | None
    decisions: tuple[Binding, ...]
    people: tuple[Met, ...]
    people_total: int


def brief_on(counterpart: Counterpart, on: date, *, actor: Actor, at: datetime) -> Brief:
    """Gather the brief on a counterpart for a day; what the reader may not see is not in it, and counts nowhere.

    `at` is the instant by which engagements are past their end. Held engagements are contacts, nothing else is.
    """
    contacts = contacts_of(counterpart.engagements(actor), at=at)
    held, following, open_ = contacts.held_until(on), contacts.next_after(on), contacts.to_confirm(on)
    last = held[:LAST]
    wanted = [*last, *open_, *([following] if following else [])]
    lines = lines_of(wanted, counts=counterpart.counts, actor=actor)
    functions = functions_on(counterpart, on)
    bound = bound_by(counterpart, functions, last)
    agreements = agreements_in_force(bound, on, actor=actor)
    people, people_total = people_met(counterpart, held)
    parts: dict[str, Any] = {
        "counterpart": mention(counterpart.record),
        "about": about(counterpart),
        "functions": functions,
        "last_contacts": tuple(lines[key] for key in last if key in lines),
        "next_contact": lines.get(following) if following else None,
        "to_confirm": tuple(lines[key] for key in open_ if key in lines),
        "action_items": owed_with(counterpart, bound, contacts.ids, on, actor=actor),
        "agreements": agreements,
        "nearest_deadline": nearest(agreements),
        "decisions": decisions_that_bind(bound, contacts.ids, on, actor=actor),
        "people": people,
    }
    return Brief(
        on=on, marking=marking_of(*parts.values()), contacts_total=len(held), people_total=people_total, **parts
    )
