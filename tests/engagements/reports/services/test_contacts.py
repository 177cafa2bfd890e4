"""The line of a contact in a brief: who came for us, who for them, and how each took part."""

import pytest

from engagements import services as log
from tests.factories import directory
from tests.factories import engagements as make

pytestmark = pytest.mark.django_db
LIVE = {"marking": "public"}


@pytest.fixture
def singapore():
    return directory.country("SG", "Singapore")


def last_contacts(client):
    return client.get("/api/v1/counterparts/country/SG/brief").json()["last_contacts"]


def of_singapore(**values):
    return make.engagement(participants=(make.theirs(country="SG", title="Minister"),), **LIVE | values)


def test_a_contact_tells_who_came_for_us_and_how_each_took_part(viewer, singapore):
    principal, deputy = directory.person("Testa Principal"), directory.person("Testa Deputy")
    of_singapore(held="2024-05-14", principal=principal.pk, represented_by=deputy.pk, principal_mode="represented")
    by_video = make.theirs(country="SG", title="Minister", mode="by_video")
    make.engagement(held="2024-05-15", participants=(by_video,), principal_attendance="absent", **LIVE)

    last, first = last_contacts(viewer)

    assert (first["principal"]["label"], first["represented_by"]["label"]) == ("Testa Principal", "Testa Deputy")
    assert (last["principal_attendance"], last["attendees"][0]["mode"]) == ("absent", "by_video")


def test_an_attendee_has_the_highest_level_of_all_titles_and_a_group_that_of_its_description(viewer, singapore):
    titles = [log.CapacityEntry(country="SG", title=one) for one in ("Chief of Police", "Minister of the Interior")]
    both = log.ParticipantEntry(person=directory.person("Both Things").pk, capacities=tuple(titles))
    make.engagement(participants=(both, make.group("Chiefs of police", country="SG")), **LIVE)

    [contact] = last_contacts(viewer)

    assert [one["level"] for one in contact["attendees"]] == ["minister", "chief_of_police"]
