"""Short briefs on many counterparts at once, in as many queries as on one."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Q

from appointments.models import Mandate
from engagements.agreements.models import Agreement
from engagements.models import ActionItem, Capacity, Engagement, Participant
from engagements.querysets import COUNTS_FOR_COUNTRY
from engagements.reports.services.contacts import one_of, readers_of
from engagements.reports.services.lines import AgreementInForce, ContactLine, Deadline, Mention, OpenItem, mention
from engagements.reports.services.owed import about_of, item_lines, open_items, owed_under
from engagements.reports.services.standing import Bound, in_force, nearest, read_in_force
from engagements.reports.vocabulary import CounterpartKind
from engagements.vocabulary import EngagementStatus, Owing, Side
from sgoffice.directory.models import Country, Organization, Person
from sgoffice.directory.vocabulary import SPEAKS_FOR_COUNTRY
from sgoffice.records.actors import Actor

MOST_ITEMS = 20
_READ = (
    "engagement", "engagement__status", "engagement__held_earliest", "engagement__sort_day", "engagement__sort_rank",
    "engagement__sort_at",
)  # fmt: skip


class Key(NamedTuple):
    """A counterpart: its kind, and its id or the code of the country."""

    kind: str
    key: Any


@dataclass(frozen=True, kw_only=True)
class ShortBrief:
    """What to know of a counterpart at a glance; the brief says more."""

    counterpart: Mention
    brief_url: str
    contacts_total: int
    last_contact: ContactLine | None
    ours: tuple[OpenItem, ...]
    theirs: tuple[OpenItem, ...]
    agreements: tuple[AgreementInForce, ...]
    nearest_deadline: Deadline | None


@dataclass(frozen=True)
class _Known:
    """What stands for each counterpart: what was merged into it, and which bodies count for a country."""

    keys: tuple[Key, ...]
    people: dict[UUID, list[Key]] = field(default_factory=lambda: defaultdict(list))
    organizations: dict[UUID, list[Key]] = field(default_factory=lambda: defaultdict(list))
    countries: dict[str, list[Key]] = field(default_factory=lambda: defaultdict(list))


def counterparts_among(participants: Iterable[Participant]) -> tuple[Key, ...]:
    """Return the counterparts of participants on their side: countries and organizations, people who name neither.

    An organization that counts for a country is told of with the country.
    """
    found: dict[Key, None] = {}
    for participant in participants:
        capacities = list(participant.capacities.all())
        bodies = [one for one in (participant.organization, *(c.organization for c in capacities)) if one is not None]
        named = [Key(CounterpartKind.COUNTRY, one.country_id) for one in capacities if one.country_id]
        for body in bodies:
            if body.country_id and body.classification in COUNTS_FOR_COUNTRY:
                named.append(Key(CounterpartKind.COUNTRY, body.country_id))
            else:
                named.append(Key(CounterpartKind.ORGANIZATION, body.merged_into_id or body.pk))
        if not named and participant.person is not None:
            named.append(Key(CounterpartKind.PERSON, participant.person.merged_into_id or participant.person.pk))
        found |= dict.fromkeys(named)
    return tuple(found)


def short_briefs(keys: tuple[Key, ...], on: date, *, without: Iterable[UUID], actor: Actor) -> dict[Key, ShortBrief]:
    """Return the short briefs for a day; engagements of the programme itself are no earlier contacts."""
    known = _read_known(keys)
    rows = Engagement.objects.visible_to(actor).live()
    met = _engagements(known, rows)
    held = {key: _held(found, on, set(without)) for key, found in met.items()}
    last = {key: found[0] for key, found in held.items() if found}
    lines = _last_lines(last, known, actor)
    items = _items(known, met, on, actor)
    agreements = _agreements(known, on, actor)
    return {
        key: ShortBrief(
            counterpart=mention(record),
            brief_url=f"/api/v1/counterparts/{key.kind}/{record.pk}/brief",
            contacts_total=len(held.get(key, ())),
            last_contact=lines.get(key),
            ours=tuple(one for one in items[key] if one.owed_by == Owing.OURS)[:MOST_ITEMS],
            theirs=tuple(one for one in items[key] if one.owed_by == Owing.THEIRS)[:MOST_ITEMS],
            agreements=tuple(agreements[key]),
            nearest_deadline=nearest(agreements[key]),
        )
        for key, record in _records(keys).items()
    }


def _read_known(keys: tuple[Key, ...]) -> _Known:
    known = _Known(keys)
    by_kind: dict[str, dict[Any, Key]] = defaultdict(dict)
    for key in keys:
        by_kind[key.kind][key.key] = key
    people, organizations = by_kind[CounterpartKind.PERSON], by_kind[CounterpartKind.ORGANIZATION]
    for model, found, wanted in ((Person, known.people, people), (Organization, known.organizations, organizations)):
        rows: Any = model._default_manager.filter(Q(pk__in=wanted) | Q(merged_into__in=wanted))
        for record_id, survivor in rows.values_list("pk", "merged_into"):
            found[record_id].append(wanted[survivor if survivor in wanted else record_id])
    countries = by_kind[CounterpartKind.COUNTRY]
    for code, key in countries.items():
        known.countries[code].append(key)
    bodies: Any = Organization.objects
    speaking = bodies.filter(country__in=countries, classification__in=COUNTS_FOR_COUNTRY)
    for body_id, code in speaking.values_list("pk", "country"):
        known.organizations[body_id].append(countries[code])
    return known


def _records(keys: tuple[Key, ...]) -> dict[Key, Any]:
    """Return the records of the counterparts, in the order of the keys."""
    found: dict[Key, Any] = {}
    for kind, model, name in (
        (CounterpartKind.PERSON, Person, "pk"),
        (CounterpartKind.ORGANIZATION, Organization, "pk"),
        (CounterpartKind.COUNTRY, Country, "code"),
    ):
        wanted = [key.key for key in keys if key.kind == kind]
        rows: Any = model._default_manager.filter(**{f"{name}__in": wanted})
        found |= {Key(kind, getattr(row, name)): row for row in rows}
    return {key: found[key] for key in keys if key in found}


_Row = tuple[UUID, str, date | None, date, int, Any]


def _engagements(known: _Known, rows: Any) -> dict[Key, dict[UUID, _Row]]:
    """Return the engagements with each counterpart, whatever their status."""
    seen, found = rows.order_by().values("pk"), defaultdict[Key, dict[UUID, _Row]](dict)
    organizations, people = list(known.organizations), list(known.people)
    capacities = Capacity.objects.filter(participant__side=Side.THEIRS, engagement__in=seen)
    said = Q(country__in=list(known.countries)) | Q(organization__in=organizations)
    for *row, organization, country in capacities.filter(said).values_list(*_READ, "organization", "country"):
        for key in (*known.organizations.get(organization, ()), *known.countries.get(country, ())):
            found[key][row[0]] = tuple(row)
    participants = Participant.objects.filter(side=Side.THEIRS, engagement__in=seen)
    present = Q(organization__in=organizations) | Q(person__in=people)
    for *row, organization, person in participants.filter(present).values_list(*_READ, "organization", "person"):
        for key in (*known.organizations.get(organization, ()), *known.people.get(person, ())):
            found[key][row[0]] = tuple(row)
    return found


def _held(rows: dict[UUID, _Row], on: date, without: set[UUID]) -> list[UUID]:
    """Return what was held until a day, the newest first."""
    held = [
        row
        for row in rows.values()
        if row[1] == EngagementStatus.HELD and row[2] is not None and row[2] <= on and row[0] not in without
    ]
    return [row[0] for row in sorted(held, key=lambda row: (row[3], -row[4], row[5], row[0]), reverse=True)]


def _last_lines(last: dict[Key, UUID], known: _Known, actor: Actor) -> dict[Key, ContactLine]:
    readers = readers_of(set(last.values()), actor=actor)
    return {key: readers[pk](partial(_counts, known, key)) for key, pk in last.items() if pk in readers}


def _counts(known: _Known, key: Key, participant: Any) -> bool:
    """Tell whether somebody takes part for a counterpart."""
    capacities = list(participant.capacities.all())
    bodies = [participant.organization_id, *(one.organization_id for one in capacities)]
    return (
        key in known.people.get(participant.person_id, ())
        or any(key in known.organizations.get(body, ()) for body in bodies)
        or any(key in known.countries.get(one.country_id, ()) for one in capacities)
    )


def _items(known: _Known, met: dict[Key, dict[UUID, _Row]], on: date, actor: Actor) -> dict[Key, list[OpenItem]]:
    wanted = {engagement_id for rows in met.values() for engagement_id in rows}
    owners = Q(owner_person__in=list(known.people)) | Q(owner_organization__in=list(known.organizations))
    met_at = Q(engagement__in=one_of(wanted)) | Q(engagement__merged_into__in=one_of(wanted))
    rows = list(open_items(actor).filter(met_at | owners | owed_under(_bound(known), actor)))
    binding = _binding(rows, known, actor)
    found: dict[Key, list[OpenItem]] = defaultdict(list)
    for row, line in zip(rows, item_lines(rows, on, actor=actor), strict=True):
        owned = {*known.people.get(row.owner_person_id, ()), *known.organizations.get(row.owner_organization_id, ())}
        owned |= binding.get(about_of(row), set())
        for key in known.keys:
            if key in owned or about_of(row) in met.get(key, ()):
                found[key].append(line)
    return found


def _binding(items: list[ActionItem], known: _Known, actor: Actor) -> dict[UUID, set[Key]]:
    """Return by agreement and mandate that items are about whom it binds, as far as the reader may see it."""
    agreements = {about_of(item) for item in items if item.agreement_id}
    rows: Any = Agreement.objects.visible_to(actor).live().filter(pk__in=agreements)
    found = {one.pk: _keys_of(one, known) for one in rows.prefetch_related("parties__organization")}
    mandates: Any = Mandate.objects.visible_to(actor).live().filter(pk__in=[item.mandate_id for item in items])
    for pk, body in mandates.values_list("pk", "decision__body__organization"):
        found[pk] = set(known.organizations.get(body, ()))
    return found


def _bound(known: _Known) -> Bound:
    """Return who of the counterparts is bound: organizations, and countries."""
    organizations = frozenset(body for body, keys in known.organizations.items() if _is_itself(keys))
    return Bound(organizations, frozenset(known.countries))


def _agreements(known: _Known, on: date, actor: Actor) -> dict[Key, list[AgreementInForce]]:
    found: dict[Key, list[AgreementInForce]] = defaultdict(list)
    for agreement in read_in_force(_bound(known), on, actor=actor):
        line = in_force(agreement, on)
        for key in _keys_of(agreement, known):
            found[key].append(line)
    return found


def _is_itself(keys: list[Key]) -> bool:
    return any(key.kind == CounterpartKind.ORGANIZATION for key in keys)


def _keys_of(agreement: Agreement, known: _Known) -> set[Key]:
    """Return which counterparts an agreement binds."""
    found: set[Key] = set()
    for party in agreement.parties.all():
        found |= set(known.countries.get(party.country_id or "", ()))
        body = party.organization
        if body is not None:
            found |= {one for one in known.organizations.get(body.pk, ()) if one.kind == CounterpartKind.ORGANIZATION}
            if body.classification in SPEAKS_FOR_COUNTRY:
                found |= set(known.countries.get(body.country_id or "", ()))
    return found
