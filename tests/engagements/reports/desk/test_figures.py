"""Reports on the desk: their periods, the lists behind their figures, and files."""

import re

import pytest
from django.test import override_settings

from sgoffice.records.models import TraceItem
from tests.factories import directory
from tests.factories import engagements as make
from tests.factories.accounts import signed_in

pytestmark = pytest.mark.django_db
YEAR = "from=2024-01-01&until=2024-12-31"
#: Of a page, the session and its reader among them.
MOST_QUERIES = 12


@pytest.fixture
def officer():
    return signed_in("officer")


def links_of(page):
    return [
        one.replace("&amp;", "&") for one in re.findall(r'href="(/desk/reports/lists/[^"]+)"', page.content.decode())
    ]


def met(number, **values):
    given = {"held": f"2024-{number:02}-05", "participants": (make.group("two", country="FR", side="theirs"),)}
    return make.engagement(**{"title": f"Talk {number}"} | given | values)


def test_each_figure_of_a_page_leads_to_as_many_records(officer):
    directory.country("FR", "France", status="member")
    for number in range(1, 4):
        met(number)

    page = officer.get(f"/desk/reports/activity?{YEAR}")

    assert page.status_code == 200
    counts = [int(one) for one in re.findall(r'aria-label="(\d+): the list behind', page.content.decode())]
    addresses = links_of(page)
    assert len(addresses) == len(counts) > 4
    assert [officer.get(one).context["count"] for one in addresses] == counts
    assert "Talk 1" in officer.get(addresses[0]).content.decode()


@pytest.mark.parametrize("name", ["activity", "coverage", "promises", "follow-up", "annual"])
def test_a_page_asks_few_questions_whatever_it_counts(officer, name, django_assert_max_num_queries):
    directory.country("FR", "France", status="member")
    for number in range(1, 6):
        make.action_item(met(number))

    with django_assert_max_num_queries(MOST_QUERIES):
        page = officer.get(f"/desk/reports/{name}")

    assert page.status_code == 200
    assert f"/api/v1/reports/{name}?" in page.content.decode()


def test_a_setting_replaces_the_map_by_its_table(officer):
    directory.country("FR", "France", status="member", numeric="250")
    met(3)
    address = "/desk/reports/coverage?on=2024-12-31"

    with override_settings(REPORT_MAP=False):
        plain = officer.get(address).content.decode()
    drawn = officer.get(address).content.decode()

    said = "<title>France: 1 in the period; last 5 March 2024</title>"
    assert f'<use href="/static/reports/world.svg#n250" fill="#12355b">{said}</use>' in drawn
    assert "<path d=" not in drawn.partition("</pattern>")[2]
    assert 'class="map"' not in plain
    assert '<th scope="row">France</th>' in plain
    assert '<th scope="row">France</th>' in drawn


def test_a_page_points_at_outlines_that_a_printed_one_holds(officer):
    """A printed page is kept as one file, and made into a PDF that loads nothing."""
    on_desk = officer.get("/desk/reports/coverage").content.decode()
    printed = officer.get("/api/v1/reports/coverage?format=html").content.decode()
    [address] = set(re.findall(r'<use href="([^"#]+)#', on_desk))
    outlines = b"".join(officer.get(address)).decode()

    pointed = re.findall(r'<use href="[^"#]+#([^"]+)"', on_desk)
    assert pointed == re.findall(r' id="([^"]+)"', outlines)
    assert "<use" not in printed
    assert re.findall(r' d="(M[^"]+)"', outlines) == re.findall(r' d="(M[^"]+z)"', printed)
    assert len(pointed) > 200


def test_what_cannot_be_read_is_said_above_the_form(officer):
    page = officer.get("/desk/reports/activity?from=May&until=2024-01-01")

    assert page.status_code == 422
    assert 'value="May"' in page.content.decode()
    for unclear in ("engagements?colour=red", "engagements?organization=nobody", "mandates?session=SES-2016-000000"):
        assert officer.get(f"/desk/reports/lists/{unclear}").status_code == 422
    assert officer.get("/desk/reports/lists/people").status_code == 404
    assert officer.get("/desk/reports/never").status_code == 404


def test_reports_and_lists_are_taken_away_under_the_rights_of_their_reader(officer):
    directory.country("FR", "France")
    met(1)
    met(2, title="ZQX", marking="restricted")

    report = b"".join(officer.get(f"/desk/reports/activity?{YEAR}&format=csv"))
    listed = b"".join(officer.get(f"/desk/reports/lists/engagements?status=held&{YEAR}&format=csv"))
    page = officer.get(f"/desk/reports/lists/engagements?status=held&{YEAR}").content.decode()

    assert b'"Held",1,' in report
    assert b"Talk 1" in listed
    assert (b"ZQX" in listed, "ZQX" in page) == (False, False)
    assert TraceItem.objects.filter(act="export", door="desk").count() == 2
