"""A small register with something of everything, made through the services as people do."""

import dataclasses

from django.apps import apps
from django.utils import timezone

from appointments import services as appointed
from engagements import services as logged
from engagements.agreements import services as agreed
from sgoffice.accounts import services as accounts
from sgoffice.changes import clock
from sgoffice.changes.door import ANY_VERSION
from sgoffice.changes.merging import merge
from sgoffice.directory import services as known
from sgoffice.directory.models import Topic
from sgoffice.records.actors import OFFICE
from tests.architecture.source import FLOORS
from tests.engagements import files
from tests.factories import accounts as staff
from tests.factories import agreements, appointments, directory, engagements, partners

#: Tables that are empty whenever nobody is at work.
EMPTY = {"feed_pending", "feed_pendingcommit", "api_idempotentrequest"}


def fill() -> None:
    """Fill the register of this database."""
    _fill_directory()
    _fill_appointments()
    _fill_log()
    _fill_exchange()
    clock.run_passes(timezone.now())


def _fill_directory() -> None:
    directory.country("FR", "France")
    directory.country("SG", "Singapore")
    ours = directory.organization("International Criminal Police Organization")
    theirs = directory.organization("World Customs Organization", country="FR")
    known.register_office(known.OfficeEntry(name="Liaison Office", city="Singapore", country="SG"), by=OFFICE)
    known.record_affiliation(known.AffiliationEntry(organization=theirs.pk, affiliated_with=ours.pk), by=OFFICE)
    minister = directory.person("Đỗ Văn An").pk
    known.record_membership(known.MembershipEntry(person=minister, organization=theirs.pk, role="Chair"), by=OFFICE)
    survivor, twin = directory.topic("Cybercrime"), directory.topic("Cyber crime")
    merge(Topic, survivor.pk, other=twin.pk, by=OFFICE, expected=ANY_VERSION, reason="The same")


def _fill_appointments() -> None:
    appointments.appointment()
    mandate = appointments.mandate(text="Report every year")
    appointments.decision(symbol="GA/1")
    body = mandate.decision.body_id
    appointed.convene_session(appointed.SessionEntry(body=body, number=1, status="held", begins="2024-11"), by=OFFICE)


def _fill_log() -> None:
    topic = Topic.objects.filter(merged_into=None).get().pk
    ours, theirs = agreements.parties()
    signed = dataclasses.replace(theirs, signatories=(agreed.SignatoryEntry(name="A. Signatory"),))
    agreement = agreements.in_force_since(
        topics=(topic,), parties=(ours, signed), duration="P5Y", tacit_renewal="P5Y", notice_period="P6M"
    )
    agreements.relate(agreements.agreement(agreements.act("signature", "2025-02")), "supersedes", agreement, "1")
    met = engagements.engagement(
        participants=(engagements.theirs(country="FR", title="Minister"), engagements.group("Two advisers")),
        topics=(topic,), country="FR", city="Lyon",
    )  # fmt: skip
    engagements.planned(marking="restricted", title="A hidden meeting")
    engagements.paper(met)
    engagements.attachment(met)
    engagements.attachment(met, address="", file=logged.Upload(name="agenda.pdf", content=files.PDF))
    for record in (met, agreement):
        engagements.action_item(record)


def _fill_exchange() -> None:
    reader = staff.staff("officer")
    accounts.issue_token(reader, name="A script", at=timezone.now())
    accounts.issue_calendar_link(reader, name="A calendar", at=timezone.now())
    partner = partners.partner(country="FR")
    partners.release(partner, engagements.engagement(title="Released to a partner").pk)
    endpoint, _ = partners.endpoint(partner)
    partners.ping(endpoint, 200, hours=1)
    puller = partners.Puller(partner, SERVER_NAME="localhost")
    puller.snapshot()
    puller.pull()


def tables_without_rows() -> set[str]:
    """Return the tables of ours that this leaves empty and should not."""
    ours = [model for model in apps.get_models() if model.__module__.startswith(FLOORS)]
    return {model._meta.db_table for model in ours if not model._base_manager.exists()} - EMPTY
