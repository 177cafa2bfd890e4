"""The register of a partner and of another one, and what may happen in it that is not for the first."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from appointments import services as appointments
from appointments.models import Decision
from engagements import services as engagements
from engagements.agreements import services as agreements
from engagements.agreements.models import Agreement
from engagements.models import Attachment, Engagement
from sgoffice.changes.corrections import enter_in_error
from sgoffice.changes.door import ANY_VERSION, change
from sgoffice.changes.links import link
from sgoffice.changes.merging import merge
from sgoffice.directory.models import Organization
from sgoffice.records.actors import OFFICE
from sgoffice.records.entries import Conflict, Correction, Note, Source
from tests.factories import appointments as appoint
from tests.factories import directory
from tests.factories import engagements as engage
from tests.factories import partners as make
from tests.factories.agreements import act, agreement, in_force_since, parties


@dataclass
class World:
    """What both worlds have: a partner and another one, records that the first may have, and some that it may not."""

    puller: make.Puller
    other: Any
    public: Agreement
    released: Agreement
    hidden: Agreement
    restricted: Agreement
    withdrawn: Agreement
    survivor: Agreement
    decision: Decision
    meeting: Engagement
    hidden_meeting: Engagement
    unnamed: Organization
    text: Attachment
    draft: Attachment


def build() -> World:
    partner, other = make.partner(), make.partner()
    directory.country("PT")
    own = parties(theirs=partner.organization)
    public = in_force_since("2009-04-26", marking="public", parties=own)
    survivor, merged = (in_force_since("2010-04-26", parties=own) for _ in range(2))
    found = World(
        make.Puller(partner),
        other,
        public=public,
        released=agreement(act("signature", "2015-06"), parties=own),
        hidden=agreement(act("signature", "2012-01-02"), parties=own),
        restricted=agreement(act("signature", "2013-01-02"), marking="restricted", parties=own),
        withdrawn=agreement(act("signature", "2014-01-02"), parties=own),
        survivor=survivor,
        decision=appoint.decision(marking="internal"),
        meeting=engage.engagement(marking="public"),
        hidden_meeting=engage.engagement(allow_duplicate=True),
        text=engage.text(public, marking="public"),
        draft=engage.text(public, b"A draft."),
        unnamed=directory.organization("NCB Lisbon", country="PT", classification="national_central_bureau"),
    )
    make.release(partner, found.released.pk)
    for meeting in (found.meeting, found.hidden_meeting):
        engage.paper(meeting, marking="public", text="They met.")
    lent = make.release(partner, found.withdrawn.pk, survivor.pk, merged.pk)
    unite(survivor, merged)
    make.withdraw(lent)
    return found


def tie(source, relation, target):
    with change(Agreement, source.pk, verb="tie", by=OFFICE, expected=ANY_VERSION):
        link(source.pk, relation, target.pk)


def unite(survivor, other):
    merge(Agreement, survivor.pk, other=other.pk, by=OFFICE, expected=ANY_VERSION, reason="One")


def merge_organizations(world):
    party = world.public.parties.get(side="theirs").organization
    merge(Organization, party.pk, other=world.unnamed.pk, by=OFFICE, expected=ANY_VERSION, reason="One")


def sourced(pointer):
    """Make a source of staff that supports one member of the entry."""
    return (
        Source(document="Memo LEG/2024/17", title="Doubts on validity", supports=(pointer,), verification="primary"),
    )


def correct(record, **values):
    patch = Correction(agreements.AgreementEntry, values)
    agreements.correct_agreement(record.pk, patch, by=OFFICE, expected=ANY_VERSION)


def correct_meeting(record):
    patch = Correction(engagements.EngagementEntry, {"title": "Another title", "city": "Lyon"})
    engagements.correct_engagement(record.pk, patch, by=OFFICE, at=engage.NOW, expected=ANY_VERSION)


def correct_decision(record, **values):
    patch = Correction(appointments.DecisionEntry, values)
    appointments.correct_decision(record.pk, patch, by=OFFICE, expected=ANY_VERSION)


def correct_text(record, **values):
    patch = Correction(engagements.AttachmentEntry, values)
    engagements.correct_attachment(record.pk, patch, by=OFFICE, expected=ANY_VERSION)


#: What happens in the second world only. None of it is for the partner.
SECRETS: dict[str, Callable[[World], Any]] = {
    "a public agreement amends a hidden one": lambda world: tie(world.public, "amends", world.hidden),
    "a released agreement supplements a restricted one": lambda world: tie(
        world.released, "supplements", world.restricted
    ),
    "a hidden decision approved a public agreement": lambda world: tie(world.public, "approved_by", world.decision),
    "a public agreement gets a caveat of staff": lambda world: correct(world.public, caveats=("Between us",)),
    "a caveat of staff has a source": lambda world: correct(
        world.public, caveats=("Between us",), sources=sourced("/caveats/0")
    ),
    "a note of staff has a source": lambda world: correct(
        world.public, notes=(Note(about="Validity", text="Between us"),), sources=sourced("/notes/0/text")
    ),
    "a conflict noted by staff has a source": lambda world: correct(
        world.released,
        conflicts=(Conflict(pointer="/title", value="Another title"),),
        sources=sourced("/conflicts/0/value"),
    ),
    "a withdrawn agreement is merged into one that the partner has": lambda world: unite(
        world.released, world.withdrawn
    ),
    "the survivor that was withdrawn is merged into one that the partner has": lambda world: unite(
        world.released, world.survivor
    ),
    "a hidden organization is merged into a party of a public agreement": merge_organizations,
    "a hidden agreement changes": lambda world: correct(world.hidden, title="Another title"),
    "a hidden agreement is signed on another day": lambda world: correct(
        world.hidden, acts=(act("signature", "2009-04-26"),)
    ),
    "a hidden agreement is entered": lambda world: agreement(parties=parties(theirs=world.other.organization)),
    "a restricted agreement is entered": lambda _: agreement(marking="restricted"),
    "a hidden agreement is released to another partner": lambda world: make.release(world.other, world.hidden.pk),
    "a hidden agreement is proposed to this partner": lambda world: make.proposal(
        world.puller.partner, world.hidden.pk
    ),
    "a hidden agreement is in error": lambda _: enter_in_error(
        Agreement, agreement().pk, by=OFFICE, expected=ANY_VERSION, reason="Twice"
    ),
    "two hidden agreements are one": lambda _: merge(
        Agreement, agreement().pk, other=agreement().pk, by=OFFICE, expected=ANY_VERSION, reason="One"
    ),
    "a hidden decision changes": lambda world: correct_decision(world.decision, title="Another title"),
    "a readout of a hidden meeting is written": lambda _: engage.paper(engage.engagement(), text="Between us."),
    "minutes of a public meeting are written": lambda world: engage.paper(
        world.meeting, kind="summary_record", marking="public", text="Between us."
    ),
    "the hidden meeting of a public readout changes": lambda world: correct_meeting(world.hidden_meeting),
    "the hidden meeting of a public readout is merged": lambda world: merge(
        Engagement,
        engage.engagement(allow_duplicate=True).pk,
        other=world.hidden_meeting.pk,
        by=OFFICE,
        expected=ANY_VERSION,
        reason="One",
    ),
    "a draft of a public agreement is added": lambda world: engage.text(world.public, b"Another draft."),
    "a draft of a public agreement changes": lambda world: correct_text(
        world.draft, title="Another draft", file=engagements.Upload(name="draft.txt", content=b"Between us.")
    ),
    "a draft of a public agreement is raised": lambda world: correct_text(world.draft, marking="restricted"),
    "a draft of a public agreement is in error": lambda world: enter_in_error(
        Attachment, world.draft.pk, by=OFFICE, expected=ANY_VERSION, reason="Twice"
    ),
    "a draft is released to another partner": lambda world: make.release(world.other, world.draft.pk),
    "a text of a hidden agreement is added": lambda world: engage.text(world.hidden),
    "a file is added to a public meeting": lambda world: engage.text(world.meeting, marking="public"),
    "another partner registers an endpoint": lambda world: make.endpoint(world.other),
    "another partner pulls": lambda world: make.Puller(world.other).pull(),
}
