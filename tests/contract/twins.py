"""Two registers that differ in hidden records alone, and what a member of staff can ask of both."""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from appointments import services as appointments
from appointments.models import Appointment, Decision, Mandate, Session
from engagements import services
from engagements.agreements import services as agreements
from engagements.agreements.models import Agreement
from engagements.models import ActionItem, Attachment, Engagement, Paper
from engagements.reminders.services.contents import letter_for
from engagements.reminders.services.outbox import Due
from engagements.reminders.vocabulary import ReminderKind
from sgoffice.accounts.models import User
from sgoffice.accounts.services import issue_calendar_link
from sgoffice.changes.corrections import enter_in_error
from sgoffice.changes.door import ANY_VERSION
from sgoffice.directory import services as people
from sgoffice.directory.models import Affiliation, Membership, Organization, Person
from sgoffice.records.actors import OFFICE
from sgoffice.records.entries import ByName, Correction
from sgoffice.records.models import MarkedRecord, Record
from tests.canaries import CANARY
from tests.factories import appointments as appoint
from tests.factories import directory
from tests.factories import engagements as make
from tests.factories.accounts import Register
from tests.factories.agreements import act, agreement, in_force_since, parties

_ANOTHER: dict[str, Any] = {"allow_duplicate": True}
DOOR: dict[str, Any] = {"by": OFFICE, "expected": ANY_VERSION}
TERMS = {"tacit_renewal": "P1Y", "duration": "P5Y", "notice_period": "P6M"}
TIMES: dict[str, Any] = {
    "held": None,
    "starts_at": make.NOW,
    "ends_at": make.NOW.replace(hour=11),
    "time_zone": "Europe/Paris",
}
ADDRESSES = {
    Engagement: "engagements", Paper: "papers", Attachment: "attachments", ActionItem: "action-items",
    Agreement: "agreements", Appointment: "appointments", Session: "sessions", Decision: "decisions",
    Mandate: "mandates",
}  # fmt: skip
#: What follows the records that show its name: hidden with them.
FOLLOWING = {Person: "people", Organization: "organizations", Membership: "memberships", Affiliation: "affiliations"}
_HIDDEN: dict[str, Any] = {"marking": "restricted"}
#: Headers that tell the time, and a cookie that renews itself.
_CLOCK = {"Date", "Expires", "RateLimit", "Set-Cookie"}  # what depends on when, and after how many requests, is asked
_MASKED = [
    (rb'name="csrfmiddlewaretoken" value="[^"]*"', b"csrf"),
    (rb'(nonce|csrf[-_]?token)(=|": ?)"[^"]*"', rb"\1"),
    (rb"as of \d+ \w+ \d{4}, \d\d:\d\d", b"as of now"),  # when a folder was printed
]


@dataclass
class World:
    """The records of both registers; `hidden` ones are other records, or none, in the second."""

    reader: User
    open: list[MarkedRecord] = field(default_factory=list)
    hidden: list[MarkedRecord] = field(default_factory=list)
    #: Whom hidden records alone name.
    strangers: list[Record] = field(default_factory=list)
    #: What the reader was named on, which belongs to something hidden.
    shared: list[MarkedRecord] = field(default_factory=list)
    known: dict[str, Any] = field(default_factory=dict)

    def of(self, model: type[MarkedRecord]) -> Any:
        return next(record for record in self.open if isinstance(record, model))

    def hid(self, model: type[MarkedRecord]) -> Any:
        return next(record for record in self.hidden if isinstance(record, model))


def build(reader: User) -> World:
    """Make what both registers have: open records, and hidden ones with something that the reader may read."""
    world = World(reader)
    for code, name in (("FR", "France"), ("BY", "Belarus"), ("DE", "Germany")):
        directory.country(code, name)
    body = directory.organization("Ministry of Cargo", country="BY", classification="ministry")
    person, topic = directory.person("Wladimir Karpov"), directory.topic("Cargo")
    decision = appoint.decision("Cargo decision", symbol="GA/1")
    session = _session(decision, number=92)
    quiet = _session(decision, number=91, city="Quietville", **_HIDDEN)
    appoint.appointment("Valdecy Urquiza", start="2024-11-07", session=quiet.pk)
    ours, third = directory.organization("Our own organization"), directory.organization("Third organization")
    world.known = {"organization": body, "person": person, "topic": topic, "ours": ours, "third": third}
    mandate = _mandate(decision)
    theirs = _theirs(world, "BY")
    met = make.engagement(title="Cargo talk", participants=(theirs,), topics=(topic.pk,), city="Minsk", country="BY")
    ahead = make.engagement(
        title="Cargo visit", status="confirmed", session=session.pk, participants=(theirs,), **TIMES
    )
    bound = in_force_since(title="Cargo agreement", parties=parties(ours=ours, theirs=body), **TERMS)
    items = [make.action_item(of, text="Cargo list", due_on=make.NOW.date()) for of in (met, bound, mandate)]
    approval = {"kind": "approval_by_body", "body": str(decision.body_id), "called": "the General Assembly"}
    clause = {"kind": "all_of", "clauses": [{"kind": "signature_by_all", "after": "P60D"}, approval]}
    both = parties(ours=ours, theirs=body)
    agreement(act("signature", "2026-01-31"), title="Cargo protocol", entry_into_force=clause, parties=both)
    files = [make.paper(met, kind="agenda"), make.attachment(met)]
    world.open = [met, ahead, bound, decision, session, mandate, *items, *files, Appointment.objects.get()]
    third_council = appointments.BodyEntry(name="Cargo council", slug="council", organization=third.pk)
    world.known |= {"post": appoint.post(), "council": appointments.set_up_body(third_council, by=OFFICE)}
    secret = issue_calendar_link(reader, name="Phone", at=make.NOW)
    world.known["calendar"] = f"/calendars/{secret}.ics?from=2026-01-01"
    _build_hidden(world, quiet)
    return world


def _build_hidden(world: World, session: Session) -> None:
    readers = {"marking": "restricted", "readers": (str(world.reader.pk),)}
    met = make.engagement(title="Quiet talk", **_HIDDEN)
    decision = appoint.decision("Quiet decision", symbol="GA/2", **_HIDDEN)
    both = parties(ours=world.known["ours"], theirs=world.known["third"])
    bound = agreement(act("signature", "2012-01-02"), title="Quiet agreement", parties=both, **_HIDDEN)
    mandate = _mandate(decision, **_HIDDEN)
    world.strangers = _strangers("Wladimir Karpow", "Quiet bureau", world.known["third"])
    world.hidden = [met, decision, bound, mandate, session]
    _mandate(world.of(Decision), "Report on quiet talks", evidence=(met.reference,))
    world.shared = [make.paper(met, title="Shared paper", **readers), make.attachment(met, title="Shared", **readers)]
    theirs = services.OwnerEntry(organization=world.known["organization"].pk)
    due = {"due_on": make.NOW.date(), **readers}
    items = [make.action_item(of, text="Shared item", **due) for of in (met, bound, mandate)]
    items += [make.action_item(of, text="Their item", owner=theirs, **due) for of in (met, bound, mandate)]
    world.shared += items
    world.shared += [_mandate(decision, text="Shared mandate", due_on=make.NOW.date(), **readers)]


def _strangers(name: str, called: str, other: Organization) -> list[Record]:
    """Name somebody in a hidden meeting alone, with an organization that takes part in another one."""
    capacity = services.CapacityEntry(organization=ByName(name=called, create=True), title="Quiet colonel")
    who = services.ParticipantEntry(person=ByName(name=name, create=True), capacities=(capacity,))
    met = make.engagement(title="Quiet guest", participants=(who,), held="2026-02-02", allow_duplicate=True, **_HIDDEN)
    person, body = met.participants.get().person, met.capacities.get().organization
    assert person
    assert body
    role = people.MembershipEntry(person=person.pk, organization=body.pk, role=called, start_date="2021")
    held = people.record_membership(role, by=OFFICE)
    tie = people.AffiliationEntry(organization=body.pk, affiliated_with=other.pk)
    return [person, body, held, people.record_affiliation(tie, by=OFFICE)]


def _theirs(world: World, country: str) -> services.ParticipantEntry:
    known = world.known
    return make.theirs(person=known["person"], organization=known["organization"], title="Colonel", country=country)


def _session(decision: Decision, **values: Any) -> Session:
    entry = appointments.SessionEntry(body=decision.body_id, **{"begins": "2027-11", "allow_duplicate": True, **values})
    return appointments.convene_session(entry, by=OFFICE)


def _mandate(decision: Decision, text: str = "Report on cargo", **values: Any) -> Mandate:
    return appointments.add_mandate(appointments.MandateEntry(decision=decision.pk, text=text, **values), by=OFFICE)


def sow(world: World) -> list[Record]:
    """Do what happens in the second register alone, all of it hidden; return the records that only it has."""
    change_hidden(world)
    return enter_hidden(world)


def enter_hidden(world: World) -> list[Record]:
    """Enter hidden records about what both registers have."""
    person, body, decision = world.known["person"], world.known["organization"], world.of(Decision)
    ahead = next(one for one in world.open if isinstance(one, Engagement) and one.status == "confirmed")
    theirs = make.theirs(person=person, organization=body, title=CANARY, country="DE", note=CANARY)
    amends = agreements.RelationEntry(relation="amends", agreement=world.of(Agreement).pk)
    both = parties(ours=world.known["ours"], theirs=body)
    bound = in_force_since(title=f"{CANARY} agreement", parties=both, relations=(amends,), **TERMS, **_HIDDEN)
    approved = act("approval", "2025-02-10", by_body=decision.body_id, decision=decision.pk)
    agreement(act("signature", "2025-01-20"), approved, title=f"{CANARY} approved", parties=both, **_HIDDEN)
    make.engagement(title=f"{CANARY} asked", status="requested", reply_by=make.NOW.date(), **_HIDDEN)
    make.engagement(title=f"{CANARY} part", held="2026-03-02", part_of=ahead.pk, **_HIDDEN)
    ties = {"session": world.of(Session).pk, "under": (bound.pk,), "follows": world.of(Engagement).pk}
    given = {"participants": (theirs,), "topics": (world.known["topic"].pk,), "allow_duplicate": True, **_HIDDEN}
    booked = make.engagement(title=f"{CANARY} booked", summary=CANARY, status="confirmed", **TIMES, **ties, **given)
    met = make.engagement(title=f"{CANARY} met", outcome=CANARY, country="DE", city="Bonn", **given)
    symbol = appoint.decision(
        f"{CANARY} decision", symbol="GA/ZQX/1", text=CANARY, session=world.of(Session).pk, **_HIDDEN
    )
    number = _session(decision, number=93, city=CANARY, begins="2027-05", **_HIDDEN)
    heir = appoint.appointment(person=person.pk, start="2029-11-07", title=CANARY, **_HIDDEN)
    owed = _mandate(decision, text=f"{CANARY} mandate", due_on=make.NOW.date(), **_HIDDEN)
    items = [make.action_item(of, text=f"{CANARY} item", due_on=make.NOW.date(), **_HIDDEN)
        for of in (world.of(Engagement), bound, owed)]  # fmt: skip
    files = [make.paper(world.of(Engagement), title=CANARY, text=CANARY, **_HIDDEN),
        make.attachment(world.of(Engagement), title=CANARY, **_HIDDEN)]  # fmt: skip
    wrong = make.engagement(title=f"{CANARY} wrong", **_HIDDEN)
    enter_in_error(Engagement, wrong.pk, **DOOR, reason=CANARY)
    guests = _strangers(f"Wladimir {CANARY}", f"{CANARY} bureau", world.known["organization"])
    guests += _strangers("Wladimir Karpov", "Ministry of Cargo", world.known["third"])  # namesakes of open ones
    return [booked, met, bound, symbol, number, heir, owed, *items, *files, wrong, *guests]


def change_hidden(world: World) -> list[Record]:
    """Give the hidden records of both registers other values."""
    theirs = _theirs(world, "DE")
    talk = Correction(services.EngagementEntry, {"title": CANARY, "country": "DE", "participants": (theirs,)})
    services.correct_engagement(world.hid(Engagement).pk, talk, **DOOR, at=make.NOW)
    words = Correction(
        appointments.DecisionEntry, {"title": CANARY, "symbol": "GA/ZQX/3", "body": world.known["council"].pk}
    )
    appointments.correct_decision(world.hid(Decision).pk, words, **DOOR)
    both = parties(ours=world.known["ours"], theirs=world.known["organization"])
    clauses = Correction(agreements.AgreementEntry, {"title": CANARY, "parties": both})
    agreements.correct_agreement(world.hid(Agreement).pk, clauses, **DOOR)
    city = Correction(appointments.SessionEntry, {"city": CANARY})
    appointments.correct_session(world.hid(Session).pk, city, **DOOR)
    text = Correction(appointments.MandateEntry, {"text": CANARY})
    appointments.correct_mandate(world.hid(Mandate).pk, text, **DOOR)
    person, body, *_ = world.strangers
    people.correct_person(person.pk, Correction(people.PersonEntry, {"name": f"Wladimir {CANARY}", **_ANOTHER}), **DOOR)
    called = Correction(people.OrganizationEntry, {"name": f"{CANARY} office", "country": "BY", **_ANOTHER})
    people.correct_organization(body.pk, called, **DOOR)
    return []


def masked(body: bytes) -> bytes:
    """Return the bytes of an answer without what differs each time."""
    for pattern, kept in _MASKED:
        body = re.sub(pattern, kept, body)
    return body


def asked(client: Register, path: str) -> tuple[Any, ...]:
    answer = client.get(path, headers={"X-Request-ID": "twin"})
    told = sorted((name, value) for name, value in answer.headers.items() if name not in _CLOCK)
    return path, answer.status_code, [(name, masked(value.encode())) for name, value in told], masked(answer.getvalue())


def letters(reader: User) -> list[Any]:
    """Return the reminders of somebody who wants all of them, on days on which something is."""
    days = [date(2024, 5, 15), date(2026, 3, 2), make.NOW.date(), date(2029, 10, 29)]
    found = [Due(reader, kind, day, ZoneInfo("Europe/Paris")) for kind in ReminderKind.values for day in days]
    return [letter_for(due, at=make.NOW) for due in found]
