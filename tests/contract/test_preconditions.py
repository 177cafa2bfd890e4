"""Every operation that reads or changes a record: ETag, If-Match, If-None-Match, Idempotency-Key, merged records."""

import json
from uuid import UUID

import pytest

from sgoffice import documents
from sgoffice.changes.door import ANY_VERSION, change
from sgoffice.records.actors import OFFICE
from sgoffice.records.models import Entry
from tests.contract.operations import Operation, ask, faults, operation
from tests.contract.walking import CHANGES, OF_RECORDS, PATCHES, READS, WRITES, answered, wrong
from tests.factories.directory import country
from tests.samples import some, some_of_each

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stock")]
#: What If-None-Match may say to whoever has the answer; the test command sends each to a third of the addresses.
MATCHING = ["{etag}", "W/{etag}", '"x", {etag}', "{gzip}", "*"]
#: What is no ETag; the test command sends each to a third of the addresses.
NO_ETAG = ["1", "x", '"1', '"1", "2"', '"-1"', '"٣"', '"99999999999999"', "W/*"]


def test_a_change_without_if_match_is_a_428(maker):
    assert wrong(CHANGES, lambda item: answered(item, maker.ask(item, **{"If-Match": ""}), 428)) == {}


def test_a_change_of_another_version_is_a_412_with_the_version_of_now(maker):
    def check(item: Operation) -> list[str]:
        answer = maker.ask(item, **{"If-Match": '"77-0123456789abcdef"'})
        now = answer.json().get("version")
        return answered(item, answer, 412) + ([] if answer.get("ETag") == f'"{now}"' else [f"{now} is not its ETag"])

    assert wrong(CHANGES, check) == {}


@pytest.mark.parametrize("given", NO_ETAG)
def test_an_if_match_that_is_no_etag_is_a_400(maker, given):
    sent = given.encode().decode("latin-1")

    few = some(PATCHES, 3, start=NO_ETAG.index(given))
    assert wrong(few, lambda item: answered(item, maker.ask(item, **{"If-Match": sent}), 400)) == {}


@pytest.mark.parametrize("given", MATCHING)
def test_who_has_the_answer_already_is_told_so(approver, maker, given):
    def check(item: Operation) -> list[str]:
        key = maker.ready_for(item)["id"] if item.has_key else ""
        first = ask(approver, item, key)
        tag = given.format(etag=first["ETag"], gzip=f'{first["ETag"][:-1]}-gzip"')
        again = ask(approver, item, key, **{"If-None-Match": tag})
        return answered(item, again, 304) + ([] if again["ETag"] == first["ETag"] else ["another ETag"])

    tagged = [item for item in READS if "304" in item.told["responses"]]

    assert {item.kind for item in tagged} == {item.kind for item in OF_RECORDS} | {"deadlines", "reports"}
    assert wrong(some(tagged, 3, start=MATCHING.index(given)), check) == {}


def test_an_answer_that_changed_is_given_again(maker):
    def check(item: Operation) -> list[str]:
        return answered(item, maker.ask(item, **{"If-None-Match": '"9-abc"'}), 200)

    assert wrong([item for item in READS if "304" in item.told["responses"]], check) == {}


def test_a_key_that_came_with_another_request_is_a_422(maker):
    posts = [item for item in WRITES if "422" in item.told["responses"] and not item.takes_form]

    def check(item: Operation) -> list[str]:
        body = maker.body_of(item)
        first, again = (maker.ask(item, body, **{"Idempotency-Key": "k"}) for _ in range(2))
        other = maker.ask(item, json.dumps(body, indent=1).encode(), **{"Idempotency-Key": "k"})
        found = [*faults(item, first), *faults(item, again), *answered(item, other, 422)]
        return found if again.content == first.content else [*found, "carried out twice"]

    assert {item.id for item in WRITES if item.method == "POST"} - {
        item.id for item in posts
    } == WRITE_NO_RECORD | TAKE_A_FORM
    assert wrong(some_of_each(posts, lambda item: item.kind, 3), check) == {}


def test_a_key_that_is_empty_is_no_key_and_nothing_is_written(maker):
    item = operation("organizations_create")

    answer = maker.ask(item, **{"Idempotency-Key": ""})

    assert answered(item, answer, 400) == []
    assert "Idempotency-Key" in answer.json()["detail"]


#: What is posted without a record being written: a secret that is shown once, a proposal.
WRITE_NO_RECORD = {"me_tokens_create", "me_calendar_links_create", "engagements_from_calendar"}


#: What is retried with another boundary: tests/engagements/api/test_files.py.
TAKE_A_FORM = {"attachments_upload"}


def merge(kind: str, record_id: UUID, survivor: UUID | None) -> None:
    with change(documents.model_of(kind), record_id, verb="merge", by=OFFICE, expected=ANY_VERSION) as record:
        record.merged_into_id = survivor


def test_a_word_of_the_address_that_is_like_its_key_stays(approver):
    merged, survivor = country("PI", "Pi Islands"), country("FR")
    merge("country", merged.pk, survivor.pk)

    answer = approver.see("countries/pi")

    assert answer["Location"] == f"http://testserver/api/v1/countries/{survivor.pk}"


def test_the_address_of_a_merged_record_leads_to_the_survivor(maker):
    def check(item: Operation) -> list[str]:
        shown = maker.ready_for(item)
        kind = Entry.objects.get(pk=shown["id"]).kind
        for follower in Entry.objects.filter(merged_into=shown["id"]):
            merge(kind, follower.pk, None)
        survivor = Entry.objects.filter(kind=kind, merged_into=None).exclude(pk=shown["id"]).earliest("pk").pk
        merge(kind, UUID(shown["id"]), survivor)
        answer = maker.ask(item)
        led = answer.get("Location", "").removeprefix("http://testserver") == item.address(survivor)
        return answered(item, answer, 308) + ([] if led else [f"leads to {answer.get('Location')}"])

    led = [item for item in OF_RECORDS if "308" in item.told["responses"]]

    assert set(CHANGES) <= set(led)
    assert wrong(some_of_each(led, lambda item: (item.kind, item.reads), 3), check) == {}
