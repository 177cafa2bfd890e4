"""Reports of figures: each figure opens the list that it counts, under the rights of its reader."""

import csv
import io
import json
from datetime import date

import pytest
from openpyxl import load_workbook

from appointments import services as appointments
from engagements.services.action_item_steps import complete_action_item
from engagements.services.entries import CompletionEntry
from sgoffice.changes.door import ANY_VERSION
from sgoffice.changes.merging import merge
from sgoffice.directory.models import Organization
from sgoffice.directory.services import Region
from sgoffice.records.actors import OFFICE
from sgoffice.records.models import TraceItem
from tests.engagements.reports.deadlines import LIVE, body, session
from tests.engagements.reports.figures import astray, read
from tests.factories import directory
from tests.factories import engagements as make
from tests.factories.accounts import signed_in

pytestmark = pytest.mark.django_db
YEAR = {"from": "2024-01-01", "until": "2024-12-31"}


def figures(report, table):
    [found] = [one for one in report["tables"] if one["name"] == table]
    return {one["label"]: one for one in found["figures"]}


def values(report, table):
    return {label: one["value"] for label, one in figures(report, table).items() if one["value"]}


def test_activity_counts_what_may_have_been_in_each_month_and_all_it_is_about(viewer):
    directory.country("FR", "France", regions=(region("150", "Europe"), region("155", "Western Europe")))
    directory.country("KE", "Kenya", regions=(region("002", "Africa"),))
    topic = directory.topic("Terrorism")
    met = (make.theirs(title="Minister of the Interior", country="FR"), make.group("two", country="KE", side="theirs"))
    make.engagement(held="2024-03", kind="visit", topics=(topic.pk,), participants=met)
    make.engagement(held="2024-03-30/2024-04-02")
    make.engagement(held="2024-05-01", status="not_held", status_reason="ill")
    make.engagement(held="2023-12-31")

    report = read(viewer, "activity", **YEAR)

    assert values(report, "total") == {"Held": 2}
    assert values(report, "month") == {"March 2024": 2, "April 2024": 1}
    assert values(report, "region") == {"Europe": 1, "Africa": 1}
    assert values(report, "kind") == {"Visit abroad": 1, "Bilateral meeting": 1}
    assert values(report, "level") == {"Minister": 1}
    assert values(report, "topic") == {"Terrorism": 1}
    assert astray(viewer, report) == {}


def region(code, name):
    return Region(scheme="m49", code=code, name=name)


def test_what_is_restricted_is_counted_for_its_readers_alone(viewer):
    hidden = make.engagement(title="ZQX", held="2024-06-01", marking="restricted")
    directory.country("FR", "France", status="member")
    make.engagement(held="2024-06-02", participants=(make.group("two", country="FR", side="theirs"),), **LIVE)
    chief = signed_in("approver")

    assert (values(read(viewer, "activity", **YEAR), "total"), read(viewer, "activity", **YEAR)["marking"]) == (
        {"Held": 1}, "public",
    )  # fmt: skip
    shown = chief.get("/api/v1/reports/coverage", {"on": "2024-12-31"})
    assert read(chief, "activity", **YEAR)["marking"] == "restricted"
    assert values(read(chief, "activity", **YEAR), "total") == {"Held": 2}
    assert shown["Cache-Control"] == "no-store"
    assert "ZQX" not in json.dumps(read(viewer, "coverage", on="2024-12-31")), hidden


def test_coverage_names_the_last_contact_and_the_gaps(viewer):
    directory.country("FR", "France", status="member", regions=(region("150", "Europe"),))
    directory.country("KE", "Kenya", status="member", regions=(region("002", "Africa"),))
    directory.country("SG", "Singapore", status="member", regions=(region("142", "Asia"),))
    old = directory.organization("Ministry of old", classification="ministry", country="KE")
    kept = directory.organization("Ministry of the Interior of Kenya", classification="ministry", country="KE")
    make.engagement(title="Long ago", held="2020-05", participants=(make.theirs(organization=old),))
    make.engagement(title="Lately", held="2024-05-15", participants=(make.group("two", country="FR", side="theirs"),))
    merge(Organization, kept.pk, other=old.pk, by=OFFICE, expected=ANY_VERSION, reason="the same")

    report = read(viewer, "coverage", on="2024-12-31", within="365")

    assert {label: (one["value"], one["last"]) for label, one in figures(report, "country").items()} == {
        "France": (1, "2024-05-15"), "Kenya": (0, "2020-05"), "Singapore": (0, None),
    }  # fmt: skip
    assert figures(report, "country")["Kenya"]["record"]["label"] == "Long ago"
    assert values(report, "region") == {"Europe": 1}
    assert list(figures(report, "organization")) == ["Ministry of the Interior of Kenya"]
    assert astray(viewer, report) == {}


def test_promises_are_kept_in_time_late_or_owed(viewer):
    met = make.engagement()
    for text, completed in (("in time", "2024-03-10"), ("late", "2024-03-11")):
        item = make.action_item(met, text=text, due_on=date(2024, 3, 10))
        done = CompletionEntry(completed_on=date.fromisoformat(completed), evidence=("sent",))
        complete_action_item(item.pk, done, by=OFFICE, expected=ANY_VERSION)
    make.action_item(met, text="overdue", due_on=date(2024, 4, 1))
    make.action_item(met, text="theirs", due_on=date(2024, 4, 1), owed_by="theirs")
    make.action_item(met, text="another year", due_on=date(2025, 4, 1))
    make.action_item(met, text="no day")

    report = read(viewer, "promises", **YEAR)

    assert values(report, "ours") == {
        "Due": 3, "Kept in time": 1, "Kept late": 1, "Open": 1, "Overdue": 1,
    }  # fmt: skip
    assert values(report, "theirs") == {"Due": 1, "Open": 1, "Overdue": 1}
    assert astray(viewer, report) == {}


def test_decisions_are_followed_up_by_session(viewer):
    assembly = body()
    first, second = session(assembly, "2023-11-28", number=91), session(assembly, "2024-11-04", number=92)
    for place, statuses in ((first, ("not_started", "completed")), (second, ())):
        decision = appointments.record_decision(
            appointments.DecisionEntry(body=assembly.pk, title=f"At {place.number}", session=place.pk, **LIVE),
            by=OFFICE,
        )
        for status in statuses:
            appointments.add_mandate(
                appointments.MandateEntry(
                    decision=decision.pk, text="Report", status=status, evidence=("report",), **LIVE
                ),
                by=OFFICE,
            )

    report = read(viewer, "follow-up", **{"from": "2023-01-01", "until": "2024-12-31"})

    assert [one["value"] for one in figures(report, "decisions").values()] == [1, 1]
    assert [one["value"] for one in figures(report, "mandates").values()] == [0, 2]
    assert [one["value"] for one in figures(report, "open").values()] == [0, 1]
    assert astray(viewer, report) == {}


def test_a_year_stands_against_the_year_before(viewer):
    directory.country("FR", "France")
    directory.country("KE", "Kenya")
    directory.office("Headquarters", kind="headquarters", country="FR", city="Lyon")
    make.engagement(held="2024-05-01/2024-05-03", country="KE", kind="visit")
    make.engagement(held="2024-05-03", country="KE", participants=(make.group("two", country="KE", side="theirs"),))
    make.engagement(held="2024-06-01", country="FR")
    make.engagement(held="2024-06-02", country="KE", meeting_format="virtual")
    make.engagement(held="2023-06-01", country="KE")

    year = figures(read(viewer, "annual", year="2024"), "year")

    assert {label: (one["value"], one["before"]) for label, one in year.items()} == {
        "Engagements held": (4, 1), "Visits": (1, 0), "Countries met": (1, 0), "Engagements abroad": (2, 1),
        "Days abroad": (3, 1),
    }  # fmt: skip
    assert astray(viewer, read(viewer, "annual", year="2024")) == {}


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_file_has_a_row_for_each_figure_and_is_traced(viewer, form):
    make.engagement(held="2024-03-05")
    report = read(viewer, "activity", **YEAR)

    answer = viewer.get("/api/v1/reports/activity", {**YEAR, "format": form})
    written = b"".join(answer)

    if form == "csv":
        rows = list(csv.DictReader(io.StringIO(written.decode(), newline="")))
        lines = [(row["table"], row["label"], int(row["value"])) for row in rows]
    else:
        _, *rows = load_workbook(io.BytesIO(written)).active.iter_rows(values_only=True)
        lines = [(row[4], row[5], row[6]) for row in rows]
    assert lines == [(t["title"], one["label"], one["value"]) for t in report["tables"] for one in t["figures"]]
    assert TraceItem.objects.get(act="export").about == {"as": form, "rows": str(len(lines))}


@pytest.mark.parametrize("name", ["activity", "coverage"])
def test_a_page_has_bars_and_a_map_that_load_nothing(viewer, name):
    directory.country("FR", "France", status="member", numeric="250")
    for month in (3, 4):
        make.engagement(held=f"2024-0{month}-05", participants=(make.group("x", country="FR", side="theirs"),))

    answer = viewer.get(
        f"/api/v1/reports/{name}", {"format": "html"} | ({"on": "2024-12-31"} if name == "coverage" else YEAR)
    )

    text = answer.content.decode()
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert 'class="chart"' in text or name == "coverage"
    assert ("Boundaries and names do not imply any position of the Office." in text) == (name == "coverage")
    assert ("France: 2 in the period; last 5 April 2024" in text) == (name == "coverage"), text
    assert "http" not in text.replace("https://www.w3.org", "")


@pytest.mark.parametrize(
    ("address", "named"),
    [
        ("activity?from=2024-13-01", "from"),
        ("activity?from=2024", "from"),
        ("activity?from=2024-05-01&until=2024-04-01", "until"),
        ("activity?from=1999-05-01&until=2024-04-01", "until"),
        ("coverage?within=0", "within"),
        ("coverage?on=0001-01-01", "on"),
        ("annual?year=99", "year"),
        ("annual?from=2024-01-01", "from"),
        ("promises?format=jsonl", "format"),
        ("promises?bom=true", "bom"),
    ],
)
def test_what_cannot_be_read_is_a_400_that_names_it(viewer, address, named):
    answer = viewer.see(f"reports/{address}")

    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, f"/{named}")
