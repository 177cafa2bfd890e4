"""The snapshot for stock clients: pages of JSON whose union it is, lines that are all in the schema."""

import gzip
import json

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012
from zstandard import ZstdDecompressor

from sgoffice.api.schema.served import api_document
from sgoffice.changes.corrections import enter_in_error
from sgoffice.changes.door import ANY_VERSION
from sgoffice.records.actors import OFFICE
from tests.factories import appointments as appoint
from tests.factories import partners as make
from tests.factories.agreements import agreement

pytestmark = pytest.mark.django_db
AS_JSON = {"Accept": "application/json"}


@pytest.fixture
def puller():
    return make.Puller(make.partner())


def pages(puller, limit=2, kind="", between=lambda: None):
    """Read all pages of the snapshot as a generated client does; return them."""
    found, cursor = [], ""
    while True:
        found.append(puller.see(f"snapshot?limit={limit}{kind}{cursor}", **AS_JSON).json())
        if not found[-1]["has_more"]:
            return found
        cursor = f"&cursor={found[-1]['cursor']}"
        between()


def lines_of(found):
    return [line for page in found for line in page["changes"]]


def test_pages_of_json_together_are_the_snapshot(puller, settle):
    gone = agreement(marking="public")
    for _ in range(4):
        agreement(marking="public")
        appoint.decision(marking="public")
    settle()
    enter_in_error(type(gone), gone.pk, by=OFFICE, expected=ANY_VERSION, reason="It was entered twice")
    settle()
    *lines, last = [json.loads(line) for line in puller.see("snapshot").getvalue().splitlines()]

    found = pages(puller, limit=3)

    assert lines_of(found) == lines
    assert [len(page["changes"]) for page in found] == [3, 3, 2]
    assert found[-1]["cursor"] == last["cursor"]
    narrow = pages(puller, limit=3, kind="&kind=decision")
    assert [line["kind"] for line in lines_of(narrow)] == ["decision"] * 4
    assert puller.see(f"changes?cursor={narrow[-1]['cursor']}&kind=decision").json()["changes"] == []


def test_what_changes_while_pages_are_read_comes_with_the_changes(puller, settle):
    records = [agreement(marking="public") for _ in range(5)]
    settle()

    def withdraw_one_and_add_another():
        if records:
            record = records.pop(0)
            enter_in_error(type(record), record.pk, by=OFFICE, expected=ANY_VERSION, reason="It was entered twice")
            agreement(marking="public")
            settle()

    found = pages(puller, limit=1, between=withdraw_one_and_add_another)
    for line in lines_of(found):
        puller.keep(line)
    puller.cursor = found[-1]["cursor"]
    puller.pull()

    assert puller.is_in_step()
    assert puller.copy


def test_every_line_is_in_the_published_schema(puller, settle):
    gone = agreement(marking="public")
    appoint.decision(marking="public")
    settle()
    enter_in_error(type(gone), gone.pk, by=OFFICE, expected=ANY_VERSION, reason="It was entered twice")
    settle()
    document = json.loads(api_document(for_partners=True).body)
    registry = Registry().with_resource("urn:d", Resource.from_contents(document, default_specification=DRAFT202012))

    def validator(path, media_type):
        content = document["paths"][f"/api/v1/partner/{path}"]["get"]["responses"]["200"]["content"]
        return Draft202012Validator({"$ref": "urn:d" + content[media_type]["schema"]["$ref"]}, registry=registry)

    for path, query in (("snapshot", ""), ("changes", "?format=jsonl&digest=true")):
        answer = puller.see(path + query)
        body = answer.getvalue() if answer.streaming else answer.content
        lines = [json.loads(line) for line in body.splitlines()]
        assert len(lines) > 1
        for line in lines:
            validator(path, "application/x-ndjson").validate(line)
    for path in ("snapshot?format=json", "changes", "changes?digest=true"):
        validator(path.partition("?")[0], "application/json").validate(puller.see(path).json())


@pytest.mark.parametrize("path", ["snapshot", "snapshot?format=json", "changes", "digest", "agreements", ""])
def test_every_read_is_compressed_for_who_takes_that(puller, settle, path):
    for _ in range(8):  # a digest of two records is too short to get shorter
        agreement(marking="public")
    settle()
    address = f"/api/v1/partner/{path}".removesuffix("/")

    def read(**headers):
        answer = puller.get(address, headers={"Authorization": f"Bearer {puller.token}"} | headers)
        return answer, answer.getvalue() if answer.streaming else answer.content

    plain, packed, smaller = read(), read(**{"Accept-Encoding": "gzip"}), read(**{"Accept-Encoding": "gzip, zstd"})

    assert packed[0]["Content-Encoding"] == "gzip"
    assert len(gzip.decompress(packed[1])) == len(plain[1])
    assert smaller[0]["Content-Encoding"] == "zstd"
    assert len(ZstdDecompressor().stream_reader(smaller[1]).read()) == len(plain[1])
    tags = [one[0].headers.get("ETag") for one in (plain, packed, smaller)]
    assert len(set(tags)) == (3 if plain[0].has_header("ETag") else 1)
    assert all("Accept-Encoding" in one[0]["Vary"] for one in (plain, packed, smaller))


@pytest.mark.parametrize("path", ["changes", "digest", "agreements", "agreements/{}", "records/{}"])
def test_reads_that_are_known_answer_304_without_a_type(puller, settle, path):
    record = agreement(marking="public")
    settle()
    path = path.format(record.pk)

    known = puller.see(path, **{"If-None-Match": puller.see(path)["ETag"]})

    assert (known.status_code, known.content, "Content-Type" in known) == (304, b"", False)


def test_snapshot_as_a_form_that_there_is_not_names_those_that_there_are(puller):
    refused = puller.see("snapshot", Accept="text/csv")

    assert refused.status_code == 406
    assert {"application/json", "application/x-ndjson"} <= set(refused.json()["advice"].split("`"))


@pytest.mark.parametrize("parameter", ["limit=5", "cursor=x"])
def test_a_page_asked_for_in_lines_leads_to_the_form_that_has_pages(puller, parameter):
    refused = puller.see(f"snapshot?{parameter}")

    assert refused.status_code == 400
    assert "format=json" in refused.json()["errors"][0]["detail"]


@pytest.mark.parametrize(
    ("accept", "path", "given"),
    [
        ("application/json;q=0.5, application/x-ndjson", "changes", "application/x-ndjson"),
        ("application/x-ndjson;q=0.1, application/json", "snapshot", "application/json"),
        ("text/html, */*;q=0.8", "changes", "application/json"),
        ("", "changes", "application/json"),
        ("", "digest", "application/json"),
    ],
)
def test_the_form_that_is_wanted_most_is_given(puller, accept, path, given):
    assert puller.see(path, Accept=accept)["Content-Type"] == given


def test_a_form_that_is_excluded_is_not_given(puller):
    assert puller.see("digest", Accept="application/json;q=0").status_code == 406


@pytest.mark.parametrize("path", ["agreements/{}", "records/{}", "agreements"])
def test_whoever_has_an_answer_may_keep_it_to_ask_again(puller, settle, path):
    record = agreement(marking="public")
    settle()

    assert puller.see(path.format(record.pk))["Cache-Control"] == "private, no-cache"
