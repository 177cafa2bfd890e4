"""Entries and corrections: how plain values reach a record, and which texts never do. No database but for existence."""

from dataclasses import dataclass
from datetime import date
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sgoffice.directory.models import Membership, Organization, Person
from sgoffice.directory.services import OrganizationEntry, PersonEntry
from sgoffice.records.actors import OFFICE, Actor, Permission
from sgoffice.records.entries import (
    UNSET,
    Conflict,
    Correction,
    RecordEntry,
    Source,
    assign_fields,
    find_forbidden_text,
    given_values,
    require_exists,
    to_json,
)
from sgoffice.records.errors import InvalidEntry
from tests.factories.directory import country, organization, person

FORBIDDEN = [*map(chr, [0, 1, 8, 0x0B, 0x0C, 0x1F, 0x7F, 0x85, 0xD800, 0xDFFF, 0x202A, 0x202E, 0x2066, 0x2069, 0xFEFF])]
#: What services take: markings of people and organizations (decision 25), since when a name counts, namesakes.
APART = ("marking", "renamed_on", "allow_duplicate")


def refused(record, entry):
    with pytest.raises(InvalidEntry) as error:
        assign_fields(record, entry, skip=APART)
    return dict(error.value.errors)


def test_entry_sets_every_field_under_its_own_name():
    parent, made = uuid4(), Organization()
    source = Source(url="https://www.interpol.int", supports=("/name",), verification="primary")

    assign_fields(
        made,
        OrganizationEntry(
            name="United Nations", acronym="UN", parent=parent, country="FR", founding_date="1945-10-24",
            sources=(source,), languages=("en", "fr"), conflicts=(Conflict(pointer="/founding_date", value="1942"),),
        ),
        skip=APART,
    )  # fmt: skip

    assert (made.name, made.acronym, made.parent_id, made.country_id) == ("United Nations", "UN", parent, "FR")
    assert (made.founding_date, made.founding_date_earliest, made.founding_date_latest) == (
        "1945-10-24", date(1945, 10, 24), date(1945, 10, 24),
    )  # fmt: skip
    assert made.sources == [
        {
            "url": "https://www.interpol.int", "document": "", "title": "", "published_on": "", "supports": ["/name"],
            "verification": "primary",
        }
    ]  # fmt: skip
    assert (made.languages, made.conflicts[0]["value"]) == (["en", "fr"], "1942")


def test_correction_sets_what_it_names_and_nothing_else():
    known = Person(name="Jürgen Stock", family_name="Stock", given_name="Jürgen")

    assign_fields(known, Correction(PersonEntry, {"given_name": None, "caveats": ("x",)}))

    assert (known.name, known.family_name, known.given_name, known.caveats) == ("Jürgen Stock", "Stock", "", ["x"])


def test_correction_knows_what_it_names():
    patch = Correction(PersonEntry, {"name": "X", "given_name": None})

    assert "name" in patch
    assert "caveats" not in patch
    assert (patch.get("given_name", "other"), patch.get("caveats", UNSET)) == (None, UNSET)
    assert given_values(patch) == {"name": "X", "given_name": None}
    assert not UNSET
    assert repr(UNSET) == "UNSET"


def test_correction_of_a_field_that_there_is_not_is_a_fault_of_the_program():
    with pytest.raises(TypeError, match="PersonEntry has no age, sex"):
        Correction(PersonEntry, {"name": "X", "sex": "x", "age": 3})


@pytest.mark.parametrize("mark", FORBIDDEN)
def test_control_characters_surrogates_and_marks_of_direction_are_refused_everywhere(mark):
    found = refused(
        Person(),
        PersonEntry(name=f"A{mark}B", caveats=("fine", f"{mark}"), sources=(Source(title=f"x{mark}"),)),
    )

    assert set(found) == {"/name", "/caveats", "/sources"}
    assert "/1 contains" in found["/caveats"]
    assert "/0/title contains" in found["/sources"]


@pytest.mark.parametrize(
    "text",
    ["Đorđe Löß", "محمد بن زايد", "習近平", "a\tb\r\nc", "👩‍⚖️ Judge", "می\u200cخواهم", "\u200fمحمد (2)", "x" * 300],
)
def test_names_of_the_world_are_kept_as_they_are(text):
    made = Person()

    assign_fields(made, Correction(PersonEntry, {"name": text}))

    assert made.name == text


def test_too_long_not_among_the_choices_and_no_date_are_refused_with_their_pointers():
    found = refused(
        Organization(),
        OrganizationEntry(name="x" * 301, classification="club", founding_date="sometime", acronym="y" * 61),
    )

    assert set(found) == {"/name", "/classification", "/founding_date", "/acronym"}
    assert found["/name"] == "At most 300 characters fit; this has 301."
    assert "'club' is not one of: " in found["/classification"]
    assert "'sometime' is not a date." in found["/founding_date"]


def test_origin_is_set_once_and_an_empty_one_takes_none_away():
    made = Person(origin="facts:1")

    assign_fields(made, PersonEntry(name="X"), skip=APART)

    assert made.origin == "facts:1"


TEXTS = st.text(st.sampled_from(["a", "é", "\n", "/", *FORBIDDEN]), max_size=4)


def dirty(value):
    if isinstance(value, dict):
        return any(dirty(item) for pair in value.items() for item in pair)
    if isinstance(value, list):
        return any(map(dirty, value))
    return not set(FORBIDDEN).isdisjoint(value)


@given(st.recursive(TEXTS, lambda below: st.lists(below, max_size=3) | st.dictionaries(TEXTS, below, max_size=3)))
def test_unclean_finds_exactly_the_values_that_hold_a_forbidden_character(value):
    assert (find_forbidden_text(value) is not None) == dirty(value)


def test_plain_values_are_what_json_columns_keep():
    key = uuid4()

    @dataclass(frozen=True)
    class Inner:
        ids: tuple
        note: str | None = None

    assert to_json({"a": (Inner((key,)), 1, True), 2: {"b"}}) == {
        "a": [{"ids": [str(key)], "note": None}, 1, True],
        "2": ["b"],
    }


def test_every_entry_can_carry_its_sources():
    assert {"sources", "caveats", "conflicts", "notes", "origin"} == given_values(RecordEntry()).keys()


@pytest.mark.django_db
def test_keys_that_name_nothing_are_refused_with_their_pointers():
    country("FR")
    known, nobody = person("Known").pk, uuid4()

    require_exists(Person, {"/a": known, "/b": None}, by=OFFICE)
    with pytest.raises(InvalidEntry) as refused_keys:
        require_exists(Person, {"/a": known, "/b": nobody, "/c": nobody}, by=OFFICE)

    assert refused_keys.value.errors == [(pointer, f"There is no person {nobody}.") for pointer in ("/b", "/c")]


@pytest.mark.django_db
def test_who_has_lost_a_permission_is_asked_anew():
    known = person("Known").pk
    able, unable = (Actor("staff", "1", permissions=frozenset(some)) for some in ({Permission.READ}, ()))

    require_exists(Person, {"/a": known}, by=able)
    with pytest.raises(InvalidEntry):
        require_exists(Person, {"/a": known}, by=unable)


def test_partial_date_keeps_its_two_days_in_step_from_the_moment_it_is_set():
    made = Membership()
    assert (made.start_date, made.start_date_earliest, made.start_date_latest) == (None, None, None)

    made.start_date = "2016-11"
    assert (made.start_date_earliest, made.start_date_latest) == (date(2016, 11, 1), date(2016, 11, 30))

    made.start_date = date(2016, 11, 21)
    assert (made.start_date, made.start_date_earliest) == ("2016-11-21", date(2016, 11, 21))

    made.start_date = ""
    assert (made.start_date, made.start_date_latest) == (None, None)
    with pytest.raises(ValueError, match="is not a date"):
        made.start_date = "soon"


@pytest.mark.django_db
def test_what_raw_sql_made_of_a_date_does_not_fail_its_readers(unguarded):
    known = organization("X", founding_date="1945")

    Organization.objects.filter(pk=known.pk).update(founding_date="garbled")

    read = Organization.objects.get(pk=known.pk)
    assert (read.founding_date, type(read.founding_date)) == ("garbled", str)
    assert read.founding_date_earliest == date(1945, 1, 1)
