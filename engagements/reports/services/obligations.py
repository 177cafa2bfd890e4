"""What holds and what is owed between the office and counterparts: agreements, decisions, open action items."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, Prefetch, Q

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
from sgoffice.directory.querysets import naming, with_merged
from sgoffice.directory.vocabulary import CounterpartKind
from sgoffice.records.actors import Actor
from sgoffice.records.models import Link

MOST = 50


def bound_by(
    counterparts: Sequence[Counterpart], functions: Sequence[tuple[Function, ...]], last: Sequence[UUID | None]
) -> list[frozenset[Key]]:
    """Return for whom each counterpart stands: an organization or a country for itself.

    A person stands for the organizations of the functions of the day; where none is known, for those of the last time
    that they were met, which is the engagement in `last`.
    """
    known = list(zip(counterparts, functions, last, strict=True))
    people = [one for one in known if one[0].key.kind == CounterpartKind.PERSON]
    # an engagement in which somebody spoke whose functions are not known
    said = _said_at([one for one, roles, _ in people if not roles], [met for _, roles, met in people if not roles])
    return [
        frozenset(Key(CounterpartKind.ORGANIZATION, role.organization.id) for role in roles)
        or said.get((counterpart.key, met), frozenset())
        if counterpart.key.kind == CounterpartKind.PERSON
        else counterpart.keys
        for counterpart, roles, met in known
    ]


def _said_at(
    counterparts: Sequence[Counterpart], engagements: Iterable[UUID | None]
) -> dict[tuple[Key, UUID | None], frozenset[Key]]:
    """Return for whom people spoke at engagements."""
    known = [one for one in engagements if one is not None]
    if not known:
        return {}
    rows = Capacity.objects.filter(
        any_of(naming(everyone(counterparts), person="participant__person")), engagement__in=known
    ).select_related("participant__person", "organization")
    found: dict[tuple[Key, UUID | None], frozenset[Key]] = {}
    for row in rows:
        # the organization itself, whatever country it counts for
        named = frozenset(keys_named(organization=row.organization, country=row.country_id, classes=frozenset()))
        for person in keys_named(person=row.participant.person):
            place = (person, row.engagement_id)
            found[place] = found.get(place, frozenset()) | named
    return found


def all_bound(counterparts: Sequence[Counterpart], bound: Sequence[frozenset[Key]]) -> Counterparts:
    """Return all for whom these counterparts stand as one question to the database."""
    if all(one.key.kind != CounterpartKind.PERSON for one in counterparts):
        return everyone(counterparts)
    return with_merged(Counterparts.of(frozenset().union(*bound)))


def decisions_that_bind(
    theirs: Counterparts, engagements: Iterable[UUID], on: date, *, actor: Actor
) -> tuple[BindingDecision, ...]:
    """Return the decisions until a day that bind us towards a counterpart, newest first.

    Those of their own bodies, those that approve an agreement with them, and those that an engagement with them
    concerns.
    """
    through = _through(theirs, engagements, actor)
    bodies = Body.objects.filter(any_of(naming(theirs, organization="organization")))
    rows = Decision.objects.visible_to(actor).live().filter(Q(body__in=bodies) | Q(pk__in=through))
    rows = rows.filter(Q(adopted_earliest=None) | Q(adopted_earliest__lte=on)).select_related("body")
    mandates = Mandate.objects.visible_to(actor).live().order_by("pk")
    rows = rows.prefetch_related(Prefetch("mandates", mandates)).order_by(
        F("adopted_earliest").desc(nulls_last=True), "pk"
    )
    return tuple(_binding(decision, through.get(decision.pk)) for decision in rows[:MOST])


def _through(theirs: Counterparts, engagements: Iterable[UUID], actor: Actor) -> dict[UUID, Mention]:
    """Return by decision the newest agreement or engagement of theirs that is tied to it."""
    agreements = Agreement.objects.visible_to(actor).live().with_any_counterpart(theirs).order_by().values("pk")
    ties = Link.objects.filter(
        Q(relation=APPROVED_BY, source__in=agreements) | Q(relation=Relation.DECISION, source__in=one_of(engagements))
    )
    pairs = list(ties.order_by("source").values_list("source", "source__kind", "target"))
    named: dict[UUID, Any] = {}
    for model in (Agreement, Engagement):
        named |= model.objects.in_bulk([source for source, kind, _ in pairs if kind == model.record_kind])
    return {target: mention(named[source]) for source, _, target in pairs if source in named}


def _binding(decision: Decision, through: Mention | None) -> BindingDecision:
    return BindingDecision(
        record=mention(decision),
        symbol=decision.symbol,
        title=decision.title,
        body=decision.body.name,
        adopted=decision.adopted,
        through=through,
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
    actor: Actor,
) -> list[OwedItems]:
    """Return what both sides still owe, for each counterpart.

    From engagements with it, what it has to do itself, and what is owed under agreements and mandates that bind those
    for whom it stands.
    """
    met = [frozenset(one.ids) for one in contacts]
    wanted = one_of(frozenset().union(*met))
    condition = Q(engagement__in=wanted) | Q(engagement__merged_into__in=wanted)
    condition |= any_of(naming(everyone(counterparts), person="owner_person", organization="owner_organization"))
    condition |= ActionItem.objects.owed_under(everyone_bound, seen=lambda rows: rows.visible_to(actor).live())
    rows = list(open_items(actor).filter(condition))
    lines = item_lines(rows, on, actor=actor)
    if len(counterparts) == 1 and bound[0] == counterparts[0].keys:  # whose, then, is all that was found
        return [_owed(list(lines))]
    binding = _bound_under(rows, actor)

    def is_theirs(row: ActionItem, place: int) -> bool:
        owner = keys_named(person=row.owner_person, organization=row.owner_organization)
        return (
            about_of(row) in met[place]
            or not counterparts[place].keys.isdisjoint(owner)
            or not bound[place].isdisjoint(binding.get(about_of(row), ()))
        )

    return [
        _owed([line for row, line in zip(rows, lines, strict=True) if is_theirs(row, place)])
        for place in range(len(counterparts))
    ]


def _owed(lines: list[OpenItem]) -> OwedItems:
    ours = [line for line in lines if line.owed_by == Owing.OURS]
    theirs = [line for line in lines if line.owed_by == Owing.THEIRS]
    return OwedItems(
        ours=tuple(ours[:MOST]), ours_total=len(ours), theirs=tuple(theirs[:MOST]), theirs_total=len(theirs)
    )


def _bound_under(items: Sequence[ActionItem], actor: Actor) -> dict[UUID, set[Key]]:
    """Return whom the agreements and mandates bind that items are about, as far as the reader may see these."""
    found: dict[UUID, set[Key]] = {}
    agreements: Any = Agreement.objects.visible_to(actor).live()
    if ids := {about_of(item) for item in items if item.agreement_id}:
        parties = Party.objects.filter(agreement__in=agreements.filter(pk__in=ids).order_by().values("pk"))
        for one in parties.select_related("organization"):
            named = keys_named(organization=one.organization, country=one.country_id, classes=SPEAKS_FOR_COUNTRY)
            found.setdefault(one.agreement_id, set()).update(named)
    mandates: Any = Mandate.objects.visible_to(actor).live().select_related("decision__body__organization")
    mandates = mandates.filter(decision__in=Decision.objects.visible_to(actor).live())
    if ids := {about_of(item) for item in items if item.mandate_id}:
        for mandate in mandates.filter(pk__in=ids):
            found[mandate.pk] = set(keys_named(organization=mandate.decision.body.organization))
    return found


def open_items(actor: Actor) -> Any:
    """Return what is still owed, as far as the reader may see it, by due day."""
    rows = ActionItem.objects.visible_to(actor).live().open().order_by("sort_due", "pk")
    return rows.select_related(*ABOUT, "owner_user", "owner_person", "owner_organization")


def item_lines(items: Iterable[ActionItem], on: date, *, actor: Actor) -> tuple[OpenItem, ...]:
    """Return the lines of action items, each with what it is about where the reader may see that."""
    items = list(items)
    seen = _mentions(items, actor)
    return tuple(_line(item, seen.get(about_of(item)), on) for item in items)


def about_of(item: ActionItem) -> UUID:
    """Return the id of what an item is about, or of the record that took its place."""
    return item.about.merged_into_id or item.about.pk


def _mentions(items: Iterable[ActionItem], actor: Actor) -> dict[UUID, Mention]:
    """Return the mentions of the engagements, mandates and agreements of items that the reader may see."""
    found: dict[UUID, Mention] = {}
    items = list(items)
    rows: Any
    for rows, name in (
        (Engagement.objects, "engagement"),
        (Mandate.objects, "mandate"),
        (Agreement.objects, "agreement"),
    ):
        ids = {about_of(item) for item in items if getattr(item, f"{name}_id")}
        if ids:
            found |= {one.pk: mention(one) for one in rows.visible_to(actor).live().filter(pk__in=ids)}
    return found


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
