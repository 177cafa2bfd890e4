"""Zones and addresses in calendars that go out."""

from datetime import datetime

import pytest
from icalendar import Calendar

from tests.factories import engagements as make
from tests.factories.accounts import signed_in

pytestmark = pytest.mark.django_db
#: At UTC all year: the library takes them for UTC itself.
AT_UTC = ("Africa/Accra", "Africa/Dakar", "Africa/Abidjan", "Atlantic/Reykjavik", "Atlantic/St_Helena", "GMT")


@pytest.fixture
def viewer():
    return signed_in("viewer")


@pytest.mark.parametrize("zone", AT_UTC)
def test_a_place_that_is_always_at_utc_keeps_its_zone(viewer, zone):
    made = make.engagement(
        status="confirmed", time_zone=zone, starts_at=datetime.fromisoformat("2026-07-01T09:30:00+00:00")
    )
    text = viewer.see(f"engagements/{made.pk}/calendar").content.decode()

    assert f"DTSTART;TZID={zone}:" in text
    assert f"TZID:{zone}" in text


def test_the_link_in_a_calendar_leads_people_to_a_page(viewer):
    made = make.planned()

    [event] = Calendar.from_ical(viewer.see(f"engagements/{made.pk}/calendar").content).walk("VEVENT")

    assert str(event["URL"]).endswith(f"/admin/engagements/engagement/{made.pk}/change/")
