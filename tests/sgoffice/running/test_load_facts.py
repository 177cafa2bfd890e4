"""The shipped facts: each is what `POST` takes and is answered as it was entered; loading again changes nothing."""

from collections import Counter
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from sgoffice import history
from sgoffice.api.entry_kinds import entry_kinds
from sgoffice.documents.publications import publications
from sgoffice.records.models import Entry
from tests.facts import Answers, facts, lines

#: How many records the sources of the facts gave.
COUNTS = {
    "country": 271, "organization": 138, "office": 19, "topic": 273, "person": 226, "partner": 1, "body": 11, "post": 3,
    "term_rule": 3, "session": 95, "decision": 68, "mandate": 30, "appointment": 43, "engagement": 145, "agreement": 41,
    "affiliation": 1,
}  # fmt: skip


def with_ids(value: Any) -> Any:
    """Return a body with an id in place of each reference."""
    if isinstance(value, dict):
        is_reference = value.keys() == {"origin"}
        return "01a222b6-6995-70f4-b078-93ae4e8814ae" if is_reference else {k: with_ids(v) for k, v in value.items()}
    return [with_ids(below) for below in value] if isinstance(value, list) else value


@pytest.mark.parametrize("kind", COUNTS)
def test_every_entry_is_a_body_that_post_takes(kind):
    refused = {}
    for origin, entry in facts(kind).items():
        serializer = entry_kinds()[kind].serializer(data=with_ids(entry))
        if not serializer.is_valid():
            refused[origin] = serializer.errors

    assert refused == {}


def test_every_step_is_a_body_that_post_takes():
    steps = [
        (entry_kinds()[line["kind"]].steps[step["step"]], step) for line in lines() for step in line.get("steps", ())
    ]

    assert [kind.serializer(data=with_ids(step["entry"])).is_valid() for kind, step in steps] == [True, True]


def test_every_origin_is_there_once():
    assert {origin: count for origin, count in Counter(line["origin"] for line in lines()).items() if count > 1} == {}


def test_only_people_whom_others_name_stand_without_a_source_of_their_own():
    unsourced = {line["kind"] for line in lines() if not line["entry"].get("sources")}

    assert unsourced == {"person", "partner"}


def test_nobody_is_shown_the_working_notes_of_who_collected_the_facts():
    """What the register has a field for is no note, an address is in `url`, and a conflict says of which value."""
    working = {
        "id", "kind", "note", "date note", "date confidence", "source note", "given name", "family name", "session",
        "city", "country", "number", "year", "elected at session", "status", "status basis", "type",
        "date precision", "accession date precision",
    }  # fmt: skip
    shown = {line["origin"]: line["entry"] for line in lines()}
    notes = [(origin, note) for origin, entry in shown.items() for note in entry.get("notes", ())]
    sources = [(origin, source) for origin, entry in shown.items() for source in entry.get("sources", ())]

    assert [one for one in notes if one[1]["about"] in working] == []
    assert [one for one in notes if "CONFLICT" in one[1]["text"] or "the seed" in one[1]["text"]] == []
    assert [one for one in sources if "http" in one[1].get("document", "")] == []
    for term in facts("appointment").values():
        assert all(one["source"] and one["pointer"].strip("/") in term for one in term.get("conflicts", ()))


def test_the_partner_to_try_with_may_have_every_kind():
    assert facts("partner")["facts:partner:example-partner"]["kinds"] == sorted(publications())


@pytest.mark.django_db
@pytest.mark.usefixtures("loaded_register")
class TestLoaded:
    def test_no_fact_is_left_out_and_none_is_there_twice(self):
        assert Counter(Entry.objects.values_list("kind", flat=True)) == COUNTS
        assert Counter(line["kind"] for line in lines()) == COUNTS

    @pytest.mark.parametrize("kind", COUNTS)
    def test_every_entry_is_answered_as_it_was_entered(self, kind):
        origins = {str(record): origin for record, origin in Entry.objects.values_list("pk", "origin")}
        other = {}
        for origin, entry in facts(kind).items():
            answers = Answers(origin, origins)
            if found := list(answers.unsaid(entry, answers.document)):
                other[origin] = found

        assert other == {}

    def test_loading_again_changes_nothing(self):
        before = history.head()

        call_command("load_facts", stdout=StringIO())

        assert history.head() == before
