"""Nobody enters the directory twice: by the services, over HTTP and in the admin."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from appointments import services as appointments
from engagements import services as engagements
from sgoffice.changes.door import ANY_VERSION
from sgoffice.changes.merging import keep_apart
from sgoffice.directory import services
from sgoffice.directory.models import Person
from sgoffice.records.actors import OFFICE
from sgoffice.records.entries import ByName, Correction
from sgoffice.records.errors import PossibleDuplicates
from tests.factories import directory
from tests.factories import engagements as make
from tests.factories.accounts import signed_in, staff
from tests.forms import sent_by

pytestmark = pytest.mark.django_db
STATEMENTS = 12  # that asking adds to entering a person


def enter(kind, **values):
    entry, service = {
        "person": (services.PersonEntry, services.register_person),
        "organization": (services.OrganizationEntry, services.register_organization),
        "office": (services.OfficeEntry, services.register_office),
        "topic": (services.TopicEntry, services.register_topic),
        "country": (services.CountryEntry, services.register_country),
        "body": (appointments.BodyEntry, appointments.set_up_body),
    }[kind]
    return service(entry(**values), by=OFFICE)


def candidates(kind, **values):
    """Return the names that are shown before another one is entered; nothing if it is entered."""
    try:
        enter(kind, **values)
    except PossibleDuplicates as refused:
        return [one.label for one in refused.candidates["/name"]]
    return []


#: What is entered beside what the register has, and of whom the candidate is to be.
NEAR = (
    ("person", "Gerhard Karner", {"name": "Gerhard Karnr"}),
    ("person", "Gerhard Karner", {"name": "KARNER Gerhard"}),
    ("person", "Gerhard Karner", {"name": "H.E. Gerhard Karner"}),
    ("person", "Gerhard Karner", {"name": "G. Karner"}),
    ("person", "Gerhard Karner", {"name": "Герхард Карнер"}),
    ("person", "Gerhard Karner", {"name": "Somebody", "other_names": (services.OtherName(name="Gerhard Karner"),)}),
    ("person", "Xi Jinping", {"name": "习近平"}),
    ("organization", "World Customs Organization", {"name": "World Custom Organisation"}),
    ("organization", "World Customs Organization", {"name": "WCO"}),
    ("organization", "World Customs Organization", {"name": "OMD", "names": {"en": "World Customs Organization"}}),
    ("topic", "Terrorism", {"name": "Terorism"}),
    ("office", "Regional Bureau Nairobi", {"name": "Regional Bureau, Nairobi", "city": "Nairobi", "country": "KE"}),
    ("country", "Kenya (KE)", {"name": "Kenya", "code": "XX"}),
    ("body", "Executive Committee", {"name": "Executive Comittee", "slug": "excom"}),
)
OTHERS = (
    ("person", {"name": "Gerda Karlsson"}),
    ("organization", {"name": "Universal Postal Union"}),
    ("organization", {"name": "World Meteorological Organization"}),
    ("topic", {"name": "Bioterrorism"}),
    ("office", {"name": "Regional Bureau Abidjan", "city": "Abidjan", "country": "KE"}),
    ("country", {"name": "Kenia and Uganda", "code": "XY"}),
)


def test_a_name_that_is_there_or_nearly_is_shown_before_another_is_entered():
    ours = directory.organization("International Criminal Police Organization")
    theirs = directory.organization("World Customs Organization", acronym="WCO")
    directory.person("Gerhard Karner", other_names=(services.OtherName(name="Герхард Карнер"),))
    directory.person("Xi Jinping")
    directory.topic("Terrorism")
    directory.office("Regional Bureau Nairobi", city="Nairobi", country=directory.country("KE", "Kenya").code)
    enter("body", name="Executive Committee", slug="executive-committee", organization=ours.pk)

    for kind, known, given in NEAR:
        near = given | ({"organization": ours.pk} if kind == "body" else {})
        assert candidates(kind, **near) == [known], near
        with transaction.atomic():
            assert candidates(kind, **near, allow_duplicate=True) == [], near
            transaction.set_rollback(True)
    for kind, other in OTHERS:
        assert candidates(kind, **other) == [], other
    assert candidates("organization", name="WCO Regional Office", parent=theirs.pk) == []
    assert candidates("body", name="Executive Committee", slug="other", organization=theirs.pk) == []


def test_a_correction_to_the_name_of_another_one_is_refused_and_one_of_the_own_name_is_not():
    directory.person("Gerhard Karner")
    other = directory.person("Jürgen Koch")

    def rename(name, **values):
        correction = Correction(services.PersonEntry, {"name": name, **values})
        return services.correct_person(other.pk, correction, by=OFFICE, expected=ANY_VERSION)

    with pytest.raises(PossibleDuplicates):
        rename("Gerhard Karnr")
    assert rename("JURGEN KOCH").name == "JURGEN KOCH"  # its own name, read alike
    assert rename("Gerhart Karner", allow_duplicate=True).name == "Gerhart Karner"
    keep_apart(
        Person,
        other.pk,
        other=Person.objects.get(name="Gerhard Karner").pk,
        by=OFFICE,
        expected=ANY_VERSION,
        reason="x",
    )
    assert rename("Gerhard Karnr").name == "Gerhard Karnr"


def test_a_namesake_whom_the_actor_may_not_see_makes_no_refusal():
    author, stranger = staff("officer"), staff("officer")
    who = engagements.ParticipantEntry(person=ByName(name="Wladimir Zqxdefector", create=True))
    make.engagement(participants=(who,), marking="restricted", allow_duplicate=True, by=author.as_actor())
    entry = services.PersonEntry(name="Wladimir Zqxdefector")

    with pytest.raises(PossibleDuplicates):
        services.register_person(entry, by=author.as_actor())
    assert services.register_person(entry, by=stranger.as_actor()).name == "Wladimir Zqxdefector"


def test_over_http_a_near_name_is_a_409_with_candidates_until_it_is_another_one():
    officer = signed_in("officer")
    known = directory.person("Gerhard Karner")
    body = directory.organization("World Customs Organization")

    for kind, record, name in (("people", known, "Gerhard Karnr"), ("organizations", body, "World Customs Org")):
        refused = officer.enter(kind, {"name": name})
        assert refused.status_code == 409, refused.content
        assert refused.json()["type"].endswith("/problems/possible-duplicates")
        shown = refused.json()["candidates"][0]
        assert (shown["pointer"], [one["id"] for one in shown["records"]]) == ("/name", [str(record.pk)])
        assert "allow_duplicate" in refused.json()["detail"]
        assert officer.enter(kind, {"name": name, "allow_duplicate": True}).status_code == 201


def test_in_the_admin_the_candidates_stand_beside_the_tick_that_enters_another_one():
    officer = signed_in("officer")
    known = directory.person("Gerhard Karner")
    address = "/admin/directory/person/add/"
    page = officer.get(address)
    assert "allow_duplicate" not in page.content.decode()

    refused = officer.post(address, sent_by(page, name="Gerhard Karnr"))
    shown = refused.content.decode()
    assert refused.status_code == 200
    assert f"/admin/directory/person/{known.pk}/change/" in shown
    assert 'name="allow_duplicate"' in shown
    again = officer.post(address, sent_by(refused, name="Gerhard Karnr"))
    assert again.status_code == 200
    assert not Person.objects.filter(name="Gerhard Karnr").exists()

    assert officer.post(address, sent_by(again, name="Gerhard Karnr", allow_duplicate="on")).status_code == 302
    assert Person.objects.filter(name="Gerhard Karnr").exists()
    other = directory.person("Jürgen Koch")
    address = f"/admin/directory/person/{other.pk}/change/"
    refused = officer.post(address, sent_by(officer.get(address), name="Gerhard Karner"))
    assert 'name="allow_duplicate"' in refused.content.decode()
    assert officer.post(address, sent_by(refused, name="Gerhard Karner", allow_duplicate="on")).status_code == 302
    other.refresh_from_db()
    assert other.name == "Gerhard Karner"


def test_asking_adds_few_statements():
    counted = []
    for number, is_another in ((1, True), (2, False)):
        with CaptureQueriesContext(
            connection,
        ) as said:
            enter("person", name=f"{'Ada Anders' if number == 1 else 'Bo Bengtsson'}", allow_duplicate=is_another)
        counted.append(len(said))

    assert counted[1] - counted[0] <= STATEMENTS, counted
