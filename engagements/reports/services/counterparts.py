"""The counterpart that a report is about: found under the reader's rights, with what counts as it and who it is."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from engagements.models import Engagement, Participant
from engagements.querysets import COUNTS_FOR_COUNTRY
from engagements.reports.rules import level_of, precedence
from engagements.reports.services.lines import About, Function, mention
from engagements.reports.vocabulary import CounterpartKind
from sgoffice.directory.models import Country, Membership, Organization, Person
from sgoffice.records.actors import Actor
from sgoffice.records.errors import UnknownRecord

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
    """A person, an organization or a country; `ids` are its own and those of what was merged into it."""

    kind: str
    record: Any
    ids: frozenset[UUID]

    @property
    def code(self) -> str:
        """The code, if it is a country."""
        return self.record.code if self.kind == CounterpartKind.COUNTRY else ""

    def engagements(self, actor: Actor) -> Any:
        """Return the engagements with it that the reader may see, whatever their status."""
        rows: Any = Engagement.objects.visible_to(actor).live()
        if self.kind == CounterpartKind.PERSON:
            return rows.with_counterpart_person(self.record.pk)
        if self.kind == CounterpartKind.ORGANIZATION:
            return rows.with_counterpart_organizations(self.ids)
        return rows.with_counterpart_country(self.code)

    def counts(self, participant: Participant) -> bool:
        """Tell whether a participant of their side takes part for it; the capacities were read before."""
        if self.kind == CounterpartKind.PERSON:
            return participant.person_id in self.ids
        capacities = list(participant.capacities.all())
        bodies = [participant.organization, *(one.organization for one in capacities)]
        if self.kind == CounterpartKind.ORGANIZATION:
            return any(body is not None and body.pk in self.ids for body in bodies)
        return any(one.country_id == self.code for one in capacities) or any(
            body is not None and body.country_id == self.code and body.classification in COUNTS_FOR_COUNTRY
            for body in bodies
        )


def find_counterpart(kind: str, key: str, *, actor: Actor) -> Any:
    """Return the record that is meant, by its id or the code of its country; it may have been merged into another.

    Raises UnknownRecord for a kind of counterpart that there is not, and for a record that the reader may not see.
    """
    if kind not in CounterpartKind.values:
        raise UnknownRecord(kind, key)
    rows: Any = _MODELS[kind].objects.visible_to(actor).select_related(*_SELECT[kind])
    try:
        found = rows.filter(pk=UUID(key)).first()
    except ValueError:
        found = rows.filter(code=key.upper()).first() if kind == CounterpartKind.COUNTRY else None
    if found is None:
        raise UnknownRecord(kind, key)
    return found


def counterpart_of(kind: str, record: Any) -> Counterpart:
    """Return the counterpart that a record is, with what was merged into it."""
    merged = _MODELS[kind].objects.filter(merged_into=record.pk).values_list("pk", flat=True)
    return Counterpart(kind, record, frozenset({record.pk, *merged}))


def about(counterpart: Counterpart) -> tuple[About, ...]:
    """Return what the directory knows of the counterpart, each fact with the record that says so."""
    itself = mention(counterpart.record)
    return tuple(
        About(about=heading, text=text, record=mention(other) if other is not None else itself)
        for heading, text, other in _FACTS[counterpart.kind](counterpart.record)
        if text
    )


def functions_on(counterpart: Counterpart, on: date) -> tuple[Function, ...]:
    """Return the roles of the day: a person's own, or those in the organizations of the counterpart, by precedence."""
    rows = (
        _memberships(counterpart)
        .live()
        .filter(Q(start_earliest=None) | Q(start_earliest__lte=on), Q(end_latest=None) | Q(end_latest__gte=on))
    )
    found = [
        Function(
            person=mention(row.person),
            organization=mention(row.organization),
            role=row.role,
            level=level_of(row.role),
            start=row.start,
            end=row.end,
            record=mention(row),
        )
        for row in rows.select_related("person", "organization").order_by("pk")
    ]
    return tuple(sorted(found, key=lambda one: (precedence(one.level), one.person.label)))[:MOST_FUNCTIONS]


def _memberships(counterpart: Counterpart) -> Any:
    rows: Any = Membership.objects
    if counterpart.kind == CounterpartKind.PERSON:
        return rows.filter(person__in=counterpart.ids)
    if counterpart.kind == CounterpartKind.ORGANIZATION:
        return rows.filter(organization__in=counterpart.ids)
    return rows.filter(organization__in=speaking_for(counterpart.code))


def speaking_for(code: str) -> QuerySet[Any]:
    """Return the organizations that count for a country."""
    rows: Any = Organization.objects
    return rows.filter(country=code, classification__in=COUNTS_FOR_COUNTRY).values("pk")


_Told = Iterator[tuple[str, str, Any]]


def _of_person(person: Person) -> _Told:
    yield "Form of address", person.honorific_prefix, None
    yield from _other_names(person)
    yield from _contact_details(person)


def _of_organization(body: Organization) -> _Told:
    yield "Acronym", body.acronym, None
    yield "Kind", body.get_classification_display(), None
    yield "Part of", str(body.parent or ""), body.parent
    yield "Country", str(body.country or ""), body.country
    yield "Seat", ", ".join(filter(None, (body.seat_city, str(body.seat_country or "")))), None
    yield "Status", "" if body.status == "not_known" else body.get_status_display(), None
    yield "Founded", body.founded or "", None
    yield "Dissolved", body.dissolved or "", None
    yield "Succeeded by", str(body.successor or ""), body.successor
    yield "Relation to us", body.relation, None
    yield from _other_names(body)
    yield from _contact_details(body)


def _of_country(country: Country) -> _Told:
    yield "Code", " / ".join(filter(None, (country.code, country.alpha3))), None
    yield "Status", country.get_status_display(), None
    yield "Ended", country.ended or "", None
    for region in country.regions:
        yield f"Region ({region['scheme']})", region["name"], None
    for one in country.memberships:
        member = "member" if one["is_member"] else "not a member"
        since = f" since {one['since']}" if one.get("since") else ""
        yield one["organization"], f"{member}{since}", None
    yield from _other_names(country)


def _other_names(record: Any) -> _Told:
    yield "Also known as", "; ".join(one["name"] for one in record.other_names), None


def _contact_details(record: Any) -> _Told:
    for one in record.contact_details:
        note = f" ({one['note']})" if one.get("note") else ""
        yield one["type"].capitalize(), f"{one['value']}{note}", None


_FACTS: dict[str, Any] = {
    CounterpartKind.PERSON: _of_person,
    CounterpartKind.ORGANIZATION: _of_organization,
    CounterpartKind.COUNTRY: _of_country,
}
