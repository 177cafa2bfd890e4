"""docs/access.md says who reads a record by what became of it: marked in error, merged, raised, lowered, released."""

from collections.abc import Callable
from itertools import count
from typing import Any

import pytest

from appointments.services import AppointmentEntry, DecisionEntry, propose_appointment, record_decision
from engagements.agreements.services import open_agreement
from engagements.services import ParticipantEntry
from sgoffice.approvals.models import Approval
from sgoffice.directory import services as directory
from sgoffice.directory.services import OrganizationEntry, PersonEntry
from sgoffice.records.actors import Actor
from tests.contract.callers import caller
from tests.contract.operations import NOBODY
from tests.contract.test_access import table
from tests.factories import appointments as appoint
from tests.factories import approvals, partners
from tests.factories import engagements as make
from tests.factories.accounts import Register, signed_in
from tests.factories.agreements import agreement_entry
from tests.factories.directory import person
from tests.samples import some

pytestmark = pytest.mark.django_db
STATES = table("States")
RELEASED = table("Releases")
WHY = "The test says so."
_numbers = count(1)


class Story:
    """A record of a kind whose author and named reader are known, and what becomes of it."""

    def __init__(self, marking: str, noun: str = "engagements", people: "Story | None" = None) -> None:
        self.noun, self.marking = noun, marking
        self.author = people.author if people else signed_in("officer")
        self.reader = people.reader if people else signed_in("viewer")
        self.chief = people.chief if people else approvals.member("approver")
        self.record = self.enter(marking)

    @property
    def by(self) -> Actor:
        return self.author.user.as_actor()

    @property
    def path(self) -> str:
        return f"{self.noun}/{self.record.pk}"

    def enter(self, marking: str) -> Any:
        given: dict[str, Any] = {"marking": marking}
        if marking == "restricted":
            given["readers"] = (str(self.reader.user.pk),)
        return MAKERS[self.noun](self.by, given)

    def do(self, step: str, **body: Any) -> None:
        answer = self.author.enter(f"{self.path}/{step}", {"reason": WHY, **body}, **{"If-Match": "*"})
        assert answer.status_code in {200, 202}, answer.content
        if answer.status_code == 202:
            self.approve()

    def correct(self, **values: Any) -> None:
        answer = self.author.correct(self.path, values, **{"If-Match": "*"})
        assert answer.status_code in {200, 202}, answer.content

    def mark_in_error(self) -> None:
        self.do("enter-in-error")

    def restore(self) -> None:
        self.mark_in_error()
        self.do("restore")

    def merge(self) -> None:
        merged = self.record
        self.record = self.enter(self.marking)
        self.do("merge", other=str(merged.pk))
        self.record = merged

    def raise_marking(self) -> None:
        self.correct(marking="restricted", readers=[str(self.reader.user.pk)])

    def lower(self) -> None:
        self.correct(marking="internal")

    def approve(self) -> None:
        approvals.approve(Approval.objects.pending().get(), by=self.chief)


def _named(by: Actor, given: Any, made: Any, **named: Any) -> Any:
    """Name somebody in an engagement with the readers that are wanted: who reads them follows from that."""
    make.engagement(by=by, participants=(ParticipantEntry(side="theirs", **named),), allow_duplicate=True, **given)
    return made


def _person(by: Actor, given: Any) -> Any:
    entry = PersonEntry(name=f"Amina {next(_numbers)}", marking=given["marking"], allow_duplicate=True)
    made = directory.register_person(entry, by=by)
    return _named(by, given, made, person=made.pk)


def _organization(by: Actor, given: Any) -> Any:
    entry = OrganizationEntry(name=f"Bureau {next(_numbers)}", marking=given["marking"], allow_duplicate=True)
    made = directory.register_organization(entry, by=by)
    return _named(by, given, made, organization=made.pk)


def _decision(by: Actor, given: Any) -> Any:
    body = appoint.decision(title=f"Earlier {next(_numbers)}").body_id
    entry = DecisionEntry(body=body, title=f"Cargo {next(_numbers)}", kind="decision", allow_duplicate=True, **given)
    return record_decision(entry, by=by)


def _appointment(by: Actor, given: Any) -> Any:
    entry = AppointmentEntry(post=appoint.post().pk, person=person(f"Heir {next(_numbers)}").pk, **given)
    return propose_appointment(entry, by=by)


#: Makes a record of each kind, by the noun of its addresses.
MAKERS: dict[str, Callable[[Actor, Any], Any]] = {
    "engagements": lambda by, given: make.engagement(by=by, allow_duplicate=True, **given),
    "papers": lambda by, given: make.paper(make.engagement(by=by, allow_duplicate=True), by=by, kind="agenda", **given),
    "attachments": lambda by, given: make.attachment(make.engagement(by=by, allow_duplicate=True), by=by, **given),
    "action-items": lambda by, given: make.action_item(make.engagement(by=by, allow_duplicate=True), by=by, **given),
    "agreements": lambda by, given: open_agreement(agreement_entry(**given), by=by),
    "appointments": _appointment,
    "decisions": _decision,
    "people": _person,
    "organizations": _organization,
}
STORIES = {
    "internal, marked in error": ("internal", [Story.mark_in_error]),
    "restricted, marked in error": ("restricted", [Story.mark_in_error]),
    "internal, restored": ("internal", [Story.restore]),
    "internal, merged": ("internal", [Story.merge]),
    "restricted, merged": ("restricted", [Story.merge]),
    "raised to restricted": ("internal", [Story.raise_marking]),
    "lowered to internal": ("restricted", [Story.lower, Story.approve]),
    "to be lowered, not approved yet": ("restricted", [Story.lower]),
}


def said(client: Register, story: Story) -> set[str]:
    """Say in the words of the page what a caller gets at the addresses of the record."""
    words = {200: "yes", 308: "leads on", 401: "sign in", 403: "no", 404: "no"}
    found = {
        words.get(client.see(path).status_code, "another status") for path in (story.path, f"{story.path}/history")
    }
    if "no" in found:
        hidden, absent = (client.see(path).json() for path in (story.path, f"{story.noun}/{NOBODY}"))
        assert {**hidden, "request_id": ""} == {**absent, "request_id": ""}
    return found


def listed(client: Register, noun: str) -> list[str]:
    return [one["id"] for one in client.see(f"{noun}?limit=200").json().get("results", [])]


def kinds_of(row: dict[str, str]) -> list[str]:
    """Return the kinds of records that a row is about."""
    return list(MAKERS) if row["of"] == "all" else row["of"].split(", ")


def test_the_page_tells_of_every_state_that_is_tried():
    assert [row["state"] for row in STATES] == list(STORIES)
    assert [row["state"] for row in RELEASED] == list(RELEASES)


@pytest.mark.parametrize("row", STATES, ids=lambda row: row["state"])
def test_a_record_is_there_for_whom_the_page_says_whatever_became_of_it(row):
    marking, steps = STORIES[row["state"]]
    people, wrong = Story("internal"), {}
    stories = [Story(marking, noun, people) for noun in kinds_of(row)]
    for step in steps:
        for story in stories:
            if step is Story.approve:
                approvals.approve(approvals.pending(story.record.pk), by=story.chief)
            else:
                step(story)
    clients = {"author": people.author, "named reader": people.reader}

    names = [name for name in row if name not in {"state", "of", "listed"}]
    for number, name in enumerate(names, start=list(STORIES).index(row["state"])):
        client = clients.get(name) or caller(name)
        for story in some(stories, 2, start=number):
            found = said(client, story)
            if found - {row[name]} and not (row[name] == "leads on" and found == {"leads on", "yes"}):
                wrong[f"{name}, {story.noun}"] = found
            is_listed = str(story.record.pk) in listed(client, story.noun)
            if row[name] != "sign in" and is_listed != (row["listed"] == row[name] == "yes"):
                wrong[f"{name}, list of {story.noun}"] = row["listed"]

    assert wrong == {}


def released(marking: str = "internal") -> tuple[Story, Any, Any]:
    """Return a record, the partner's client and its release; of a public record there is none."""
    story = Story(marking)
    if marking == "public":
        story.approve()
    partner = partners.partner()
    made = partners.release(partner, story.record.pk) if marking == "internal" else None
    return story, partners.Puller(partner), made


RELEASES: dict[str, tuple[str, Any]] = {
    "released": ("internal", lambda *_: None),
    "released and withdrawn": ("internal", lambda _, made: partners.withdraw(made)),
    "released and marked in error": ("internal", lambda story, _: story.mark_in_error()),
    "released and raised to restricted": ("internal", lambda story, _: story.raise_marking()),
    "public and raised to internal": ("public", lambda story, _: story.correct(marking="internal")),
    "proposed for release": ("", None),
}


@pytest.mark.parametrize("row", RELEASED, ids=lambda row: row["state"])
def test_a_partner_has_what_the_page_says_of_a_release_whatever_became_of_it(row, settle):
    marking, happens = RELEASES[row["state"]]
    if happens is None:
        story, partner = Story("internal"), partners.partner()
        partners.proposal(partner, story.record.pk)
        puller = partners.Puller(partner)
    else:
        story, puller, made = released(marking)
        settle()
        puller.pull()
        assert str(story.record.pk) in puller.copy
        happens(story, made)
    settle()

    key = str(story.record.pk)
    operations = [line["op"] for line in puller.pull() if line["id"] == key]

    assert puller.see(f"records/{key}").status_code == (200 if row["partner to which it is released"] == "yes" else 404)
    assert (key in puller.copy) == (row["partner to which it is released"] == "yes")
    assert (operations[-1:] == ["withdrawn"]) == (row["partner to which it is released"] == "gone")
