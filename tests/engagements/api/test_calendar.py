"""Engagements as calendars over HTTP: the same instants whatever happens to them, and no more than one may see."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from icalendar import Calendar

from engagements import services
from engagements.api.diary import subscribed_engagements
from engagements.models import Engagement
from engagements.services import steps
from sgoffice.accounts.models import CalendarLink
from sgoffice.accounts.services import set_active
from sgoffice.changes.door import ANY_VERSION
from sgoffice.records.actors import OFFICE
from sgoffice.records.entries import Correction
from tests.factories import engagements as make
from tests.factories.accounts import signed_in
from tests.factories.directory import country

pytestmark = pytest.mark.django_db
PUBLIC = {"marking": "public"}
#: On the clocks of each place, and the instant that is meant.
PLACES = {
    "Europe/Paris": ("2026-07-01T09:30:00+02:00", "2026-07-01T07:30:00Z"),
    "Asia/Singapore": ("2026-07-01T09:30:00+08:00", "2026-07-01T01:30:00Z"),
    "America/St_Johns": ("2026-07-01T09:30:00-02:30", "2026-07-01T12:00:00Z"),
    "Pacific/Kiritimati": ("2026-07-01T09:30:00+14:00", "2026-06-30T19:30:00Z"),
}


@pytest.fixture
def viewer():
    return signed_in("viewer")


def at(text):
    return datetime.fromisoformat(text)


def read(answer):
    assert answer.status_code == 200, answer.content
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    return Calendar.from_ical(answer.content)


def event_of(client, engagement):
    [event] = read(client.see(f"engagements/{engagement.pk}/calendar")).walk("VEVENT")
    return event


def correct(engagement, **values):
    correction = Correction(services.EngagementEntry, values)
    services.correct_engagement(engagement.pk, correction, by=OFFICE, expected=ANY_VERSION, at=make.NOW)


def planned(zone="Asia/Singapore", **values):
    given = {"status": "confirmed", "starts_at": at(PLACES[zone][0]), "time_zone": zone}
    return make.engagement(**PUBLIC | given | values)


@pytest.mark.parametrize("zone", PLACES)
class TestInstants:
    """What a calendar shows is the instant that the register keeps."""

    def test_as_entered(self, viewer, zone):
        engagement = planned(zone, ends_at=at(PLACES[zone][0]) + timedelta(minutes=45))

        event = event_of(viewer, engagement)

        assert event["DTSTART"].params["TZID"] == zone
        assert event["DTSTART"].dt.astimezone(UTC) == at(PLACES[zone][1])
        assert event["DTEND"].dt - event["DTSTART"].dt == timedelta(minutes=45)
        assert (event["UID"], event["SEQUENCE"], event["STATUS"]) == (str(engagement.pk), 0, "CONFIRMED")

    def test_after_a_move_and_a_cancellation(self, viewer, zone):
        engagement = planned(zone)
        moved = at(PLACES[zone][0]) + timedelta(days=1, hours=2)
        correct(engagement, starts_at=moved)
        after = event_of(viewer, engagement)
        steps.cancel_engagement(engagement.pk, services.StepEntry(), by=OFFICE, expected=ANY_VERSION, at=make.NOW)
        over = event_of(viewer, engagement)

        assert after["DTSTART"].dt == over["DTSTART"].dt == moved
        assert (after["SEQUENCE"], over["SEQUENCE"]) == (1, 2)
        assert (after["STATUS"], over["STATUS"]) == ("CONFIRMED", "CANCELLED")
        assert after["UID"] == over["UID"] == str(engagement.pk)

    def test_after_a_change_of_the_zone(self, viewer, zone):
        engagement = planned(zone)
        other = next(name for name in PLACES if name != zone)
        correct(engagement, time_zone=other, starts_at=at(PLACES[other][0]))

        event = event_of(viewer, engagement)

        assert event["DTSTART"].params["TZID"] == other
        assert event["DTSTART"].dt.astimezone(UTC) == at(PLACES[other][1])
        assert event["SEQUENCE"] == 1


class TestSequence:
    """It grows when time, place or status change, and for nothing else."""

    def test_not_for_words(self, viewer):
        engagement = planned()
        before = event_of(viewer, engagement)
        correct(engagement, title="Another title", summary="About", level="minister", participants=(make.theirs(),))

        after = event_of(viewer, engagement)

        assert after["SUMMARY"] == "Another title"
        assert after["SEQUENCE"] == before["SEQUENCE"] == 0
        assert after["LAST-MODIFIED"].dt >= before["LAST-MODIFIED"].dt

    @pytest.mark.parametrize(
        "values",
        [{"venue": "Istana"}, {"city": "Jurong"}, {"country": "SG"}, {"starts_at": at("2026-07-02T10:00+08:00")}],
    )
    def test_for_time_and_place(self, viewer, values):
        country("SG", "Singapore")
        engagement = planned()
        correct(engagement, **values)

        assert event_of(viewer, engagement)["SEQUENCE"] == 1

    def test_for_a_step_and_for_what_was_written_outside_the_door(self, viewer):
        engagement = planned(status="tentative")
        steps.confirm_engagement(engagement.pk, services.ScheduleEntry(), by=OFFICE, expected=ANY_VERSION, at=make.NOW)
        with connection.cursor() as cursor:
            cursor.execute("UPDATE engagements_engagement SET venue = 'Elsewhere' WHERE id = %s", [engagement.pk])

        assert event_of(viewer, engagement)["SEQUENCE"] == 2


class TestOne:
    """One engagement as a file."""

    def test_what_is_known_by_its_days_takes_whole_days(self, viewer):
        event = event_of(viewer, make.planned(held="2026-03-20/2026-03-21", **PUBLIC))

        assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2026, 3, 20), date(2026, 3, 22))
        assert event["TRANSP"] == "OPAQUE"

    def test_a_day_that_is_not_settled_blocks_nothing(self, viewer):
        event = event_of(viewer, make.engagement(status="tentative", held="2026-03", title="Talks", **PUBLIC))

        assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2026, 3, 1), date(2026, 4, 1))
        assert (event["TRANSP"], event["STATUS"]) == ("TRANSPARENT", "TENTATIVE")
        assert event["SUMMARY"] == "Talks (date not settled: 2026-03)"

    def test_what_has_no_day_is_refused(self, viewer):
        engagement = make.engagement(status="requested", **PUBLIC)

        answer = viewer.see(f"engagements/{engagement.pk}/calendar")

        assert (answer.status_code, answer.json()["rule"]) == (409, "date-needed")

    def test_who_may_see_less_of_it_is_told_less(self):
        approver = signed_in("approver")
        shown = {
            marking: event_of(approver, planned(title="Secret talks", venue="Palace", marking=marking))
            for marking in ("public", "internal", "restricted")
        }

        assert [event["CLASS"] for event in shown.values()] == ["PUBLIC", "PRIVATE", "CONFIDENTIAL"]
        assert shown["internal"]["SUMMARY"] == "Secret talks"
        assert shown["restricted"]["SUMMARY"].startswith("Engagement SG-2026-")
        assert "LOCATION" not in shown["restricted"]
        assert "DESCRIPTION" not in shown["restricted"]

    def test_it_is_304_until_it_changes_and_404_for_who_may_not_see_it(self, viewer):
        engagement, hidden = planned(), planned(marking="restricted", allow_duplicate=True)
        path = f"engagements/{engagement.reference}/calendar"
        first = viewer.see(path)

        assert viewer.see(path, **{"If-None-Match": first["ETag"]}).status_code == 304
        correct(engagement, title="Other")
        assert viewer.see(path, **{"If-None-Match": first["ETag"]}).status_code == 200
        assert viewer.see(f"engagements/{hidden.pk}/calendar").status_code == 404
        assert viewer.see(path, Accept="application/json").status_code == 406
        assert viewer.see(f"{path}?format=ics").status_code == 200
        assert viewer.see(f"{path}?format=html").status_code == 400


@pytest.fixture
def subscribe():
    def subscribe(client):
        answer = client.enter("me/calendar-links", {"name": "Telephone"})
        assert (answer.status_code, answer["Cache-Control"]) == (201, "no-store")
        return answer.json()["address"].removeprefix("http://testserver")

    return subscribe


class TestSubscription:
    """The diary by a link."""

    def test_it_holds_what_is_ahead_and_what_was_not_long_ago(self, viewer, client, subscribe):
        now = timezone.now()
        days = {name: (now + timedelta(days=days)).date().isoformat() for name, days in (("ahead", 9), ("recent", -30))}
        ahead = make.engagement(status="confirmed", held=days["ahead"], at=now, **PUBLIC)
        recent = make.engagement(held=days["recent"], at=now, **PUBLIC)
        make.engagement(held="2020-01-01", **PUBLIC)
        make.engagement(status="tentative", held=days["ahead"][:4], at=now, **PUBLIC)
        make.engagement(status="requested", **PUBLIC)
        make.engagement(status="confirmed", held=days["ahead"], at=now, marking="restricted")

        calendar = read(client.get(subscribe(viewer)))

        assert {event["UID"] for event in calendar.walk("VEVENT")} == {str(ahead.pk), str(recent.pk)}
        assert calendar["REFRESH-INTERVAL"].dt == timedelta(hours=1)

    def test_what_was_called_off_stays_for_sixty_days(self):
        now = timezone.now()
        day = (now + timedelta(days=90)).date().isoformat()
        engagement = make.engagement(status="confirmed", held=day, at=now, **PUBLIC)
        steps.cancel_engagement(engagement.pk, services.StepEntry(), by=OFFICE, expected=ANY_VERSION, at=now)

        def kept(days):
            return subscribed_engagements(Engagement.objects.all(), at=now + timedelta(days=days), is_dated=False)

        assert [row.pk for row in kept(59)] == [engagement.pk]
        assert kept(61) == []

    def test_the_filters_stand_in_the_address(self, viewer, client, subscribe):
        country("SG", "Singapore")
        there = make.engagement(held="2020-01-01", country="SG", **PUBLIC)
        make.engagement(held="2020-01-02", **PUBLIC)
        address = subscribe(viewer)

        calendar = read(client.get(f"{address}?place_country=SG&from=2019"))

        assert [event["UID"] for event in calendar.walk("VEVENT")] == [str(there.pk)]
        assert client.get(f"{address}?colour=red").status_code == 400

    def test_it_is_304_until_something_changes(self, viewer, client, subscribe):
        address = subscribe(viewer)
        first = client.get(address)

        assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304
        make.engagement(status="confirmed", held=(timezone.now() + timedelta(days=5)).date().isoformat(), **PUBLIC)
        assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 200

    def test_only_a_digest_of_the_address_is_kept(self, viewer, client, subscribe):
        address = subscribe(viewer)
        secret = address.removeprefix("/calendars/").removesuffix(".ics")
        client.get(address)

        link = CalendarLink.objects.get()

        assert len(secret) >= 43
        assert secret.encode() not in bytes(link.digest)
        assert secret not in viewer.see("me/calendar-links").content.decode()
        assert viewer.see("me/calendar-links").json()["results"][0]["last_used_at"] is not None

    def test_a_revoked_link_finds_nothing_and_others_cannot_revoke_it(self, viewer, client, subscribe):
        address = subscribe(viewer)
        path = f"/api/v1/me/calendar-links/{CalendarLink.objects.get().pk}"

        assert signed_in("administrator").delete(path).status_code == 404
        assert client.get(address).status_code == 200
        assert viewer.delete(path).json()["revoked_at"] is not None
        answer = client.get(address)
        assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
        assert client.get("/calendars/nothing.ics").status_code == 404

    def test_who_left_reads_no_calendar_any_more(self, viewer, client, subscribe):
        address = subscribe(viewer)
        set_active(viewer.user.pk, is_active=False, by=OFFICE, at=timezone.now())

        assert client.get(address).status_code == 404

    def test_the_secret_opens_nothing_else(self, viewer, client, subscribe):
        secret = subscribe(viewer).removeprefix("/calendars/").removesuffix(".ics")

        answer = client.get("/api/v1/engagements", headers={"Authorization": f"Bearer {secret}"})

        assert answer.status_code == 401

    def test_it_takes_the_same_queries_for_1_3_and_12_entries(self, viewer, client, subscribe):
        country("SG", "Singapore")
        address, counts, made, now = subscribe(viewer), set(), 0, timezone.now()
        client.get(address)
        day = (now + timedelta(days=5)).date().isoformat()
        for total in (1, 3, 12):
            while made < total:
                make.engagement(status="confirmed", held=day, at=now, country="SG", **PUBLIC)
                gone = make.engagement(status="confirmed", held=day, at=now, **PUBLIC)
                steps.cancel_engagement(gone.pk, services.StepEntry(), by=OFFICE, expected=ANY_VERSION, at=now)
                made += 1
            with CaptureQueriesContext(connection) as captured:
                calendar = read(client.get(address))
            assert len(calendar.walk("VEVENT")) == 2 * total
            counts.add(len(captured))

        assert len(counts) == 1
