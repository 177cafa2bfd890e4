"""Our calendars read by ical.js, which calendar programs use, and by icalendar: the same instants, nothing injected.

It needs node and `make icaljs`, which installs the pinned ical.js into var/icaljs; without them these tests fail.
"""

import json
import shutil
import subprocess
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar

from engagements import services
from engagements.services import steps
from sgoffice.changes.door import ANY_VERSION
from sgoffice.records.actors import OFFICE
from sgoffice.records.entries import Correction
from tests.factories import engagements as make
from tests.factories.accounts import signed_in

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "tests" / "icaljs" / "instants.mjs"
PARSER = ROOT / "var" / "icaljs" / "node_modules" / "ical.js" / "dist" / "ical.js"
#: On the clocks of each place in its summer or ours, and the instant that is meant.
PLACES = {
    "Europe/Paris": ("2026-07-01T09:30:00+02:00", "2026-07-01T07:30:00Z"),
    "Asia/Singapore": ("2026-07-01T09:30:00+08:00", "2026-07-01T01:30:00Z"),
    "America/St_Johns": ("2026-07-01T09:30:00-02:30", "2026-07-01T12:00:00Z"),
    "Pacific/Kiritimati": ("2026-07-01T09:30:00+14:00", "2026-06-30T19:30:00Z"),
}
HOSTILE = (
    "Talks\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:x\r\nDTSTART:20260101T000000Z\r\nSUMMARY:Injected",
    "Talks\nBEGIN:VALARM\nTRIGGER:-PT1M\nACTION:AUDIO\nEND:VALARM",
    'Talks\\nEND:VCALENDAR\\nBEGIN:VCALENDAR; , : " ^ \\\\',
    "BEGIN:VTODO\rEND:VTODO",
    "x" * 74 + "é\r\n ATTENDEE:mailto:x@example.org",
)


@pytest.fixture
def by_ical_js():
    """Return what ical.js tells of calendars."""
    node = shutil.which("node")
    assert node is not None, "node is not there"
    assert PARSER.exists(), "ical.js is not installed: make icaljs"

    def told(*calendars):
        sent = json.dumps([one.decode() for one in calendars])
        done = subprocess.run(
            [node, str(SCRIPT), str(PARSER)], input=sent, capture_output=True, text=True, check=False, timeout=60
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return told


@pytest.fixture
def viewer():
    return signed_in("viewer")


def by_icalendar(content):
    """Return the same of a calendar as icalendar reads it."""
    calendar = Calendar.from_ical(content)
    events = [
        {
            "uid": str(event["UID"]), "summary": str(event["SUMMARY"]), "sequence": int(event["SEQUENCE"]),
            "status": str(event["STATUS"]), "starts": instant(event["DTSTART"].dt), "ends": instant(event.end),
            "zone": event["DTSTART"].params.get("TZID", ""),
        }
        for event in calendar.walk("VEVENT")
    ]  # fmt: skip
    return {"components": sorted(one.name.lower() for one in calendar.walk() if one is not calendar), "events": events}


def instant(moment):
    if not isinstance(moment, datetime):
        return moment.isoformat()
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def calendar_of(client, engagement):
    answer = client.see(f"engagements/{engagement.pk}/calendar")
    assert answer.status_code == 200, answer.content
    return answer.content


def planned(zone, **values):
    starts = datetime.fromisoformat(PLACES[zone][0])
    given = {"starts_at": starts, "ends_at": starts + timedelta(minutes=45), "time_zone": zone, "marking": "public"}
    return make.engagement(**{"status": "confirmed"} | given | values)


def correct(engagement, **values):
    patch = Correction(services.EngagementEntry, values)
    services.correct_engagement(engagement.pk, patch, by=OFFICE, expected=ANY_VERSION, at=make.NOW)


@pytest.mark.parametrize("zone", PLACES)
def test_both_read_the_same_instants_as_entered_moved_rezoned_and_cancelled(by_ical_js, viewer, zone):
    engagement = planned(zone)
    found = [calendar_of(viewer, engagement)]
    moved = datetime.fromisoformat(PLACES[zone][1]) + timedelta(days=183, hours=2)  # into the other half of the year
    correct(engagement, starts_at=moved, ends_at=moved + timedelta(hours=1))
    found.append(calendar_of(viewer, engagement))
    other = next(name for name in PLACES if name != zone)
    starts = datetime.fromisoformat(PLACES[other][0])
    correct(engagement, time_zone=other, starts_at=starts, ends_at=starts + timedelta(hours=1))
    found.append(calendar_of(viewer, engagement))
    steps.cancel_engagement(engagement.pk, services.StepEntry(), by=OFFICE, expected=ANY_VERSION, at=make.NOW)
    found.append(calendar_of(viewer, engagement))

    told = by_ical_js(*found)

    assert told == [by_icalendar(one) for one in found]
    events = [one["events"][0] for one in told]
    assert [one["zone"] for one in events] == [zone, zone, other, other]
    assert [one["starts"] for one in events] == [PLACES[zone][1], instant(moved), PLACES[other][1], PLACES[other][1]]
    assert [one["sequence"] for one in events] == [0, 1, 2, 3]
    assert [one["status"] for one in events] == ["CONFIRMED"] * 3 + ["CANCELLED"]
    assert len({one["uid"] for one in events}) == 1


def test_both_read_whole_days_alike(by_ical_js, viewer):
    found = calendar_of(viewer, make.planned(held="2026-03-28/2026-03-30", marking="public"))

    told = by_ical_js(found)

    assert told == [by_icalendar(found)]
    assert (told[0]["events"][0]["starts"], told[0]["events"][0]["ends"]) == ("2026-03-28", str(date(2026, 3, 31)))


def test_both_read_one_subscription_of_all_zones_alike(by_ical_js, viewer, client):
    made = {str(planned(zone).pk): PLACES[zone][1] for zone in PLACES}
    address = viewer.enter("me/calendar-links", {"name": "Telephone"}).json()["address"]
    found = client.get(f"{address.removeprefix('http://testserver')}?from=2026-06-30&until=2026-07-02").content

    told = by_ical_js(found)

    assert told == [by_icalendar(found)]
    assert {one["uid"]: one["starts"] for one in told[0]["events"]} == made


@pytest.mark.parametrize("title", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_title_injects_no_component(by_ical_js, viewer, title):
    found = calendar_of(viewer, planned("Asia/Singapore", title=title, venue=title, city=title[:100]))

    told = by_ical_js(found)

    assert [one for one in told[0]["components"] if one not in {"vtimezone", "standard", "daylight"}] == ["vevent"]
    assert told[0]["components"] == by_icalendar(found)["components"]
    assert len(told[0]["events"]) == 1
