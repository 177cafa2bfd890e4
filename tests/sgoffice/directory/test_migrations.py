"""What an upgrade brings to the rows that are there."""

from importlib import import_module

from engagements import services as engagements
from engagements.models import Engagement
from sgoffice.changes.corrections import enter_in_error
from sgoffice.changes.door import ANY_VERSION
from sgoffice.directory import services
from sgoffice.directory.models import Person
from sgoffice.records.actors import OFFICE
from sgoffice.records.entries import ByName, Correction
from tests.factories import engagements as make
from tests.factories.accounts import staff
from tests.sgoffice.records.asking import as_owner, tamper


def test_who_was_hidden_on_their_own_has_the_readers_of_now(fresh_database):
    upgrade = import_module("sgoffice.directory.migrations.0011_readers_of_who_was_hidden").Migration.operations[0].sql
    who = engagements.ParticipantEntry(person=ByName(name="Wladimir Zqxdefector"), side="theirs")
    meeting = engagements.log_engagement(make.entry(participants=(who,)), by=staff().as_actor(), at=make.NOW)
    hidden = Correction(services.PersonEntry, {"marking": "restricted"})
    services.correct_person(Person.objects.get().pk, hidden, by=OFFICE, expected=ANY_VERSION)
    enter_in_error(Engagement, meeting.pk, by=OFFICE, expected=ANY_VERSION, reason="It was another day.")
    tamper("records_entry", "UPDATE records_entry SET marking = 'public', entered_by = '' WHERE kind = 'person'")
    viewer = staff("viewer").as_actor()
    assert Person.objects.visible_to(viewer).exists()  # as the version before left it

    as_owner(upgrade)

    assert not Person.objects.visible_to(viewer).exists()
