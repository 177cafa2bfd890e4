"""Every operation of the API document over the loaded facts: what it answers is what the document says."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from tests.contract.operations import NOBODY, PROBLEM, Operation, ask, operations
from tests.contract.walking import BODIES, CHANGES, OF_RECORDS, OWN, PATCHES, READS, WRITES, answered, wrong
from tests.factories.accounts import Register, signed_in
from tests.samples import some, some_of_each

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stock")]
#: The roles that change no record.
READERS = ["viewer", "auditor"]
#: What no body of JSON is.
MEDIA_TYPES = ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"]


def keys(client: Register, item: Operation) -> list[str]:
    """Return ids of what is there of the kind: the first of the list that its address stands in."""
    if item.kind == "me":
        return []
    results = client.see(f"{item.kind}?limit=3").json()["results"]
    return [shown["id"] for shown in results]


def test_the_document_has_operations_of_every_sort():
    assert len(OF_RECORDS) > 150
    assert READS
    assert CHANGES
    assert len(OWN) == 7


def test_every_list_answers_every_loaded_record_as_documented(maker):
    def whole(item: Operation) -> Iterator[str]:
        query = "limit=200"
        while query:
            answer = ask(maker.client_for(item), item, query=query)
            yield from answered(item, answer, 200)
            query = (answer.json()["next"] or "").partition("?")[2]

    lists = [item for item in READS if item.is_list]

    assert {item.kind for item in lists} == {item.kind for item in OF_RECORDS} | {"trace"}
    assert wrong(lists, lambda item: list(whole(item))) == {}


def test_every_read_answers_as_documented(approver, maker):
    def check(item: Operation) -> list[str]:
        found = [*some(keys(approver, item), 3), maker.ready_for(item)["id"]] if item.has_key else [""]
        answers = [ask(maker.client_for(item), item, key) for key in found]
        return [fault for answer in answers for fault in answered(item, answer, 409 if is_refused(answer) else 200)]

    assert wrong(READS, check) == {}


def is_refused(answer: Any) -> bool:
    """Tell whether a rule refuses the read: what has no day stands in no calendar, some files are kept elsewhere,
    no letter is written before it is true, and nobody takes the whole register before two people agree."""
    known = {"archive-not-open", "date-needed", "file-elsewhere", "letter-not-yet"}
    return answer.status_code == 409 and answer.json()["rule"] in known


#: What nobody does alone: the answer is the proposal.
TAKE_TWO = {
    "archive_create",
    "appointments_appoint",
    "appointments_extend",
    "appointments_enter_in_error",
    "appointments_restore",
    "reports_public_register_publications_create",
    *(f"{kind}_{act}" for kind in ("people", "organizations") for act in ("enter_in_error", "merge")),
}


def test_every_example_is_carried_out_and_answered_as_documented(maker):
    def check(item: Operation) -> list[str]:
        status = (
            202 if item.id in TAKE_TWO or item.id.endswith("_redact") else 201 if item.id.endswith("_create") else 200
        )
        bodies = [maker.body_of(item, name) for name, _ in item.examples()] if item.takes_body else [None]
        return [fault for body in bodies for fault in answered(item, maker.ask(item, body), status)]

    assert [str(item) for item in WRITES if item.takes_body and not item.examples()] == []
    assert wrong(WRITES, check) == {}


def test_an_unknown_id_is_a_404_before_anything_else_is_looked_at(maker):
    def check(item: Operation) -> list[str]:
        client = maker.client_for(item)
        return [
            *answered(item, ask(client, item, NOBODY, b"{" if item.takes_body else None), 404),
            *answered(item, ask(client, item, NOBODY, query="colour=red"), 404 if item.kind != "me" else 400),
            *answered(item, ask(client, item, NOBODY, {}, **{"If-Match": "nonsense"}), 404),
        ]

    assert wrong(some([item for item in operations() if item.has_key], 3), check) == {}


def test_an_unknown_parameter_is_a_400_that_names_it(maker):
    def check(item: Operation) -> list[str]:
        answer = maker.ask(item, query="colour=red")
        named = [error["pointer"] for error in answer.json().get("errors", ())]
        return answered(item, answer, 400) + ([] if named == ["/colour"] else [f"names {named}"])

    assert wrong(some(operations(), 3, start=1), check) == {}


def test_an_unknown_field_is_a_400_that_names_it(maker):
    def check(item: Operation) -> list[str]:
        answer = maker.ask(item, maker.body_of(item) | {"colour": "red"})
        named = [error["pointer"] for error in answer.json().get("errors", ())]
        return answered(item, answer, 400) + ([] if named == ["/colour"] else [f"names {named}"])

    assert wrong(some(BODIES, 3, start=2), check) == {}


def test_without_a_credential_everything_is_a_401_with_a_challenge():
    nobody = Register()

    def check(item: Operation) -> list[str]:
        answer = ask(nobody, item, NOBODY)
        challenge = answer.get("WWW-Authenticate", "")
        return answered(item, answer, 401) + ([] if challenge.startswith("Bearer") else [f"challenge {challenge!r}"])

    assert wrong(list(operations()), check) == {}


@pytest.mark.parametrize("role", READERS)
def test_who_only_reads_is_refused_every_write_of_records(role, approver):
    reader = signed_in(role)
    writes = [item for item in WRITES if item.kind != "me"]

    def check(item: Operation) -> list[str]:
        found = [*keys(approver, item), NOBODY] if item.has_key else [""]
        return [fault for key in found for fault in answered(item, ask(reader, item, key), 403)]

    assert wrong(some(writes, 3, start=READERS.index(role)), check) == {}


def test_the_callers_request_id_comes_back_and_a_strange_one_does_not(approver):
    def check(item: Operation) -> list[str]:
        named = ask(approver, item, NOBODY, **{"X-Request-ID": "export-17.b"})
        strange = ask(approver, item, NOBODY, **{"X-Request-ID": "a b;c"})
        return [
            *([] if named["X-Request-ID"] == "export-17.b" else ["not the caller's name"]),
            *([] if strange["X-Request-ID"] not in {"", "a b;c"} else ["a strange name"]),
        ]

    assert wrong(some([item for item in READS if item.is_list] + PATCHES, 3, start=1), check) == {}


def test_another_representation_is_a_406(approver):
    def check(item: Operation) -> list[str]:
        return answered(item, ask(approver, item, NOBODY, Accept="video/mp4"), 406)

    assert wrong(some(operations(), 3, start=2), check) == {}


@pytest.mark.parametrize("media_type", MEDIA_TYPES)
def test_another_kind_of_body_is_a_415(maker, media_type):
    def check(item: Operation) -> list[str]:
        return answered(item, maker.ask(item, b"a=b", **{"Content-Type": media_type}), 415)

    refusing = [item for item in BODIES if media_type not in item.media_types]
    assert wrong(some(refusing, 3, start=MEDIA_TYPES.index(media_type)), check) == {}


def test_a_merge_patch_corrects_and_does_not_create(maker):
    def check(item: Operation) -> list[str]:
        answer = maker.ask(item, **{"Content-Type": "application/merge-patch+json"})
        return answered(item, answer, 200 if item.method == "PATCH" else 415)

    assert wrong(some(BODIES, 2), check) == {}


def test_a_body_above_the_limit_is_a_413(maker):
    large = json.dumps({"name": "x" * 1_000_000}).encode()

    assert wrong(some(BODIES, 4), lambda item: answered(item, maker.ask(item, large), 413)) == {}


def test_a_method_that_is_not_documented_is_a_405_that_lists_those_that_are(approver):
    known: dict[str, set[str]] = {}
    administrator = signed_in("administrator")
    for item in operations():
        known.setdefault(item.path, set()).add(item.method)
    found = {}
    for path, methods in known.items():
        allowed = methods | ({"HEAD"} if "GET" in methods else set())
        address = re.sub(r"\{\w+\}", NOBODY, path)
        client = administrator if "/partners" in path else approver
        for method in {"GET", "HEAD", "POST", "PATCH", "PUT", "DELETE", "OPTIONS", "TRACE", "PROPFIND"} - allowed:
            answer = client.generic(method, address, "{}", content_type="application/json")
            told = {word.strip() for word in answer.get("Allow", "").split(",")}
            if (answer.status_code, answer.get("Content-Type"), told) != (405, PROBLEM, allowed):
                found[f"{method} {path}"] = (answer.status_code, answer.get("Content-Type"), told)

    assert found == {}


def test_head_says_what_get_says_without_the_body(maker):
    def check(item: Operation) -> list[str]:
        key = maker.ready_for(item)["id"] if item.has_key else ""
        client = maker.client_for(item)
        whole, head = ask(client, item, key), ask(client, replace(item, method="HEAD"), key)
        told = ("Content-Type", "ETag", "Cache-Control")
        differing = [name for name in told if whole.get(name) != head.get(name)]
        status = 409 if is_refused(whole) else 200
        return [*differing, *([] if (head.status_code, head.content) == (status, b"") else [str(head.status_code)])]

    assert wrong(some_of_each(READS, lambda item: item.kind, 2), check) == {}


@pytest.mark.parametrize("path", ["people/", "nowhere", "people/x/y", "people/../me", "", "People"])
def test_an_address_that_is_none_is_a_404(approver, path):
    answer = approver.see(path)

    assert (answer.status_code, answer["Content-Type"]) == (404, PROBLEM)
