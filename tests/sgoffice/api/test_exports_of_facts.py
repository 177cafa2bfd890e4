"""Every list of the shipped facts as a file: as many rows as there are records, in the order of the list."""

import csv
import io
import json

import pytest
from openpyxl import load_workbook

from sgoffice import documents
from tests.factories.accounts import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded_register")]
FORMS = ("csv", "xlsx", "jsonl")


@pytest.mark.parametrize("form", FORMS)
def test_every_list_is_a_file_with_as_many_rows_as_it_has_records(form):
    chief, counts = signed_in("approver"), {}

    for recipe in documents.recipes().values():
        expected = recipe.model.rows().live().visible_to(chief.user.as_actor()).count()
        body = read(chief.see(f"{recipe.searched.address}?format={form}"))
        counts[recipe.model.record_kind] = (count_in(body, form), expected)

    assert {kind: count for kind, count in counts.items() if count[0] != count[1]} == {}
    assert counts["country"][0] > 200  # more than a page


def count_in(body, form):
    if form == "jsonl":
        return len([json.loads(line) for line in body.splitlines()])
    if form == "csv":
        return len(list(csv.reader(io.StringIO(body.decode(), newline="")))) - 1
    book = load_workbook(io.BytesIO(body), read_only=True)
    count = sum(1 for _ in book.worksheets[0].iter_rows()) - 1
    book.close()
    return count


def test_a_file_has_the_rows_and_the_order_of_the_list_with_these_filters():
    viewer = signed_in("viewer")
    shown = viewer.see("engagements?place_country=FR&sort=oldest&limit=200").json()["results"]

    rows = rows_of(viewer.see("engagements?place_country=FR&sort=oldest&format=csv"))
    lines = read(viewer.see("engagements?place_country=FR&sort=oldest&format=jsonl")).splitlines()

    assert [row["reference"] for row in rows] == [one["reference"] for one in shown]
    assert [json.loads(line) for line in lines] == shown


def read(answer):
    assert answer.status_code == 200, answer.content
    return answer.getvalue()


def rows_of(answer):
    return list(csv.DictReader(io.StringIO(read(answer).decode(), newline="")))
