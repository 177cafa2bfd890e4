"""Stored documents: what readers get is what would be rendered now, whoever wrote and whichever program rendered."""

import dataclasses
import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sgoffice import documents
from sgoffice.changes.door import ANY_VERSION, change, create
from sgoffice.directory.models import Membership, Office, Person
from sgoffice.documents import registry
from sgoffice.records.actors import ANONYMOUS, OFFICE
from sgoffice.records.models import Document, DocumentVersion, Entry
from sgoffice.search import Searched
from tests.factories.directory import country, organization, person
from tests.sgoffice.records.asking import ANNA, ask

pytestmark = pytest.mark.django_db


def member(known=None, body=None, role="Adviser"):
    with create(Membership, verb="test", by=ANNA) as made:
        made.person_id = (known or person("Known")).pk
        made.organization_id = (body or organization("United Nations")).pk
        made.role = role
    return made


def rename(known, name):
    with change(type(known), known.pk, verb="correct", by=ANNA, expected=ANY_VERSION) as record:
        record.name = name


def said(record):
    return json.loads(documents.fetch_document(type(record), record.pk).body)


@pytest.fixture
def renderer(monkeypatch):
    """Give a kind of record a recipe of another renderer, as another release of the program would have it."""

    def make(model, number, change_output=lambda shown: shown):
        known = documents.recipes()[model.record_kind]

        class Shape(known.shape):
            def to_representation(self, instance):
                return change_output(super().to_representation(instance))

        recipe = dataclasses.replace(known, shape=Shape, renderer=number)
        monkeypatch.setitem(registry._recipes, model.record_kind, recipe)

    return make


def test_document_is_what_the_read_serializer_shows():
    made = member()

    shown = said(made)

    assert (shown["id"], shown["version"], shown["role"]) == (str(made.pk), 1, "Adviser")
    assert (shown["person"]["name"], shown["organization"]["name"]) == ("Known", "United Nations")
    assert Document.objects.get(pk=made.pk).embeds == sorted([made.person_id, made.organization_id])


def test_etag_is_version_and_digest_of_the_bytes():
    document = documents.fetch_document(Person, person("Known").pk)

    version, _, digest = document.etag.strip('"').partition("-")

    assert (version, digest) == ("1", document.digest)
    assert len(digest) == 16


def test_raw_sql_is_seen_on_the_next_read_under_a_new_version():
    known = person("Known")

    ask("UPDATE directory_person SET name = 'Raw' WHERE id = %s", known.pk)

    assert (said(known)["name"], said(known)["version"]) == ("Raw", 2)
    assert Document.objects.get(pk=known.pk).is_stale


def test_raw_sql_on_an_embedded_name_is_seen_where_it_is_shown_under_a_new_version():
    known = person("Known")
    made, other = member(known), member(person("Somebody else"))

    ask("UPDATE directory_person SET name = 'Raw' WHERE id = %s", known.pk)
    first = said(made)
    ask("UPDATE directory_person SET name = 'Raw again' WHERE id = %s", known.pk)
    second = said(made)

    assert [(first["person"]["name"], first["version"]), (second["person"]["name"], second["version"])] == [
        ("Raw", 2), ("Raw again", 3),
    ]  # fmt: skip
    assert said(other)["version"] == 1


def test_raw_sql_on_a_part_makes_the_document_stale():
    known, un = person("Known"), organization("United Nations")

    ask(
        "INSERT INTO records_link (id, position, relation, source_id, target_id, places)"
        " VALUES (gen_random_uuid(), 0, 'x', %s, %s, '[]')",
        known.pk,
        un.pk,
    )

    assert said(known)["version"] == 2


def test_code_of_a_country_shows_its_new_name_everywhere():
    france = country("FR", "France")
    with create(Office, verb="test", by=ANNA) as seat:
        seat.name, seat.city, seat.country_id, seat.kind = "Headquarters", "Lyon", "FR", "headquarters"

    rename(france, "French Republic")

    assert said(seat)["country"] == {"code": "FR", "name": "French Republic"}
    assert said(seat)["version"] == 1


def test_document_of_an_older_renderer_is_rendered_on_read_and_replaced_by_the_command(renderer):
    known = person("Known")
    renderer(Person, 2, lambda shown: shown | {"new": True})

    on_read = said(known)
    output = StringIO()
    call_command("render_documents", stdout=output)

    assert on_read["new"] is True
    assert output.getvalue() == "1 documents rendered.\n"
    assert Document.objects.get(pk=known.pk).renderer == 2


def test_older_renderer_never_overwrites_a_newer_one_and_never_leaves_old_words_behind(renderer):
    renderer(Person, 2, lambda shown: shown | {"new": True})
    known = person("Known")
    renderer(Person, 1)

    rename(known, "Renamed by the older program")
    seen_by_older = said(known)
    kept = Document.objects.get(pk=known.pk)
    renderer(Person, 2, lambda shown: shown | {"new": True})
    seen_by_newer = said(known)

    assert (seen_by_older["name"], seen_by_newer["name"]) == ("Renamed by the older program",) * 2
    assert (kept.renderer, kept.is_stale, seen_by_newer["new"]) == (2, True, True)
    assert DocumentVersion.objects.filter(record_id=known.pk).count() == 2


def test_command_renders_what_is_missing_stale_or_older_and_nothing_else(renderer):
    missing, stale, older, current = (person(name) for name in ("Missing", "Stale", "Older", "Current"))
    Document.objects.filter(pk=missing.pk).delete()
    Document.objects.filter(pk=older.pk).update(renderer=0)
    Document.objects.filter(pk=current.pk).update(renderer=7)
    ask("UPDATE directory_person SET given_name = 'X' WHERE id = %s", stale.pk)

    first, second = StringIO(), StringIO()
    call_command("render_documents", stdout=first)
    call_command("render_documents", stdout=second)

    assert (first.getvalue(), second.getvalue()) == ("3 documents rendered.\n", "0 documents rendered.\n")
    assert list(documents.differences()) == []


def test_verification_passes_and_names_a_document_that_is_not_its_record():
    known, _ = person("Known"), person("Other")
    output, faults = StringIO(), StringIO()
    call_command("verify_documents", stdout=output)

    Document.objects.filter(pk=known.pk).update(body=b"{}", digest="0" * 16)

    with pytest.raises(CommandError, match="1 documents differ"):
        call_command("verify_documents", stderr=faults)
    assert faults.getvalue() == f"person {known.pk}: the stored document differs from the record\n"
    assert output.getvalue() == "Every stored document matches its record.\n"


def test_verification_names_a_document_whose_version_stayed_behind():
    known = person("Known")

    Document.objects.filter(pk=known.pk).update(version=9)

    assert list(documents.differences()) == [("person", known.pk)]


def test_every_document_is_kept_as_it_was_in_order_of_what_was_known():
    known, made = person("A"), None
    made = member(known)

    rename(known, "B")
    rename(known, "A")
    with change(Membership, made.pk, verb="correct", by=ANNA, expected=ANY_VERSION) as record:
        record.role = "Director"

    kept = DocumentVersion.objects.filter(record_id=made.pk).order_by("known_from", "pk")
    shown = [json.loads(bytes(one.body)) for one in kept]
    assert [(one["version"], one["person"]["name"], one["role"]) for one in shown] == [
        (1, "A", "Adviser"), (1, "B", "Adviser"), (1, "A", "Adviser"), (2, "A", "Director"),
    ]  # fmt: skip
    assert len({one.known_from for one in kept}) == 4


def test_change_that_shows_nothing_new_to_others_keeps_no_second_copy():
    known = person("A")
    made = member(known)

    with change(Person, known.pk, verb="correct", by=ANNA, expected=ANY_VERSION) as record:
        record.caveats = ["Nothing that others show"]

    assert DocumentVersion.objects.filter(record_id=made.pk).count() == 1


def test_reading_and_rendering_take_as_many_queries_for_one_record_as_for_many():
    made = [member(person(f"Person {number}")) for number in range(7)]
    ids = [one.pk for one in made]
    counts = []

    for few in (ids[:1], ids):
        with CaptureQueriesContext(connection) as stored:
            documents.fetch_documents(Membership, few)
        with CaptureQueriesContext(connection) as rendered:
            list(documents.render_documents(Membership, few))
        counts.append((len(stored), len(rendered)))

    assert counts[0] == counts[1]
    assert counts[0][0] == 1


def test_second_document_of_a_kind_is_refused():
    with pytest.raises(ValueError, match="has a document already"):
        documents.document_of(Person, columns=(), searched=Searched(address="people", titles=()))(
            type("Another", (), {})
        )


def test_every_kind_of_record_that_is_entered_has_a_document():
    assert set(Entry.objects.values_list("kind", flat=True)) <= documents.recipes().keys()
    assert "person" in documents.recipes()


def test_unknown_record_has_no_document():
    assert documents.fetch_document(Person, Person().pk) is None
    assert documents.find_document(ANNA, Person, Person().pk) is None


def test_documents_of_a_list_are_joined_in_its_order_whatever_has_to_be_rendered():
    people = [person(f"Person {number}").pk for number in range(4)]
    wanted = [people[2], people[0], people[3], people[1]]

    stored = documents.fetch_joined(Person, wanted)
    ask("UPDATE directory_person SET given_name = 'X' WHERE id = %s", people[3])
    partly_rendered = documents.fetch_joined(Person, wanted)

    names = [shown["name"] for shown in json.loads(b"[" + stored + b"]")]
    given = [shown["given_name"] for shown in json.loads(b"[" + partly_rendered + b"]")]
    assert names == ["Person 2", "Person 0", "Person 3", "Person 1"]
    assert given == ["", "", "X", ""]
    assert documents.fetch_joined(Person, []) == b""


def test_reader_finds_the_document_or_the_record_that_took_its_place():
    known, survivor = person("Known"), person("Survivor")

    before = documents.find_document(ANNA, Person, known.pk)
    ask("UPDATE directory_person SET name = 'Raw' WHERE id = %s", known.pk)
    stale = documents.find_document(ANNA, Person, known.pk)
    with change(Person, known.pk, verb="merge", by=OFFICE, expected=ANY_VERSION) as record:
        record.merged_into_id = survivor.pk
    merged = documents.find_document(ANNA, Person, known.pk)

    assert b"Known" in before.stored.body
    assert (b"Raw" in stale.stored.body, stale.stored.version) == (True, 2)
    assert (merged.merged_into, before.merged_into) == (survivor.pk, None)


def test_reader_finds_nothing_of_another_kind_and_nothing_without_the_right_to_read():
    known = person("Known")

    assert documents.find_document(ANNA, Membership, known.pk) is None
    assert documents.find_document(ANONYMOUS, Person, known.pk) is None
