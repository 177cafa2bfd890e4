"""Briefs: what is known of counterparts before a meeting, under the reader's own rights.

A brief on one counterpart and the short briefs of a programme are read by one function, in as many queries for one
counterpart as for two hundred. Who somebody is stands in `counterparts`, meetings in `contacts`, agreements, decisions
and action items in `obligations`.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from engagements.reports.services.agreement_lines import agreements_with, nearest_deadline
from engagements.reports.services.concerns import Concerns, concerns_of
from engagements.reports.services.contacts import LAST, Contacts, contacts_with, line_readers, people_met
from engagements.reports.services.counterparts import Counterpart, about, functions_of, memberships_on
from engagements.reports.services.obligations import (
    all_bound,
    bound_by,
    capacities_at,
    decisions_that_bind,
    merged_for,
    open_items_with,
)
from engagements.reports.services.report_types import (
    AgreementLine,
    BindingDecision,
    ContactLine,
    CounterpartFact,
    Deadline,
    Function,
    Mention,
    OpenItem,
    OwedItems,
    PersonMet,
    marking_of,
    mention,
)
from sgoffice.directory.counterparts import Counterparts, Key
from sgoffice.records.actors import Actor
from sgoffice.records.together import read_together

#: Action items of each side in a short brief.
MOST_ITEMS = 20


@dataclass(frozen=True, kw_only=True)
class Brief:
    """What is known of a counterpart on a day. Its marking is the highest of what it mentions."""

    counterpart: Mention
    on: date
    marking: str
    about: tuple[CounterpartFact, ...]
    functions: tuple[Function, ...]
    contacts_total: int
    last_contacts: tuple[ContactLine, ...]
    next_contact: ContactLine | None
    to_confirm: tuple[ContactLine, ...]
    action_items: OwedItems
    agreements: tuple[AgreementLine, ...]
    nearest_deadline: Deadline | None
    decisions: tuple[BindingDecision, ...]
    people: tuple[PersonMet, ...]
    people_total: int


@dataclass(frozen=True, kw_only=True)
class ShortBrief:
    """What to know of a counterpart at a glance; the brief at `brief_url` says more."""

    counterpart: Mention
    brief_url: str
    contacts_total: int
    last_contact: ContactLine | None
    ours: tuple[OpenItem, ...]
    theirs: tuple[OpenItem, ...]
    agreements: tuple[AgreementLine, ...]
    nearest_deadline: Deadline | None


@dataclass(frozen=True)
class _Known:
    """What every brief on a counterpart rests on. `bound`: all for whom the counterparts stand that were read."""

    contacts: Contacts
    held: list[UUID]
    functions: tuple[Function, ...]
    bound: Counterparts
    agreements: tuple[AgreementLine, ...]
    items: OwedItems
    #: Of the engagements those that concern a decision.
    deciding: Sequence[UUID]


def brief_on(counterpart: Counterpart, on: date, *, actor: Actor, at: datetime) -> Brief:
    """Return the brief on a counterpart for a day; what the reader may not see is not in it, and counts nowhere.

    `at` is the instant by which engagements are past their end. Only held engagements are contacts.
    """
    return brief_and_contacts(counterpart, on, actor=actor, at=at)[0]


def brief_and_contacts(counterpart: Counterpart, on: date, *, actor: Actor, at: datetime) -> tuple[Brief, Contacts]:
    """Return the brief with all engagements from which it is made."""
    [known], _ = _read([counterpart], on, meetings=(), actor=actor, at=at)
    last, following = known.held[:LAST], known.contacts.next_after(on)
    to_confirm = known.contacts.to_confirm(on)
    readers = line_readers([*last, *to_confirm, *([following] if following else [])], actor=actor)
    lines = {pk: line(counterpart.counts) for pk, line in readers.items()}
    people, people_total = people_met(counterpart, known.held)
    parts: dict[str, Any] = {
        "counterpart": mention(counterpart.record),
        "about": about(counterpart),
        "functions": known.functions,
        "last_contacts": tuple(lines[pk] for pk in last if pk in lines),
        "next_contact": lines.get(following) if following else None,
        "to_confirm": tuple(lines[pk] for pk in to_confirm if pk in lines),
        "action_items": known.items,
        "agreements": known.agreements,
        "nearest_deadline": nearest_deadline(known.agreements),
        "decisions": decisions_that_bind(known.bound, known.deciding, on, actor=actor),
        "people": people,
    }
    brief = Brief(
        on=on, marking=marking_of(*parts.values()), contacts_total=len(known.held), people_total=people_total, **parts
    )
    return brief, known.contacts


def short_briefs(
    counterparts: Sequence[Counterpart], on: date, *, meetings: Collection[UUID], actor: Actor
) -> tuple[dict[Key, ShortBrief], dict[UUID, tuple[OpenItem, ...]]]:
    """Return short briefs for a day by counterpart, and what is open of the list of each of the meetings.

    The meetings themselves are no earlier contacts.
    """
    known, lists = _read(counterparts, on, meetings=meetings, actor=actor)
    readers = line_readers({one.held[0] for one in known if one.held}, actor=actor)

    def last(counterpart: Counterpart, held: list[UUID]) -> ContactLine | None:
        return readers[held[0]](counterpart.counts) if held and held[0] in readers else None

    briefs = {
        counterpart.key: ShortBrief(
            counterpart=mention(counterpart.record),
            brief_url=f"/api/v1/counterparts/{counterpart.key.kind}/{counterpart.record.pk}/brief",
            contacts_total=len(one.held),
            last_contact=last(counterpart, one.held),
            ours=one.items.ours[:MOST_ITEMS],
            theirs=one.items.theirs[:MOST_ITEMS],
            agreements=one.agreements,
            nearest_deadline=nearest_deadline(one.agreements),
        )
        for counterpart, one in zip(counterparts, known, strict=True)
    }
    return briefs, lists


def _read(
    counterparts: Sequence[Counterpart],
    on: date,
    *,
    meetings: Collection[UUID],
    actor: Actor,
    at: datetime | None = None,
) -> tuple[list[_Known], dict[UUID, tuple[OpenItem, ...]]]:
    contacts = contacts_with(counterparts, actor=actor, at=at)
    held = [[pk for pk in one.held_until(on) if pk not in meetings] for one in contacts]
    last = [ids[0] if ids else None for ids in held]
    roles_asked, said_asked = memberships_on(counterparts, on, actor=actor), capacities_at(counterparts, last)
    merged_asked = merged_for(counterparts, roles_asked, said_asked)
    roles, said, merged, *few = read_together(
        roles_asked, said_asked, merged_asked, *concerns_of(contacts, actor=actor)
    )
    concerns = Concerns.of(*few)
    functions = functions_of(counterparts, roles)
    bound = bound_by(counterparts, functions, last, said)
    everyone_bound = all_bound(counterparts, bound, merged)
    agreements = agreements_with(bound, everyone_bound, on, actor=actor)
    items, lists = open_items_with(
        counterparts, bound, everyone_bound, contacts, on, promised=concerns.items, meetings=meetings, actor=actor
    )
    known = [
        _Known(one, ids, own, everyone_bound, lines, owed, concerns.engagements)
        for one, ids, own, lines, owed in zip(contacts, held, functions, agreements, items, strict=True)
    ]
    return known, lists
