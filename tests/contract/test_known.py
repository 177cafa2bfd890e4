"""Every kind of record as it was known at an instant."""

from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import pytest

from tests.contract.operations import NOBODY, Operation, ask
from tests.contract.walking import OF_RECORDS, READS, answered, wrong

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stock")]

DETAILS = [item for item in READS if item.id.endswith("_retrieve")]


def at(instant: datetime | str) -> str:
    return "as_known_at=" + quote(instant if isinstance(instant, str) else instant.isoformat())


def test_every_kind_of_record_tells_what_was_known_of_it():
    with_instant = [item for item in DETAILS if "as_known_at" in {told["name"] for told in item.parameters()}]

    assert {item.kind for item in with_instant} == {item.kind for item in OF_RECORDS}


def of_records() -> list[Operation]:
    return [item for item in DETAILS if any(told["name"] == "as_known_at" for told in item.parameters())]


def test_what_is_known_now_is_what_the_record_says_now(approver, maker):
    def check(item: Operation) -> list[str]:
        key = maker.ready_for(item)["id"]
        now = ask(approver, item, key)
        known = ask(approver, item, key, query=at(datetime.now(UTC)))
        again = ask(approver, item, key, query=at(datetime.now(UTC)), **{"If-None-Match": known["ETag"]})
        same = [] if known.content == now.content else ["another document"]
        own = [] if known["ETag"] != now["ETag"] else ["the ETag of the record"]
        return [*answered(item, known, 200), *answered(item, again, 304), *same, *own]

    assert wrong(of_records(), check) == {}


def test_before_a_record_was_known_it_is_as_unknown_as_one_that_never_was(approver, maker):
    def check(item: Operation) -> list[str]:
        key = maker.ready_for(item)["id"]
        headers = {"X-Request-ID": "the-same"}
        before = ask(approver, item, key, query=at("1999-01-01T00:00:00Z"), **headers)
        never = ask(approver, item, NOBODY, query=at("1999-01-01T00:00:00Z"), **headers)
        return answered(item, before, 404) + ([] if before.content == never.content else ["tells them apart"])

    assert wrong(of_records(), check) == {}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("2024-01-01T00:00:00", "offset"),
        ("2024-01-01", "offset"),
        ("yesterday", "instant"),
        ("", "empty"),
        ("2024-01-01T00:00:00 01:00", "%2B"),
        ("9990-01-01T00:00:00Z", "This is in the future"),
        ("2024-02-30T00:00:00Z", "instant"),
    ],
)
def test_an_instant_that_is_none_or_is_to_come_is_a_400_that_says_so(approver, maker, given, said):
    def check(item: Operation) -> list[str]:
        answer = ask(approver, item, maker.ready_for(item)["id"], query=at(given))
        [error] = answer.json()["errors"]
        told = error["pointer"] == "/as_known_at" and said in error["detail"]
        return answered(item, answer, 400) + ([] if told else [error["detail"]])

    assert wrong(of_records(), check) == {}


def test_a_moment_ahead_of_the_clock_is_the_future(approver, maker):
    [item] = [item for item in of_records() if item.kind == "people"]

    answer = ask(approver, item, maker.ready_for(item)["id"], query=at(datetime.now(UTC) + timedelta(seconds=30)))

    assert answer.status_code == 400
