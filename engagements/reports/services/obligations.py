"""What holds and what is owed between the office and counterparts: agreements, decisions, open action items."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, OuterRef, Prefetch, Q
from django.db.models.functions import Coalesce

from appointments.models import Body, Decision, Mandate
from engagements.agreements.models import Agreement, Party
from engagements.agreements.vocabulary import APPROVED_BY
from engagements.models import ActionItem, Capacity, Engagement
from engagements.reports.services.contacts import Contacts, one_of
from engagements.reports.services.counterparts import Counterpart, any_of, everyone
from engagements.reports.services.report_types import (
    BindingDecision,
    BindingMandate,
    Function,
    Mention,
    OpenItem,
    OwedItems,
    mention,
)
from engagements.vocabulary import ABOUT, Owing, Relation
from sgoffice.directory.counterparts import SPEAKS_FOR_COUNTRY, Counterparts, Key, keys_named
from sgoffice.directory.querysets import naming
from sgoffice.directory.vocabulary import CounterpartKind
from sgoffice.records.actors import Actor
from sgoffice.records.models import Entry, Link, Record
from sgoffice.records.together import read_together, read_with_parts

MOST = 50


@dataclass(frozen=True)
class _About:
    """What action items are about, by id; the mandates of it whose decision the reader may see, and the parties."""

    records: Mapping[UUID, Mention]
    mandates: Sequence[Any]
    parties: Sequence[Party]


def bound_by(
    counterparts: Sequence[Counterpart],
    functions: Sequence[tuple[Function, ...]],
    last: Sequence[UUID | None],
    said: Iterable[Capacity],
) -> list[frozenset[Key]]:
    """Return for whom each counterpart stands: an organization or a country for itself.

    A person stands for the organizations of the functions of the day; where none is known, for those of the last time
    that they were met, which is the engagement in `last`; `said` is in which capacities they came there.
    """
    spoke = _said_at(said)
    return [
        frozenset(Key(CounterpartKind.ORGANIZATION, role.organization.id) for role in roles)
        or spoke.get((counterpart.key, met), frozenset())
        if counterpart.key.kind == CounterpartKind.PERSON
        else counterpart.keys
        for counterpart, roles, met in zip(counterparts, functions, last, strict=True)
    ]


def capacities_at(counterparts: Sequence[Counterpart], engagements: Iterable[UUID | None]) -> Any:
    """Return the capacities in which those of the counterparts who are people came to engagements."""
    people = [one for one in counterparts if one.key.kind == CounterpartKind.PERSON]
    there = [one for one in engagements if one is not None]
    if not people or not there:
        return Capacity.objects.none()
    rows = Capacity.objects.filter(any_of(naming(everyone(people), person="participant__person")), engagement__in=there)
    return rows.select_related("participant__person", "organization")


def _said_at(rows: Iterable[Capacity]) -> dict[tuple[Key, UUID | None], frozenset[Key]]:
    """Return for whom people spoke at engagements."""
    found: dict[tuple[Key, UUID | None], frozenset[Key]] = {}
    for row in rows:
        # the organization itself, whatever country it counts for
        named = frozenset(keys_named(organization=row.organization, country=row.country_id, classes=frozenset()))
        for person in keys_named(person=row.participant.person):
            place = (person, row.engagement_id)
            found[place] = found.get(place, frozenset()) | named
    return found


def all_bound(
    counterparts: Sequence[Counterpart], bound: Sequence[frozenset[Key]], merged: Iterable[Entry]
) -> Counterparts:
    """Return all for whom these counterparts stand as one question to the database; `merged` went into them."""
    if all(one.key.kind != CounterpartKind.PERSON for one in counterparts):
        return everyone(counterparts)
    found = Counterparts.of(frozenset().union(*bound))
    same = {one.pk for one in merged if one.merged_into_id in found.organizations}
    return replace(found, organizations=found.organizations | same, has_merged=True)


def merged_for(counterparts: Sequence[Counterpart], memberships: Any, capacities: Any) -> Any:
    """Return what was merged into the organizations of these rows, where people stand for them."""
    named = Q()
    if all(one.key.kind != CounterpartKind.PERSON for one in counterparts):
        return Entry.objects.none()
    for rows in (memberships, capacities):
        if not rows.query.is_empty():
            bodies = rows.order_by().values_list(Coalesce("organization__merged_into", "organization"))
            named |= Q(merged_into__in=bodies)
    return Entry.objects.filter(named).only("merged_into") if named else Entry.objects.none()


def decisions_that_bind(
    theirs: Counterparts, engagements: Iterable[UUID], on: date, *, actor: Actor
) -> tuple[BindingDecision, ...]:
    """Return the decisions until a day that bind us towards a counterpart, newest first.

    Those of their own bodies, those that approve an agreement with them, and those that an engagement with them
    concerns, of which `engagements` are those that concern one.
    """
    agreements = Agreement.objects.visible_to(actor).live().with_any_counterpart(theirs).order_by().values("pk")
    ties = Link.objects.filter(
        Q(relation=APPROVED_BY, source__in=agreements) | Q(relation=Relation.DECISION, source__in=one_of(engagements))
    ).order_by()
    bodies = Body.objects.filter(any_of(naming(theirs, organization="organization")))
    rows = Decision.objects.visible_to(actor).live().filter(Q(body__in=bodies) | Q(pk__in=ties.values("target")))
    rows = rows.filter(Q(adopted_earliest=None) | Q(adopted_earliest__lte=on)).select_related("body")
    mandates = Mandate.objects.visible_to(actor).live().order_by("pk")
    rows = rows.order_by(F("adopted_earliest").desc(nulls_last=True), "pk")[:MOST]
    # the newest agreement or engagement of theirs that is tied to each
    newest = {
        f"{model.record_kind}s": model.objects.filter(
            pk__in=ties.filter(target=OuterRef(OuterRef("pk"))).values("source")
        ).order_by("-pk")[:1]
        for model in (Agreement, Engagement)
    }
    found: list[Any] = read_with_parts(rows, Prefetch("mandates", mandates), **newest)
    return tuple(_binding(decision, [*decision.agreements, *decision.engagements]) for decision in found)


def _binding(decision: Decision, tied: Sequence[Record]) -> BindingDecision:
    through = max(tied, key=lambda one: one.pk, default=None)
    return BindingDecision(
        record=mention(decision),
        symbol=decision.symbol,
        title=decision.title,
        body=decision.body.name,
        adopted=decision.adopted,
        through=mention(through) if through is not None else None,
        mandates=tuple(
            BindingMandate(
                record=mention(mandate),
                text=mandate.text,
                responsible_unit=mandate.responsible_unit,
                due_on=mandate.due_on,
                status=mandate.status,
            )
            for mandate in decision.mandates.all()
        ),
    )


def open_items_with(
    counterparts: Sequence[Counterpart],
    bound: Sequence[frozenset[Key]],
    everyone_bound: Counterparts,
    contacts: Sequence[Contacts],
    on: date,
    *,
    promised: Sequence[UUID],
    meetings: Collection[UUID],
    actor: Actor,
) -> tuple[list[OwedItems], dict[UUID, tuple[OpenItem, ...]]]:
    """Return what both sides still owe, for each counterpart, and what is open of the lists of these meetings.

    From engagements with it (`promised` are all such items), what it has to do itself, and what is owed under
    agreements and mandates that bind those for whom it stands.
    """
    met = [frozenset(one.ids) for one in contacts]
    condition = Q(pk__in=one_of(promised))
    condition |= any_of(naming(everyone(counterparts), person="owner_person", organization="owner_organization"))
    condition |= ActionItem.objects.owed_under(everyone_bound, seen=lambda rows: rows.visible_to(actor).live())
    ties = Link.objects.filter(relation=Relation.ON_LIST, source__in=meetings).order_by("position", "pk")
    to_raise = open_items(actor).filter(pk__in=ties.order_by().values("target"))
    rows, raised, listed = read_together(
        open_items(actor).filter(condition), to_raise, ties if meetings else ties.none()
    )
    about = _read_about([*rows, *raised], actor)
    lines = [_line(row, about.records.get(about_of(row)), on) for row in rows]
    lists = _lists(listed, [_line(row, about.records.get(about_of(row)), on) for row in raised])
    if len(counterparts) == 1 and bound[0] == counterparts[0].keys:  # whose, then, is all that was found
        return [_owed(lines)], lists

    binding = _bound_under(about)
    owed = [
        _owed([line for row, line in zip(rows, lines, strict=True) if _is_theirs(row, binding, *one)])
        for one in zip(met, counterparts, bound, strict=True)
    ]
    return owed, lists


def _is_theirs(
    row: ActionItem,
    binding: Mapping[UUID, Collection[Key]],
    met: Collection[UUID],
    counterpart: Counterpart,
    bound: frozenset[Key],
) -> bool:
    owner = keys_named(person=row.owner_person, organization=row.owner_organization)
    return (
        about_of(row) in met
        or not counterpart.keys.isdisjoint(owner)
        or not bound.isdisjoint(binding.get(about_of(row), ()))
    )


def _lists(ties: Iterable[Link], lines: Iterable[OpenItem]) -> dict[UUID, tuple[OpenItem, ...]]:
    """Return the open items of the list of each meeting, in their order."""
    items, found = {line.record.id: line for line in lines}, dict[UUID, tuple[OpenItem, ...]]()
    for tie in ties:
        if tie.target_id in items:
            found[tie.source_id] = (*found.get(tie.source_id, ()), items[tie.target_id])
    return found


def _owed(lines: list[OpenItem]) -> OwedItems:
    ours = [line for line in lines if line.owed_by == Owing.OURS]
    theirs = [line for line in lines if line.owed_by == Owing.THEIRS]
    return OwedItems(
        ours=tuple(ours[:MOST]), ours_total=len(ours), theirs=tuple(theirs[:MOST]), theirs_total=len(theirs)
    )


def _bound_under(about: _About) -> dict[UUID, set[Key]]:
    """Return whom the agreements and mandates bind that items are about, as far as the reader may see these."""
    found: dict[UUID, set[Key]] = {}
    for one in about.parties:
        named = keys_named(organization=one.organization, country=one.country_id, classes=SPEAKS_FOR_COUNTRY)
        found.setdefault(one.agreement_id, set()).update(named)
    for mandate in about.mandates:
        found[mandate.pk] = set(keys_named(organization=mandate.decision.body.organization))
    return found


def open_items(actor: Actor) -> Any:
    """Return what is still owed, as far as the reader may see it, by due day."""
    rows = ActionItem.objects.visible_to(actor).live().open().order_by("sort_due", "pk")
    return rows.select_related(*ABOUT, "owner_user", "owner_person", "owner_organization")


def about_of(item: ActionItem) -> UUID:
    """Return the id of what an item is about, or of the record that took its place."""
    return item.about.merged_into_id or item.about.pk


def _read_about(items: Sequence[ActionItem], actor: Actor) -> _About:
    """Read what items are about, as far as the reader may see it, and whom that binds."""
    if not items:
        return _About({}, (), ())

    def seen(model: Any, name: str) -> Any:
        ids = {about_of(item) for item in items if getattr(item, f"{name}_id")}
        return model.objects.visible_to(actor).live().filter(pk__in=ids) if ids else model.objects.none()

    agreements, mandates = seen(Agreement, "agreement"), seen(Mandate, "mandate")
    adopted = mandates.filter(decision__in=Decision.objects.visible_to(actor).live())
    *read, binding, parties = read_together(
        seen(Engagement, "engagement"),
        agreements,
        mandates,
        adopted.select_related("decision__body__organization"),
        Party.objects.filter(agreement__in=agreements.order_by().values("pk")).select_related("organization"),
    )
    return _About({one.pk: mention(one) for each in read for one in each}, binding, parties)


def _line(item: ActionItem, about: Mention | None, on: date) -> OpenItem:
    owner = item.owner_user or item.owner_person or item.owner_organization or item.owner_unit
    return OpenItem(
        record=mention(item),
        owed_by=item.owed_by,
        owner=str(owner),
        status=item.status,
        due_on=item.due_on,
        is_overdue=item.due_on is not None and item.due_on < on,
        **{name: about if about is not None and about.kind == name else None for name in ABOUT},
    )
