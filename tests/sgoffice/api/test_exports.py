"""Every list as a file: all rows that its reader may see, in words, traced before they leave."""

import csv
import io

import pytest
from django.db import Error
from openpyxl import load_workbook

from engagements.services import OwnerEntry
from sgoffice import documents
from sgoffice.api import tracing
from sgoffice.history import trace
from sgoffice.records import statements
from sgoffice.records.models import TraceItem
from tests.factories import directory
from tests.factories import engagements as make
from tests.factories.accounts import signed_in

pytestmark = pytest.mark.django_db
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: How Germany is called, by `Accept-Language`.
NAMED = {"fr-CA,fr;q=0.9,en;q=0.5": "Allemagne", "ru": "Германия", "tlh": "Germany", "": "Germany"}
FORMS = {"csv": "text/csv; charset=utf-8", "xlsx": XLSX, "jsonl": "application/x-ndjson"}


def content(answer):
    assert answer.status_code == 200, answer.content
    return b"".join(answer)


def rows_of(answer):
    return list(csv.DictReader(io.StringIO(content(answer).decode(), newline="")))


@pytest.mark.parametrize("form", FORMS)
def test_a_file_is_chosen_by_parameter_or_by_accept_and_is_the_same(form):
    make.engagement(title="One talk")
    viewer = signed_in("viewer")

    by_name, by_type = viewer.see(f"engagements?format={form}"), viewer.see("engagements", Accept=FORMS[form])

    assert by_name["Content-Type"] == by_type["Content-Type"] == FORMS[form]
    assert by_name["Content-Disposition"] == f'attachment; filename="engagements.{form}"'
    assert by_name["Cache-Control"] == "no-store"
    assert {"Accept", "Authorization", "Cookie"} <= {name.strip() for name in by_name["Vary"].split(",")}
    assert content(by_name) == content(by_type) != b""


def test_names_are_words_in_the_language_of_the_reader_where_the_register_has_them():
    directory.country("DE", "Germany", names={"fr": "Allemagne", "ru": "Германия"})
    owner = signed_in("officer")
    talk = make.engagement(
        title="A talk", country="DE", city="Bonn", responsible=owner.user.pk,
        participants=(make.group("two officials", country="DE", side="theirs"),),
    )  # fmt: skip
    make.action_item(talk, text="Send it")

    for language, name in NAMED.items():
        [row] = rows_of(owner.see("engagements?format=csv", **{"Accept-Language": language}))
        assert (row["country"], row["countries_of_theirs"]) == (name, name)
    [item] = rows_of(owner.see("action-items?format=csv"))

    assert (row["theirs"], row["responsible"]) == ("two officials", str(owner.user))
    assert item["engagement"] == f"{talk.reference} A talk"


def test_a_text_that_is_the_code_of_a_country_or_an_id_stays_as_it_is():
    directory.country("DE", "Germany", names={"fr": "Allemagne"})
    owner = signed_in("officer")
    talk = make.engagement(title="DE", city="DE", country="DE", venue=str(owner.user.pk))
    make.action_item(talk, text="DE", owner=OwnerEntry(unit="DE"))
    french = {"Accept-Language": "fr"}

    [row] = rows_of(owner.see("engagements?format=csv", **french))
    [item] = rows_of(owner.see("action-items?format=csv", **french))

    shown = [row[name] for name in ("title", "city", "country_code", "country", "venue")]
    assert shown == ["DE", "DE", "DE", "Allemagne", str(owner.user.pk)]
    assert (item["text"], item["owner"]) == ("DE", "DE")


@pytest.mark.parametrize("form", FORMS)
def test_what_is_restricted_is_in_no_file_of_others(form):
    hidden = make.engagement(title="ZQX secret talk", marking="restricted")
    make.action_item(hidden, text="ZQX send it", marking="restricted")
    reader, chief = signed_in("officer"), signed_in("approver")

    def texts(client, noun):
        body = content(client.see(f"{noun}?format={form}"))
        if form != "xlsx":
            return body.decode()
        book = load_workbook(io.BytesIO(body))
        return str([[cell.value for cell in row] for row in book.active.iter_rows()])

    for noun in ("engagements", "action-items"):
        assert "ZQX" not in texts(reader, noun)
        assert "ZQX" in texts(chief, noun)


def test_an_export_is_traced_with_what_is_restricted_before_it_leaves():
    hidden = make.engagement(title="ZQX secret talk", marking="restricted")
    make.engagement()
    chief = signed_in("approver")

    answer = chief.see("engagements?format=csv")  # nothing is read of it yet

    item = TraceItem.objects.get()
    assert (item.act, item.door, item.path, item.status) == ("export", "api", "/api/v1/engagements", 200)
    assert (item.entries, item.about) == ([hidden.pk], {"as": "csv", "rows": "2"})
    assert b"ZQX" in answer.getvalue()


def test_without_the_trace_there_is_no_file(monkeypatch):
    def broken(*args, **kwargs):
        raise Error

    make.engagement(title="ZQX")
    monkeypatch.setattr(tracing.trace, "record", broken)
    assert trace.record is broken

    answer = signed_in("viewer").see("engagements?format=csv")

    assert (answer.status_code, answer.streaming, b"ZQX" in answer.content) == (503, False, False)


def test_the_former_name_of_the_parameter_is_understood_and_json_is_a_page():
    viewer = signed_in("viewer")

    assert content(viewer.see("topics?as=csv")) == content(viewer.see("topics?format=csv"))
    assert viewer.see("topics?format=json&limit=2").json() == viewer.see("topics?limit=2").json()


@pytest.mark.parametrize("accept", ["application/json;q=0, */*", "*/*;q=0.1,application/json; q=0.0"])
def test_a_type_that_is_refused_is_not_sent(accept):
    answer = signed_in("viewer").see("topics", Accept=accept)

    assert (answer["Content-Type"], content(answer)[:6]) == (FORMS["csv"], b'"name"')


def test_no_statement_is_kept_under_values_without_end():
    many = ",".join(["held"] * 300)
    viewer = signed_in("viewer")

    answers = [viewer.see(f"engagements?status={many}&status={'held,' * number}held") for number in range(1, 4)]

    assert [one.status_code for one in answers] == [200, 200, 200]
    assert [one for one in statements._kept if many in repr(one)] == []


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("as=pdf", "as"),
        ("format=csv&as=xlsx", "as"),
        ("format=pdf", "format"),
        ("format=", "format"),
        ("format=csv&format=csv", "format"),
        ("format=csv&limit=5", "limit"),
        ("format=xlsx&count=capped", "count"),
        ("format=jsonl&cursor=x", "cursor"),
        ("format=xlsx&bom=true", "bom"),
        ("format=csv&bom=yes", "bom"),
        ("bom=true", "bom"),
        ("format=csv&sort=best", "sort"),
        ("format=csv&colour=red", "colour"),
    ],
)
def test_what_fits_no_file_is_a_400_that_names_it(query, named):
    answer = signed_in("viewer").see(f"engagements?{query}")

    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, f"/{named}")


def test_another_form_is_a_406_that_names_those_there_are():
    answer = signed_in("viewer").see("engagements", Accept="application/pdf")

    assert answer.status_code == 406
    assert all(
        name in answer.json()["advice"] for name in ("application/json", "text/csv", XLSX, "application/x-ndjson")
    )


def test_one_record_is_no_file():
    talk = make.engagement()
    viewer = signed_in("viewer")

    assert viewer.see(f"engagements/{talk.pk}?format=csv").status_code == 400
    assert viewer.see(f"engagements/{talk.pk}", Accept="text/csv").status_code == 406


def test_head_has_the_headers_of_the_file_and_writes_none():
    make.engagement()
    viewer = signed_in("viewer")

    answer = viewer.head("/api/v1/engagements?format=xlsx")

    assert (answer.status_code, answer["Content-Type"]) == (200, XLSX)
    assert (answer["Content-Disposition"], answer.content) == ('attachment; filename="engagements.xlsx"', b"")
    assert not answer.streaming


def test_excel_gets_a_byte_order_mark_on_request():
    viewer = signed_in("viewer")

    assert content(viewer.see("topics?format=csv&bom=true")).startswith(b'\xef\xbb\xbf"name"')
    assert content(viewer.see("topics?format=csv&bom=false")).startswith(b'"name"')


@pytest.mark.parametrize("kind", sorted(documents.recipes()))
def test_every_kind_declares_columns_of_members_that_its_document_has(kind):
    recipe = documents.recipes()[kind]
    members = recipe.shape().fields

    assert [column.path for column in recipe.columns if column.path.partition(".")[0] not in members] == []
    assert len({column.name for column in recipe.columns}) == len(recipe.columns) > 5
