"""The hits of a search as a file: all of them, in the order of the pages, under the rights of the reader."""

import csv
import io
import json

import pytest

from tests.factories import directory
from tests.factories import engagements as make
from tests.factories.accounts import signed_in

pytestmark = pytest.mark.django_db


def content(answer):
    assert answer.status_code == 200, answer.content
    return b"".join(answer)


@pytest.mark.parametrize("order", ["newest", "relevance"])
def test_a_file_has_all_hits_in_the_order_of_the_pages(order, monkeypatch):
    monkeypatch.setattr("sgoffice.exports.lists._PIECE", 2)
    for number in range(5):
        make.engagement(title=f"Cargo {number}", held=f"2024-0{number + 1}-10")
    viewer = signed_in("viewer")

    shown = viewer.see(f"search?q=cargo&order={order}").json()["results"]
    rows = list(
        csv.DictReader(
            io.StringIO(content(viewer.see(f"search?q=cargo&order={order}&format=csv")).decode(), newline="")
        )
    )
    lines = content(viewer.see(f"search?q=cargo&order={order}&format=jsonl")).splitlines()

    assert [row["title"] for row in rows] == [hit["label"] for hit in shown]
    assert len(rows) == 5
    assert [json.loads(line) for line in lines] == shown
    assert content(viewer.see("search?q=cargo&format=xlsx")).startswith(b"PK")


def test_a_file_has_near_names_where_the_pages_have_them():
    directory.person("Anatoly Karpov")
    viewer = signed_in("viewer")

    [row] = csv.DictReader(io.StringIO(content(viewer.see("search?q=karpof&format=csv")).decode(), newline=""))

    assert (row["kind"], row["is_near"]) == ("person", "true")


def test_what_is_restricted_is_in_no_file_of_others():
    make.engagement(title="ZQX cargo", marking="restricted")
    make.engagement(title="Plain cargo")

    assert b"ZQX" not in content(signed_in("officer").see("search?q=cargo&format=jsonl"))
    assert b"ZQX" in content(signed_in("approver").see("search?q=cargo&format=jsonl"))


@pytest.mark.parametrize("query", ["limit=5", "cursor=x", "count=capped"])
def test_what_belongs_to_pages_is_refused_with_a_file(query):
    answer = signed_in("viewer").see(f"search?q=cargo&format=csv&{query}")

    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, f"/{query.partition('=')[0]}")
