"""The reader of entries: what refers waits, what is there stays, and what cannot be entered is named."""

from datetime import date

import pytest

from appointments.models import Appointment
from sgoffice import history
from sgoffice.changes.door import ANY_VERSION
from sgoffice.directory.models import Country, Organization
from sgoffice.directory.services import OrganizationEntry, correct_organization
from sgoffice.records.actors import OFFICE, Actor, Permission
from sgoffice.records.entries import Correction
from sgoffice.records.models import Entry
from sgoffice.running.entry_reader import UnreadableLine, read_entries

pytestmark = pytest.mark.django_db

FRANCE = {"kind": "country", "origin": "t:fr", "entry": {"code": "FR", "name": "France", "status": "member"}}


def organization(name, **entry):
    return {"kind": "organization", "origin": f"t:{name}", "entry": {"name": name, **entry}}


def read(*lines):
    return read_entries(lines, by=OFFICE)


def refusal(*lines):
    with pytest.raises(UnreadableLine) as error:
        read(*lines)
    return str(error.value)


def test_enters_what_the_services_enter_and_keeps_its_origin():
    assert read(FRANCE, organization("Gendarmerie", country="FR")) == {"country": 1, "organization": 1}

    made = Organization.objects.get(name="Gendarmerie")
    assert (made.origin, made.country_id) == ("t:Gendarmerie", "FR")
    assert Entry.objects.get(pk=made.pk).version == 1


def test_reading_again_enters_what_is_new_and_nothing_else():
    read(FRANCE)
    before = history.head()

    assert read(FRANCE) == {}
    assert history.head() == before
    assert read(FRANCE, organization("Gendarmerie")) == {"organization": 1}
    assert Country.objects.count() == 1


def test_what_a_person_changed_since_stays():
    read(organization("Gendarmerie"))

    read(organization("Gendarmerie", acronym="GN"))

    assert Organization.objects.get(name="Gendarmerie").acronym == ""


def test_what_was_added_to_a_line_reaches_a_record_that_nobody_changed():
    read(organization("Gendarmerie"))
    later = organization("Gendarmerie", acronym="GN", seat_city="Paris") | {"added": ["acronym"], "collected": ["x-1"]}

    read(later)

    made = Organization.objects.get(name="Gendarmerie")
    assert (made.acronym, made.seat_city) == ("GN", "")
    before = history.head()
    read(later)
    assert history.head() == before


def test_what_was_added_leaves_a_record_that_somebody_changed():
    read(organization("Gendarmerie"))
    made = Organization.objects.get(name="Gendarmerie")
    officer = Actor("staff", "7", "Officer", frozenset(Permission))
    patch = Correction(OrganizationEntry, {"seat_city": "Lyon"})
    correct_organization(made.pk, patch, by=officer, expected=ANY_VERSION)

    read(organization("Gendarmerie", acronym="GN") | {"added": ["acronym"]})

    assert Organization.objects.get(name="Gendarmerie").acronym == ""


def test_a_line_waits_for_those_that_it_refers_to():
    read(
        organization("a", parent={"origin": "t:b"}, country="FR"),
        organization("b", parent={"origin": "t:c"}),
        organization("c"),
        FRANCE,
    )

    a = Organization.objects.select_related("parent__parent").get(name="a")
    assert (a.parent.name, a.parent.parent.name) == ("b", "c")


def test_a_reference_leads_to_what_the_register_has():
    read(organization("c"))

    read(organization("b", parent={"origin": "t:c"}))

    assert Organization.objects.get(name="b").parent.name == "c"


def test_the_order_of_lines_of_a_kind_is_the_order_of_entry():
    names = ["m", "z", "a", "k"]

    read(*[organization(name) for name in names])

    assert list(Organization.objects.order_by("pk").values_list("name", flat=True)) == names


def appointment(**line):
    entry = {
        "post": {"origin": "t:post"}, "person": {"origin": "t:person"}, "start": "2024-11-07", "marking": "public",
    }  # fmt: skip
    return {"kind": "appointment", "origin": "t:term", "entry": entry, **line}


@pytest.fixture
def post():
    return [
        organization("office"),
        {"kind": "person", "origin": "t:person", "entry": {"name": "Valdecy Urquiza"}},
        {
            "kind": "post", "origin": "t:post",
            "entry": {"slug": "chief", "label": "Chief", "organization": {"origin": "t:office"}},
        },
    ]  # fmt: skip


def test_rules_are_there_before_what_they_judge_wherever_they_stand(post):
    entry = {
        "post": {"origin": "t:post"}, "legal_basis": "Article 28", "first_day": "2017-09-01", "term_months": 60,
    }  # fmt: skip
    rule = {"kind": "term_rule", "origin": "t:rule", "entry": entry}

    read(appointment(), *post, rule)

    assert Appointment.objects.get(origin="t:term").during.upper == date(2029, 11, 7)


def test_a_step_is_taken_with_the_record(post):
    read(*post, appointment(steps=[{"step": "assume", "entry": {"on": "2024-11-07"}}]))

    assert Appointment.objects.get(origin="t:term").state == "assumed"
    assert read(*post, appointment(steps=[{"step": "assume", "entry": {"on": "2024-11-07"}}])) == {}


def test_a_step_that_is_refused_leaves_no_record(post):
    said = refusal(*post, appointment(steps=[{"step": "assume", "entry": {"on": "2024-01-01"}}]))

    assert said == "t:term: The term begins on 2024-11-07."
    assert not Entry.objects.filter(origin="t:term").exists()


def test_only_an_import_may_say_that_history_breaks_a_rule(post):
    deviation = {"rule": "term-too-long", "reason": "It was so."}

    term = appointment(deviation=deviation)
    read(*post, term | {"entry": term["entry"] | {"start": "1963", "end": "1978"}})

    assert Appointment.objects.get(origin="t:term").deviation == {**deviation, "source": ""}
    assert "There is no such field" in refusal(organization("x") | {"deviation": deviation})


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([{"kind": "person", "origin": "t:1"}], "t:1: it needs entry, kind, origin"),
        ([{"kind": "club", "origin": "t:1", "entry": {}}], "t:1: club is not a kind of record"),
        ([organization("a"), organization("a")], "t:a: two lines have this origin"),
        ([organization("a", parent={"origin": "t:z"})], "t:a: there is no record with the origin t:z"),
        (
            [organization("a", parent={"origin": "t:b"}), organization("b", parent={"origin": "t:a"})],
            "t:b: circular reference: t:a, t:b",
        ),
        ([organization("a", acronym=7)], 't:a: {"acronym": ["This must be a string."]}'),
        ([organization("a", nickname="x")], 't:a: {"nickname": ["There is no such field; there are: '),
        ([organization("a", country="ZZ")], 't:a: {"country": ["There is no country “ZZ”. '),
        ([organization("a") | {"steps": [{"step": "sing", "entry": {}}]}], "t:a: sing is not a step of this kind"),
    ],
)
def test_what_cannot_be_entered_is_named_with_the_reason(lines, said):
    assert refusal(*lines).startswith(said)
    assert not Organization.objects.exists()
