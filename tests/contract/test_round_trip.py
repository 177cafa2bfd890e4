"""What is read of a record may be sent back: a patch with it changes nothing, and it enters a second record."""

import json
from typing import Any

import pytest
from django.db import transaction
from jsonschema import Draft202012Validator, FormatChecker

from sgoffice.records.models import Document
from tests.contract.bodies import Maker
from tests.contract.operations import Operation, ask, document, operation, resolved
from tests.contract.walking import OF_RECORDS, answered, wrong
from tests.samples import PROVES, some

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stock")]

JSON = "application/json"
CREATES = [item for item in OF_RECORDS if item.id.endswith("_create") and item.takes_body]
#: What is told again: of an import its cells are not, but what they mean.
TOLD = [item for item in CREATES if item.kind != "imports"]
UPDATES = [item for item in OF_RECORDS if item.id.endswith("_update")]
EMPTY: tuple[Any, ...] = ("", None, [], {})
#: By which member another record is named inside a document: an entry takes that key alone.
KEYS = ("id", "code", "key")
#: How many records of the facts are walked of each kind.
MOST = 1000 if PROVES else 4


def of(item: Operation, done: str) -> Operation:
    return operation(f"{item.id.rpartition('_')[0]}_{done}")


def shown_schema(item: Operation) -> dict[str, Any]:
    return resolved(of(item, "retrieve").told["responses"]["200"]["content"][JSON]["schema"])


def variants(schema: dict[str, Any]) -> list[dict[str, Any]]:
    """The schemas that a value may fit, each with its name resolved."""
    schema = resolved(schema)
    inner = [below for key in ("allOf", "oneOf", "anyOf") for below in schema.get(key, ())]
    return [found for below in inner for found in variants(below)] or [schema]


def of_type(schema: dict[str, Any], name: str) -> dict[str, Any] | None:
    return next((found for found in variants(schema) if name in found.get("type", ())), None)


def sent_back(value: Any, taken: dict[str, Any], *, is_new: bool, is_part: bool = False) -> Any:
    """What a client sends back of a value that it read, by the document alone.

    Of another record that is its key. A member that the body does not have is left out, and for a new record the ids
    of parts are, which keep the parts that a record has.
    """
    if isinstance(value, list):
        items = (of_type(taken, "array") or {})["items"]
        return [sent_back(below, items, is_new=is_new, is_part=True) for below in value]
    if not isinstance(value, dict):
        return value
    if of_type(taken, "string"):
        return value[next(key for key in KEYS if key in value)]
    members = (of_type(taken, "object") or {}).get("properties")
    if members is None:
        return value
    return {
        name: sent_back(below, members[name], is_new=is_new)
        for name, below in value.items()
        if name in members and not (is_new and is_part and name == "id")
    }


def keys_of(item: Operation, maker: Maker) -> list[str]:
    """The record that was made for reading, and those of the facts with the longest documents."""
    made = maker.ready_for(of(item, "retrieve"))
    kind = Document.objects.get(pk=made["id"]).kind
    rows = Document.objects.filter(kind=kind).extra(select={"size": "length(body)"}, order_by=["-size"])
    live = [row for row in rows[:MOST] if not json.loads(bytes(row.body))["merged_into"]]
    return list(dict.fromkeys([made["id"], *[str(row.pk) for row in live]]))


def read(maker: Maker, item: Operation, key: str) -> Any:
    return ask(maker.client, of(item, "retrieve"), key)


def history(maker: Maker, item: Operation, key: str) -> bytes:
    return ask(maker.client, operation(f"{item.id.removesuffix('_update')}_history"), key).content


def test_every_kind_that_is_written_is_walked():
    kinds = {item.kind for item in OF_RECORDS if not item.reads}

    assert kinds - {item.kind for item in CREATES} == {"approvals"}
    assert kinds - {item.kind for item in UPDATES} == {"approvals", "imports", "releases"}


def test_a_patch_takes_what_was_read_and_changes_nothing(maker):
    def check(item: Operation) -> list[str]:
        found = []
        for key in keys_of(item, maker):
            before, told = read(maker, item, key), history(maker, item, key)
            body = sent_back(before.json(), item.body_schema, is_new=False)
            after = ask(maker.client_for(item), item, key, body, **{"If-Match": before["ETag"]})
            found += answered(item, after, 200)
            if after.status_code == 200 and after.content != before.content:
                found.append(f"{key} changed: {differing(before.json(), after.json())}")
            if history(maker, item, key) != told:
                found.append(f"{key} has new history")
        return found[:5]

    assert wrong(UPDATES, check) == {}


def differing(before: dict[str, Any], after: dict[str, Any]) -> list[Any]:
    return [(name, before[name], after[name]) for name in before if before[name] != after[name]]


def test_a_post_takes_what_was_read_and_enters_a_second_record_like_it(maker):
    def check(item: Operation) -> list[str]:
        first = maker.made(item.kind)
        body = sent_back(first, item.body_schema, is_new=True)
        same = ask(maker.client_for(item), item, "", body)
        if same.status_code not in {201, 409}:  # 409: what may be there but once, or a likely duplicate
            return answered(item, same, 201)
        maker.stock.spare_post = ""  # the first record has it
        body = maker.with_new_words(item, body)
        second = ask(maker.client_for(item), item, "", body)
        if found := answered(item, second, 201):
            return found
        again = sent_back(second.json(), item.body_schema, is_new=True)
        return [f"{name}: {again[name]!r} for {body[name]!r}" for name in again if again[name] != body[name]]

    assert wrong(TOLD, check) == {}


def empties(schema: dict[str, Any]) -> list[Any]:
    """The empty values that the document lets a member have."""
    formats = FormatChecker(["date", "date-time", "uuid"])
    checker = Draft202012Validator({**schema, "components": document()["components"]}, format_checker=formats)
    return [value for value in EMPTY if checker.is_valid(value)]


def is_empty(value: Any) -> bool:
    return all(is_empty(below) for below in value.values()) if isinstance(value, dict) else value in EMPTY


#: What the register fills in where nothing is said.
FILLED_IN = {
    "held": "the local day of `starts_at`",
    "level": "the level that follows from the titles",
    "principal": "the holder of the post on that day",
    "principal_post": "the post of the office",
}


def test_every_optional_member_can_be_cleared(maker):
    """In one record at least; or a rule needs the member, as an agreement its parties, and says so with 409."""

    def outcome(item: Operation, read_before: Any, name: str, value: Any) -> str:
        client, headers = maker.client_for(item), {"If-Match": read_before["ETag"]}
        with transaction.atomic():
            answer = ask(client, item, read_before.json()["id"], {name: value}, **headers)
            transaction.set_rollback(True)
        if answer.status_code == 409 and answer.json()["rule"]:
            return "refused by a rule"
        is_cleared = answer.status_code == 200 and (is_empty(answer.json().get(name)) or name in FILLED_IN)
        return "cleared" if is_cleared else f"{answer.status_code} {answer.content[:200]!r}"

    def check(item: Operation) -> list[str]:
        needed = of(item, "create").body_schema.get("required", ())
        records = [read(maker, item, key) for key in keys_of(item, maker)]

        def is_cleared(name: str, value: Any) -> bool:
            fullest = sorted(records, key=lambda record: is_empty(record.json().get(name)))
            found = set()
            for record in fullest:
                found.add(outcome(item, record, name, value))
                if "cleared" in found:
                    return True
            return found == {"refused by a rule"}

        members = item.body_schema["properties"].items()
        emptied = [(name, value) for name, schema in members if name not in needed for value in empties(schema)]
        tried = some(emptied, 3, start=UPDATES.index(item))
        return [f"{name} never becomes {value!r}" for name, value in tried if not is_cleared(name, value)]

    assert wrong(UPDATES, check) == {}
