"""Deadlines as files: all of them in words, and a calendar that tells nothing restricted."""

import csv
import io
import json
from datetime import date, timedelta

import pytest
from icalendar import Calendar
from openpyxl import load_workbook

from engagements import services as log
from engagements.reports import services
from sgoffice.accounts import services as accounts
from sgoffice.accounts.services import set_active
from sgoffice.changes.door import ANY_VERSION
from sgoffice.records.actors import OFFICE
from sgoffice.records.entries import Correction
from sgoffice.records.models import TraceItem
from tests.engagements.reports.deadlines import LIVE, ON, RENEWED, listed
from tests.factories import agreements as agreed
from tests.factories import engagements as make
from tests.factories.accounts import signed_in

pytestmark = pytest.mark.django_db
DUE = date(2026, 12, 15)


def promised(text="Send the draft", **values):
    return make.action_item(make.engagement(title="A talk", **LIVE), text=text, due_on=DUE, **LIVE | values)


def taken(client, form, **query):
    answer = client.get("/api/v1/deadlines", {"on": ON, "as": form, **query})
    assert answer.status_code == 200, answer.content
    return answer, b"".join(answer) if answer.streaming else answer.content


def events(body):
    return Calendar.from_ical(body).walk("VEVENT")


def test_a_file_has_the_lines_of_the_list_and_all_of_them(viewer, monkeypatch):
    monkeypatch.setattr("sgoffice.exports.lists._PIECE", 2)
    agreed.agreement(agreed.act("entry_into_force", "2022-06-30"), **LIVE | RENEWED)
    for number in range(5):
        promised(f"Item {number}")

    shown = listed(viewer, kind="action_item,notice", within=400)["results"]
    answer, body = taken(viewer, "csv", kind="action_item,notice", within=400)
    _, lines = taken(viewer, "jsonl", kind="action_item,notice", within=400)
    _, book = taken(viewer, "xlsx", kind="action_item,notice", within=400)

    rows = list(csv.DictReader(io.StringIO(body.decode(), newline="")))
    assert answer["Content-Disposition"] == 'attachment; filename="deadlines.csv"'
    assert [row["sentence"] for row in rows] == [one["sentence"] for one in shown]
    assert len(rows) == 6
    assert (rows[0]["kind"], rows[0]["day"], rows[0]["days_left"]) == ("action_item", "2026-12-15", "20")
    assert [json.loads(line) for line in lines.splitlines()] == shown
    sheet = load_workbook(io.BytesIO(book)).active
    assert [cell.value for cell in sheet["B"]][1].date() == DUE


def test_a_file_has_what_its_reader_may_see_and_is_traced(viewer):
    promised("ZQX secret", marking="restricted")
    promised("Plain")
    chief = signed_in("approver")

    _, body = taken(viewer, "csv")
    _, more = taken(chief, "csv")

    assert b"ZQX" not in body
    assert b"Plain" in body
    assert b"ZQX" in more
    exported = TraceItem.objects.get(entries__len=1)
    assert (exported.act, exported.about) == ("export", {"as": "csv", "rows": "2"})


def test_what_is_raised_while_a_file_is_written_is_left_out(viewer, monkeypatch):
    monkeypatch.setattr("sgoffice.exports.lists._PIECE", 1)
    promised("Read first")
    later = make.engagement(title="Soon secret", **LIVE)
    make.action_item(later, text="ZQX", due_on=DUE + timedelta(days=1), **LIVE)
    wanted = services.DeadlineFilter(on=date.fromisoformat(ON))

    lines = services.every_deadline(wanted, by=viewer.user.as_actor())
    [first] = next(lines)
    raised = Correction(log.EngagementEntry, {"marking": "restricted"})
    log.correct_engagement(later.pk, raised, by=OFFICE, expected=ANY_VERSION, at=make.NOW)

    assert first.record.label == "Read first"
    assert list(lines) == [()]


def test_a_calendar_has_each_day_with_two_alarms(viewer):
    item = promised()

    answer, body = taken(viewer, "ics")

    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    [event] = events(body)
    assert (event["DTSTART"].dt, event["TRANSP"], event["CLASS"]) == (DUE, "TRANSPARENT", "PUBLIC")
    assert event["UID"] == f"action_item-{item.pk}-1"
    assert str(event["SUMMARY"]).endswith("Send the draft")
    ahead = [alarm["TRIGGER"].dt for alarm in event.walk("VALARM")]
    assert ahead == [timedelta(hours=9) - timedelta(days=7), timedelta(hours=9) - timedelta(days=1)]
    assert viewer.see(f"deadlines?on={ON}&format=ics", **{"If-None-Match": answer["ETag"]}).status_code == 304


def test_a_calendar_tells_the_reference_alone_of_what_is_restricted():
    item = promised("ZQX secret", marking="restricted")
    chief = signed_in("approver")

    _, body = taken(chief, "ics")

    [event] = events(body)
    assert b"ZQX" not in body
    assert item.reference in event["SUMMARY"]
    assert event["CLASS"] == "CONFIDENTIAL"


def test_a_calendar_link_reads_the_deadlines_with_the_rights_of_its_user(client):
    promised("Mine to read")
    promised("ZQX secret", marking="restricted")
    reader = signed_in("viewer").user
    secret = accounts.issue_calendar_link(reader, name="Phone", at=make.NOW)
    address = f"/calendars/{secret}/deadlines.ics?on={ON}"

    answer = client.get(address)

    assert answer.status_code == 200, answer.content
    assert [str(one["SUMMARY"])[-12:] for one in events(answer.content)] == ["Mine to read"]
    assert secret not in TraceItem.objects.get(act="export").path
    assert client.get(f"{address}&colour=red").status_code == 400
    set_active(reader.pk, is_active=False, by=OFFICE, at=make.NOW)
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("query", "named"),
    [("format=pdf", "format"), ("format=csv&count=capped", "count"), ("format=ics&limit=5", "limit")],
)
def test_what_fits_no_file_is_a_400_that_names_it(viewer, query, named):
    answer = viewer.see(f"deadlines?{query}")

    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, f"/{named}")


def test_the_page_of_what_comes_up_is_taken_away():
    officer = signed_in("officer")
    met = make.engagement(title="Reply", status="requested", reply_by=date.today() + timedelta(days=9))

    answer = officer.get("/desk/deadlines?format=csv")

    assert b"Answer the request" in b"".join(answer)
    assert "As an Excel file" in officer.get("/desk/deadlines").content.decode()
    assert TraceItem.objects.filter(act="export", door="desk").exists(), met
