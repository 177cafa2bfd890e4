"""The counterparts that a report is about: found under the reader's rights, who they are, and what roles they hold."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q

from engagements.models import Participant
from engagements.reports.services.report_types import CounterpartFact, Function, mention
from engagements.rules.levels import level_of, precedence
from engagements.rules.titles import Office
from sgoffice.changes.merging import same_records
from sgoffice.directory.counterparts import Counterparts, Key, country_of, keys_named
from sgoffice.directory.models import Country, Membership, Organization, Person
from sgoffice.directory.querysets import naming
from sgoffice.directory.vocabulary import CounterpartKind
from sgoffice.places.codes import record_code
from sgoffice.records.actors import Actor
from sgoffice.records.date_words import stored_date_in_words
from sgoffice.records.doubts import is_stated
from sgoffice.records.errors import UnknownRecord
from sgoffice.records.models import Entry
from sgoffice.records.together import read_together, read_with_parts

_MODELS: dict[str, Any] = {
    CounterpartKind.PERSON: Person,
    CounterpartKind.ORGANIZATION: Organization,
    CounterpartKind.COUNTRY: Country,
}
_SELECT: dict[str, tuple[str, ...]] = {
    CounterpartKind.PERSON: (),
    CounterpartKind.ORGANIZATION: ("parent", "successor", "country", "seat_country"),
    CounterpartKind.COUNTRY: (),
}
MOST_FUNCTIONS = 50


@dataclass(frozen=True)
class Counterpart:
    """A person, an organization or a country. `keys`: its own, and those of what else counts as it, merged or not."""

    record: Any
    keys: frozenset[Key]

    @property
    def key(self) -> Key:
        """Its own key."""
        return key_of(self.record)

    def counts(self, participant: Participant) -> bool:
        """Tell whether a participant takes part for it; organizations and capacities were read before."""
        return not self.keys.isdisjoint(keys_of(participant))


def key_of(record: Any) -> Key:
    return Key(record.record_kind, record.code if isinstance(record, Country) else record.pk)


def keys_of(participant: Participant) -> Iterator[Key]:
    """Yield every counterpart for which a participant takes part."""
    yield from keys_named(person=participant.person, organization=participant.organization)
    for capacity in participant.capacities.all():
        yield from keys_named(organization=capacity.organization, country=capacity.country_id)


def everyone(counterparts: Iterable[Counterpart]) -> Counterparts:
    """Return all of these as one question to the database."""
    return replace(Counterparts.of(key for one in counterparts for key in one.keys), has_merged=True)


def any_of(conditions: list[Q]) -> Q:
    """Return the condition that one of these holds."""
    return reduce(or_, conditions, Q(pk__in=[]))


def find_counterpart(kind: str, key: str, *, actor: Actor) -> Any:
    """Return the record that is meant, by its id or the code of its country; it may have been merged into another.

    Raises UnknownRecord for an unknown kind of counterpart, and for a record that the reader may not see.
    """
    if kind not in CounterpartKind.values:
        raise UnknownRecord(kind, key)
    model = _MODELS[kind]
    rows: Any = model.objects.visible_to(actor).select_related(*_SELECT[kind])
    try:
        rows = rows.filter(pk=UUID(key))
    except ValueError:
        rows = rows.filter(code=record_code(key)) if kind == CounterpartKind.COUNTRY else rows.none()
    merged = model.objects.filter(merged_into=OuterRef("pk")).only("pk")
    found = read_with_parts(rows, **({} if kind == CounterpartKind.COUNTRY else {"merged_from": merged}))
    if not found:
        raise UnknownRecord(kind, key)
    return found[0]


def counterpart_of(record: Any, *, family: Iterable[UUID] = ()) -> Counterpart:
    """Return the counterpart that a record is; organizations of its `family` count as it."""
    itself = key_of(record)
    if isinstance(record, Country):
        return Counterpart(record, frozenset({itself}))
    known = vars(record).get("merged_from")  # find_counterpart() has read it
    if known is None or family or record.merged_into_id is not None:
        same: Iterable[UUID] = same_records({record.pk, *family})
    else:
        same = [record.pk, *(one.pk for one in known)]
    return Counterpart(record, frozenset(Key(itself.kind, one) for one in same))


def counterparts_among(participants: Iterable[Participant]) -> tuple[Key, ...]:
    """Return the counterparts of participants on their side: countries and organizations, people who name neither.

    An organization that counts for a country is represented by the country.
    """
    found: dict[Key, None] = {}
    for participant in participants:
        capacities = list(participant.capacities.all())
        bodies = [participant.organization, *(one.organization for one in capacities)]
        named = [Key(CounterpartKind.COUNTRY, one.country_id) for one in capacities if one.country_id]
        for body in filter(None, bodies):
            code = country_of(body)
            named.append(Key(CounterpartKind.COUNTRY, code) if code else next(keys_named(organization=body)))
        found |= dict.fromkeys(named or keys_named(person=participant.person))
    return tuple(found)


def counterparts_with(keys: Iterable[Key]) -> list[Counterpart]:
    """Return the counterparts of these keys, in their order; nobody's key is that of a merged record."""
    keys = list(keys)
    rows = []
    for kind, model in _MODELS.items():
        column = "code" if model is Country else "pk"
        wanted = [key for its_kind, key in keys if its_kind == kind]
        rows.append(model.objects.filter(**{f"{column}__in": wanted}) if wanted else model.objects.none())
    ids = [key for _, key in keys if isinstance(key, UUID)]
    *read, merged = read_together(*rows, Entry.objects.filter(merged_into__in=ids).only("kind", "merged_into"))
    found = {key_of(row): row for each in read for row in each}
    same = {key: {key} for key in found}
    for one in merged:
        same[Key(one.kind, one.merged_into_id)].add(Key(one.kind, one.pk))
    return [Counterpart(found[key], frozenset(same[key])) for key in keys if key in found]


def memberships_on(counterparts: Sequence[Counterpart], on: date, *, actor: Actor) -> Any:
    """Return the rows of functions_of(): people's own of the day, and those in the organizations of counterparts."""
    rows: Any = (
        Membership.objects.visible_to(actor)
        .live()
        .filter(any_of(naming(everyone(counterparts), person="person", organization="organization")))
    )
    rows = rows.filter(
        Q(start_date_earliest=None) | Q(start_date_earliest__lte=on),
        Q(end_date_latest=None) | Q(end_date_latest__gte=on),
    )
    return rows.select_related("person", "organization").order_by("pk")


def functions_of(counterparts: Sequence[Counterpart], rows: Iterable[Membership]) -> list[tuple[Function, ...]]:
    """Return the roles of each counterpart by precedence: a person's own, or those in its organizations."""
    found: dict[Key, list[Function]] = {}
    for row in rows:
        line = _function(row)
        for key in keys_named(person=row.person, organization=row.organization):
            found.setdefault(key, []).append(line)
    return [_by_precedence(line for key in one.keys for line in found.get(key, ())) for one in counterparts]


def _function(row: Membership) -> Function:
    body = row.organization
    return Function(
        person=mention(row.person),
        organization=mention(row.organization),
        role=row.role,
        level=level_of(row.role, Office(body.classification, body.country_id or "", body.name)),
        start_date=row.start_date,
        end_date=row.end_date,
        record=mention(row),
    )


def _by_precedence(lines: Iterable[Function]) -> tuple[Function, ...]:
    found = sorted(lines, key=lambda one: (precedence(one.level), one.person.label, one.record.id))
    return tuple(found)[:MOST_FUNCTIONS]


def about(counterpart: Counterpart) -> tuple[CounterpartFact, ...]:
    """Return what the directory knows of a counterpart, each fact with its record."""
    itself = mention(counterpart.record)
    return tuple(
        CounterpartFact(about=heading, text=text, record=mention(other) if other is not None else itself)
        for heading, text, other in _FACTS[counterpart.key.kind](counterpart.record)
        if text
    )


_Facts = Iterator[tuple[str, str, Any]]


def _of_person(person: Person) -> _Facts:
    yield "Form of address", person.honorific_prefix, None
    yield from _other_names(person)
    yield from _contact_details(person)


def _of_organization(body: Organization) -> _Facts:
    yield "Acronym", body.acronym, None
    yield "Kind", body.get_classification_display(), None
    yield "Part of", str(body.parent or ""), body.parent
    yield "Country", str(body.country or ""), body.country
    yield "Seat", ", ".join(filter(None, (body.seat_city, str(body.seat_country or "")))), None
    yield "Status", "" if body.status == "not_known" else body.get_status_display(), None
    yield "Founded", body.founding_date or "", None
    yield "Dissolved", body.dissolution_date or "", None
    yield "Succeeded by", str(body.successor or ""), body.successor
    yield "Relation to us", body.relation, None
    yield from _other_names(body)
    yield from _contact_details(body)


def _of_country(country: Country) -> _Facts:
    yield "Code", " / ".join(filter(None, (country.code, country.alpha3))), None
    yield "Status", "" if country.memberships else country.get_status_display(), None
    yield "Ended", stored_date_in_words(country.ended), None
    yield "Region", "; ".join(region["name"] for region in country.regions), None
    for place, one in enumerate(country.memberships):
        inferred = "" if is_stated(country, f"/memberships/{place}") else " (inferred)"
        yield one["organization"], f"{_membership(one)}{inferred}", None
    yield from _other_names(country)


def _membership(one: Mapping[str, Any]) -> str:
    member = "member" if one["is_member"] else "not a member"
    since, until = (stored_date_in_words(one.get(name) or "") for name in ("since", "until"))
    if since and until:
        return f"{member} from {since} until {until}"
    return f"{member} since {since}" if since else f"{member} until {until}" if until else member


def _other_names(record: Any) -> _Facts:
    yield "Also known as", "; ".join(one["name"] for one in record.other_names), None


def _contact_details(record: Any) -> _Facts:
    for one in record.contact_details:
        note = f" ({one['note']})" if one.get("note") else ""
        yield one["type"].capitalize(), f"{one['value']}{note}", None


_FACTS: dict[str, Any] = {
    CounterpartKind.PERSON: _of_person,
    CounterpartKind.ORGANIZATION: _of_organization,
    CounterpartKind.COUNTRY: _of_country,
}
