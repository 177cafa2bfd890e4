"""Who may read people and organizations follows from the records that show their names."""

import re

import pytest
from django.db import connection

from engagements import services as engagements
from engagements.models import Engagement
from sgoffice import history
from sgoffice.changes.door import ANY_VERSION
from sgoffice.directory import services
from sgoffice.directory.models import Membership, Organization, Person
from sgoffice.records.actors import OFFICE
from sgoffice.records.entries import ByName, Correction
from sgoffice.records.models import Entry
from tests.factories import directory
from tests.factories import engagements as make
from tests.factories.accounts import signed_in, staff

pytestmark = pytest.mark.django_db
#: The register's own part of a request id.
_OWN = re.compile(r"twin\.[0-9a-f]{32}|[0-9a-f]{32}")
NAME = "Wladimir Zqxdefector"
BODY = "Bureau of Zqxcargo"


def met(by=OFFICE, person=NAME, body=None, **values):
    """Log a meeting with somebody by name; `by` is a member of staff."""
    spoke_for = (engagements.CapacityEntry(organization=ByName(name=body)),) if body else ()
    who = engagements.ParticipantEntry(
        person=person if isinstance(person, ByName) else ByName(name=person), side="theirs", capacities=spoke_for
    )
    entry = make.entry(participants=(who,), **{"marking": "restricted", "allow_duplicate": True, **values})
    return engagements.log_engagement(entry, by=by, at=make.NOW)


def correct(meeting, **values):
    given = Correction(engagements.EngagementEntry, values)
    return engagements.correct_engagement(meeting.pk, given, by=OFFICE, expected=ANY_VERSION, at=make.NOW)


def masked(text):
    return _OWN.sub("request", text)


def seen(user, model=Person):
    return [str(one) for one in model.objects.visible_to(user.as_actor()).order_by("pk")]


@pytest.mark.parametrize("role", ["viewer", "officer", "administrator", "auditor"])
def test_who_came_to_a_restricted_meeting_is_as_hidden_as_the_meeting(role):
    met(by=staff("officer").as_actor(), body=BODY)

    assert seen(staff(role)) == []
    assert seen(staff(role), Organization) == []


def test_approvers_its_author_and_its_named_readers_see_them():
    author, reader = staff("officer"), staff("viewer")

    met(by=author.as_actor(), readers=(str(reader.pk),), body=BODY)

    for one in (author, reader, staff("approver")):
        assert seen(one) == [NAME]
        assert seen(one, Organization) == [BODY]


def test_who_came_to_any_other_meeting_is_seen_by_all_staff():
    met(marking="internal", body=BODY)

    assert seen(staff("viewer")) == [NAME]
    assert seen(staff("viewer"), Organization) == [BODY]


def test_who_was_entered_on_their_own_stays_seen():
    directory.person(NAME)

    met()

    assert seen(staff("viewer")) == [NAME]


def test_a_meeting_that_is_raised_hides_whom_it_alone_names():
    meeting = met(marking="internal")

    correct(meeting, marking="restricted")

    assert seen(staff("viewer")) == []


def test_a_meeting_that_is_raised_hides_nobody_whom_another_one_names():
    person = Person.objects.get(name=NAME) if met(marking="internal") else None
    make.engagement(participants=(make.theirs(person=person),), held="2026-02-02")

    correct(Engagement.objects.order_by("pk").first(), marking="restricted")

    assert seen(staff("viewer")) == [NAME]


def test_naming_them_in_an_open_record_opens_them_and_its_correction_hides_them_again():
    met()
    person = Person.objects.get()
    opened = make.engagement(participants=(make.theirs(person=person),), held="2026-02-02")
    viewer = staff("viewer")
    assert seen(viewer) == [NAME]

    correct(opened, participants=())

    assert seen(viewer) == []


def test_readers_of_each_record_that_names_them_see_them_while_they_may_read_it():
    one, other = staff("viewer"), staff("viewer")
    met(readers=(str(one.pk),))
    person = Person.objects.get()
    second = make.engagement(
        participants=(make.theirs(person=person),), held="2026-02-02", marking="restricted", readers=(str(other.pk),)
    )
    assert (seen(one), seen(other)) == ([NAME], [NAME])

    correct(second, readers=())

    assert (seen(one), seen(other)) == ([NAME], [])


def test_an_author_who_no_longer_enters_records_sees_them_no_more():
    author, second = staff("officer"), staff("officer")
    met(by=author.as_actor())
    person = Person.objects.get()
    who = make.theirs(person=person)
    entry = make.entry(participants=(who,), held="2026-02-02", marking="restricted")
    engagements.log_engagement(entry, by=OFFICE, at=make.NOW)
    met(by=second.as_actor(), person="Another Zqxdefector", held="2026-02-03")
    assert seen(author) == [NAME]

    author.role = "viewer"

    assert seen(author) == []


def test_what_ties_two_is_read_by_whoever_may_read_both():
    met(readers=(str((reader := staff("viewer")).pk),), body=BODY)
    open_body = directory.organization("Cargo office")
    for body in (Organization.objects.get(name=BODY), open_body):
        entry = services.MembershipEntry(person=Person.objects.get().pk, organization=body.pk, role="Colonel")
        services.record_membership(entry, by=OFFICE)

    assert len(seen(reader, Membership)) == 2
    assert seen(staff("viewer"), Membership) == []

    make.engagement(participants=(make.theirs(person=Person.objects.get()),), held="2026-02-02")

    assert [one.organization for one in Membership.objects.visible_to(staff("viewer").as_actor())] == [open_body]


def test_an_organization_tells_the_name_of_another_one_to_its_own_readers():
    met(body=BODY)
    hidden = Organization.objects.get()
    part = services.OrganizationEntry(name="Zqxcargo desk", parent=hidden.pk)

    services.register_organization(part, by=OFFICE)

    assert seen(staff("viewer"), Organization) == [BODY, "Zqxcargo desk"]


def test_two_that_show_each_others_names_open_neither():
    met(body=BODY)
    met(person="Second Zqxdefector", body="Second zqxcargo", held="2026-02-02")
    one, other = Organization.objects.order_by("pk")
    for body, successor in ((one, other), (other, one)):
        given = {"parent": successor.pk} if body == one else {"successor": one.pk}
        correction = Correction(services.OrganizationEntry, given)
        services.correct_organization(body.pk, correction, by=OFFICE, expected=ANY_VERSION)

    assert seen(staff("viewer"), Organization) == []


def test_raw_sql_that_hides_a_meeting_hides_whom_it_names():
    meeting = met(marking="internal")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE engagements_engagement SET marking = 'restricted' WHERE id = %s", [meeting.pk])

    assert seen(staff("viewer")) == []


def test_a_write_to_somebody_hidden_opens_nobody():
    met()
    person = Person.objects.get()

    given = Correction(services.PersonEntry, {"honorific_prefix": "Colonel"})
    services.correct_person(person.pk, given, by=OFFICE, expected=ANY_VERSION)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE directory_person SET name = 'Other Name' WHERE id = %s", [person.pk])

    assert seen(staff("viewer")) == []


def test_verification_holds(settle):
    met(body=BODY)
    directory.person("Somebody open")
    settle()

    assert list(history.faults()) == []


ADDRESSES = (
    "people", "people?q=zqxdefector", "people/{id}", "people/{id}/history", "people/{id}/links", "organizations",
    "organizations?q=zqxcargo", "search?q=zqxdefector", "search?q=zqxcargo", "directory/search?q=zqxdefector",
    "directory/search?q=zqxcargo", "directory/search?q=zqxdefectr", "counterparts/person/{id}/brief", "memberships",
    "people?count=capped", "people?format=csv",
)  # fmt: skip
PAGES = (
    "/admin/directory/person/", "/admin/directory/person/?q=zqx", "/admin/directory/person/{id}/change/",
    "/admin/directory/person/{id}/history/", "/admin/directory/organization/", "/admin/directory/membership/",
    "/admin/autocomplete/?app_label=directory&model_name=membership&field_name=person&term=zqx",
    "/desk/counterparts/person/{id}",
)  # fmt: skip


@pytest.mark.parametrize("role", ["viewer", "officer", "administrator", "auditor"])
def test_nothing_tells_of_somebody_who_is_hidden(role):
    met(body=BODY)
    person = Person.objects.get()
    entry = services.MembershipEntry(person=person.pk, organization=Organization.objects.get().pk, role="Zqxcolonel")
    services.record_membership(entry, by=OFFICE)
    client = signed_in(role)

    found = [client.get(f"/api/v1/{path.format(id=person.pk)}") for path in ADDRESSES]
    found += [client.get(page.format(id=person.pk)) for page in PAGES]

    assert [
        answer.request["PATH_INFO"]
        for answer in found
        if any(word in answer.getvalue().decode() for word in ("Zqxdefector", "Zqxcargo", "Zqxcolonel"))
    ] == []


def test_somebody_hidden_answers_like_an_unknown_id_to_whoever_names_them():
    met()
    person = Person.objects.get()
    client = signed_in("officer")
    unknown = "0190b6e0-0000-7000-8000-000000000000"

    def answer(key):
        who = {"person": key, "side": "theirs"}
        body = {"title": "Probe", "kind": "other", "status": "tentative", "held": "2027-01-04", "participants": [who]}
        told = client.enter("engagements", body, **{"X-Request-ID": "twin"})
        headers = {"If-Match": '"1"', "X-Request-ID": "twin"}
        other = client.enter("people/" + key + "/enter-in-error", {"reason": "Probe"}, **headers)
        return [(one.status_code, masked(one.content.decode().replace(key, "id"))) for one in (told, other)]

    assert answer(str(person.pk)) == answer(unknown)
    assert Entry.objects.get(pk=person.pk).marking == "restricted"
