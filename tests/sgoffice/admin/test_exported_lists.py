"""The lists of the admin as files: what the list shows with these filters, by the code of the API."""

import csv
import io

import pytest
from django.contrib import admin

from sgoffice.admin.record_admin import RecordAdmin
from sgoffice.records.models import TraceItem
from tests.factories import directory
from tests.factories import engagements as make
from tests.factories.accounts import Register, signed_in

pytestmark = pytest.mark.django_db
LIST = "/admin/engagements/engagement/"
ADDRESSES = [
    f"/admin/{one.opts.app_label}/{one.opts.model_name}/"
    for one in admin.site._registry.values()
    if isinstance(one, RecordAdmin)
]


def titles(answer):
    assert answer.status_code == 200
    body = answer.getvalue()
    assert body.startswith(b"\xef\xbb\xbf")  # people open it with a click
    return [row["title"] for row in csv.DictReader(io.StringIO(body.decode("utf-8-sig"), newline=""))]


def test_a_file_has_what_the_list_finds_in_its_order():
    for title in ("Cargo talk one", "Another talk", "Cargo talk two"):
        make.engagement(title=title)
    make.engagement(title="Cargo ZQX", marking="restricted")
    officer = signed_in()

    shown = [record.title for record in officer.get(f"{LIST}?q=cargo").context["cl"].result_list]
    assert titles(officer.get(f"{LIST}export/csv/?q=cargo")) == shown
    assert sorted(shown) == ["Cargo talk one", "Cargo talk two"]
    assert titles(signed_in("approver").get(f"{LIST}export/csv/?marking__exact=restricted")) == ["Cargo ZQX"]


def test_a_file_of_a_search_has_the_order_of_the_list():
    for name in ("Ministry of Trade of Austria", "Austria Trade Office", "Trade", "The Trade"):
        directory.organization(name)
    officer, address = signed_in(), "/admin/directory/organization/"

    shown = [str(record) for record in officer.get(f"{address}?q=trade").context["cl"].result_list]
    body = officer.get(f"{address}export/csv/?q=trade").getvalue().decode("utf-8-sig")
    found = [row["name"] for row in csv.DictReader(io.StringIO(body, newline=""))]

    assert found == shown
    assert shown[0] == "Trade" != min(shown)


def test_it_is_an_export_in_the_trace():
    make.engagement()

    signed_in().get(f"{LIST}export/xlsx/").getvalue()

    item = TraceItem.objects.get()
    assert (item.act, item.door, item.about) == ("export", "admin", {"as": "xlsx", "rows": "1"})


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_list_offers_its_files_with_its_filters(address):
    chief = signed_in("approver")

    page = chief.get(f"{address}?q=cargo").content.decode()

    for form in ("csv", "xlsx"):
        answer = chief.get(f"{address}export/{form}/?q=cargo&o=1")
        assert (answer.status_code, bool(answer.getvalue())) == (200, True)
        assert f'href="export/{form}/?q=cargo"' in page


def test_other_forms_filters_methods_and_strangers_get_no_file():
    officer = signed_in()

    assert officer.get(f"{LIST}export/pdf/").status_code == 404
    assert officer.get(f"{LIST}export/csv/?colour=red")["Location"] == f"{LIST}?e=1"
    assert officer.post(f"{LIST}export/csv/").status_code == 405
    assert Register().get(f"{LIST}export/csv/").status_code == 302
