"""Participants by name: found, shown when they are only near, entered when they are new; all or nothing."""

import pytest

from engagements import services
from engagements.models import Engagement
from sgoffice.directory.models import Organization, Person
from sgoffice.records.entries import ByName
from sgoffice.records.errors import InvalidEntry, PossibleDuplicates
from tests.factories import directory
from tests.factories import engagements as make
from tests.factories.accounts import signed_in

pytestmark = pytest.mark.django_db


def named(person, **values):
    create = values.pop("create", False)
    return services.ParticipantEntry(person=ByName(name=person, create=create), **values)


@pytest.fixture
def teo():
    directory.country("SG", "Singapore")
    directory.country("FR", "France")
    return directory.person("Josephine Teo")


def test_somebody_who_is_known_is_linked_and_nobody_is_doubled(teo):
    engagement = make.engagement(participants=(named("Mrs Teo Josephine"),))

    assert engagement.participants.get().person_id == teo.pk
    assert Person.objects.count() == 1


def test_a_near_name_is_shown_at_its_pointer_and_nothing_is_written(teo):
    with pytest.raises(PossibleDuplicates) as refused:
        make.engagement(participants=(named("Somebody Quite Else"), named("Josefine Teo")))

    (pointer,) = refused.value.candidates
    assert pointer == "/participants/1/person"
    assert [one.id for one in refused.value.candidates[pointer]] == [teo.pk]
    assert (Person.objects.count(), Engagement.objects.count()) == (1, 0)


def test_a_new_one_is_entered_when_it_is_said_so_or_nothing_is_near(teo):
    engagement = make.engagement(participants=(named("Josefine Teo", create=True), named("Amina Mohammed")))

    names = engagement.participants.order_by("position").values_list("person__name", flat=True)
    assert list(names) == ["Josefine Teo", "Amina Mohammed"]
    assert Person.objects.count() == 3


def test_title_organization_and_country_beside_a_person_are_the_first_capacity(teo):
    minister = named(
        "Josephine Teo", organization=ByName(name="Ministry of Home Affairs"), country="SG", title="Minister"
    )

    engagement = make.engagement(participants=(minister,))

    (capacity,) = engagement.participants.get().capacities.all()
    assert (capacity.title, capacity.country_id) == ("Minister", "SG")
    assert str(capacity.organization) == "Ministry of Home Affairs"
    assert Organization.objects.get().country_id == "SG"


def test_a_government_is_its_country_and_no_organization(teo):
    minister = named("Josephine Teo", organization=ByName(name="Government of Singapore"), country="SG")

    engagement = make.engagement(participants=(minister,))

    (capacity,) = engagement.participants.get().capacities.all()
    assert (capacity.organization, capacity.country_id, capacity.called) == (None, "SG", "Government of Singapore")
    assert not Organization.objects.exists()


def test_one_new_name_twice_is_entered_once(teo):
    both = (
        named("Amina Mohammed", organization=ByName(name="New Council")),
        named("John Doe", organization=ByName(name="new council")),
    )

    engagement = make.engagement(participants=both)

    assert Organization.objects.count() == 1
    assert {one.organization_id for one in engagement.capacities.all()} == {Organization.objects.get().pk}


def test_somebody_who_was_met_for_another_country_is_not_linked_by_the_name_alone(teo):
    make.engagement(participants=(named("Josephine Teo", country="SG"),))

    with pytest.raises(PossibleDuplicates):
        make.engagement(held="2024-06-01", participants=(named("Josephine Teo", country="FR"),))


def test_a_name_that_says_nothing_is_refused(teo):
    with pytest.raises(InvalidEntry) as refused:
        make.engagement(participants=(named(" - "),))

    assert refused.value.errors[0][0] == "/participants/0/person"


def test_everything_is_undone_when_the_engagement_is_refused(teo):
    with pytest.raises(InvalidEntry):
        make.engagement(title=" ", participants=(named("Amina Mohammed"),))

    assert Person.objects.count() == 1


def test_over_http_a_name_is_a_text_or_an_object(teo):
    officer = signed_in("officer")
    body = {"title": "Call", "kind": "courtesy_call", "status": "held", "held": "2024-05-15"}
    who = {
        "person": {"name": "Josephine Teo"},
        "organization": "Ministry of Home Affairs",
        "country": "SG",
        "title": "Minister",
    }

    logged = officer.enter("engagements", body | {"participants": [who]})
    near = officer.enter("engagements", body | {"held": "2024-06-01", "participants": [{"person": "Josefine Teo"}]})

    assert logged.status_code == 201, logged.content
    assert logged.json()["participants"][0]["person"]["id"] == str(teo.pk)
    assert near.status_code == 409
    problem = near.json()
    assert problem["type"] == "/problems/possible-duplicates"
    assert problem["candidates"][0]["pointer"] == "/participants/0/person"
    assert problem["candidates"][0]["records"][0]["id"] == str(teo.pk)
    again = officer.enter(
        "engagements",
        body | {"held": "2024-06-01", "participants": [{"person": problem["candidates"][0]["records"][0]["id"]}]},
    )
    assert again.status_code == 201


@pytest.mark.parametrize(
    "person", [{"name": ""}, {"name": 1}, {}, {"name": "X", "age": 3}, {"name": "X", "create": "yes"}, 7, [], "\u202e"]
)
def test_what_is_neither_id_nor_name_is_400(teo, person):
    body = {"title": "Call", "kind": "courtesy_call", "status": "held", "held": "2024-05-15"}

    answer = signed_in("officer").enter("engagements", body | {"participants": [{"person": person}]})

    assert answer.status_code == 400, answer.content
    assert answer.json()["errors"][0]["pointer"].startswith("/participants/0/person")


def test_a_state_that_takes_part_itself_is_a_group_that_speaks_for_it(teo):
    itself = services.ParticipantEntry(organization=ByName(name="Republic of Singapore"), title="Chair")

    engagement = make.engagement(participants=(itself,))

    participant = engagement.participants.get()
    (capacity,) = participant.capacities.all()
    assert (participant.organization, participant.group_description) == (None, "Republic of Singapore")
    assert (capacity.title, capacity.country_id, capacity.called) == ("Chair", "SG", "Republic of Singapore")
    assert not Organization.objects.exists()


@pytest.mark.parametrize("name", ["Government of France", "France", "French Republic", "Ministry of Justice of France"])
def test_the_name_of_one_state_beside_the_code_of_another_is_asked_about(teo, name):
    minister = named("Josephine Teo", organization=ByName(name=name), country="SG")

    with pytest.raises(PossibleDuplicates) as refused:
        make.engagement(participants=(minister,))

    (pointer,) = refused.value.candidates
    assert pointer == "/participants/0/capacities/0/organization"
    assert refused.value.candidates[pointer][0].label == "France (FR)"
    assert not Organization.objects.exists()


def test_a_part_of_a_state_is_an_organization_of_its_own(teo):
    minister = named("Josephine Teo", organization=ByName(name="Region of Occitania"), country="FR")

    make.engagement(participants=(minister,))

    assert str(Organization.objects.get()) == "Region of Occitania"


def test_an_office_in_place_of_a_person_is_a_group_that_speaks_for_it():
    directory.country("RW", "Rwanda")

    engagement = make.engagement(participants=(named("The Minister of Justice of Rwanda", role="principal"),))

    participant = engagement.participants.get()
    [capacity] = participant.capacities.all()
    assert (participant.person, participant.group_description) == (None, "The Minister of Justice of Rwanda")
    assert (capacity.title, capacity.country_id, engagement.level) == ("Minister of Justice", "RW", "minister")
    assert not Person.objects.exists()
    [told] = engagement.understood
    assert (told["pointer"], told["id"], told["why"].split(":")[0]) == (
        "/participants/0/person",
        None,
        "is an office, not a person",
    )


def test_an_office_of_one_state_beside_another_country_is_asked_about():
    directory.country("RW", "Rwanda")
    directory.country("KE", "Kenya")

    with pytest.raises(PossibleDuplicates) as refused:
        make.engagement(participants=(named("Minister of Justice of Rwanda", country="KE"),))

    assert {one.label for one in refused.value.candidates["/participants/0/person"]} == {"Rwanda (RW)", "Kenya (KE)"}


def test_somebody_who_is_called_like_an_office_is_a_person_when_it_is_said_so():
    engagement = make.engagement(participants=(named("Director General", create=True),))

    assert str(engagement.participants.get().person) == "Director General"


def test_a_new_organization_takes_no_country_from_its_member():
    directory.country("FR", "France")
    chair = named("Amina Mohammed", organization=ByName(name="World Jurist Foundation"), country="FR", title="Chair")

    make.engagement(participants=(chair,))

    assert Organization.objects.get().country_id is None
