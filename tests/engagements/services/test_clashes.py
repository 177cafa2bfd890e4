"""Where else the principal is to be: other engagements, whole days in other countries, sessions of our bodies."""

from datetime import datetime

import pytest

from appointments import services as appointments
from engagements import services
from engagements.services.principals import OFFICE_POST
from sgoffice.changes.door import ANY_VERSION
from sgoffice.records.actors import OFFICE
from sgoffice.records.entries import Correction
from tests.factories import directory
from tests.factories import engagements as make

pytestmark = pytest.mark.django_db
DAY = "2026-03-20"


@pytest.fixture(autouse=True)
def world():
    for code, name in (("FR", "France"), ("KE", "Kenya"), ("JP", "Japan")):
        directory.country(code, name)
    make.holder("Jürgen Stock", "2014-11-07")


def at(start, end, city, country, *, zone="Europe/Paris", offset="+01:00", day=DAY):
    begins, ends = (datetime.fromisoformat(f"{day}T{hour}{offset}") for hour in (start, end))
    return {"held": None, "starts_at": begins, "ends_at": ends, "time_zone": zone, "city": city, "country": country}


def rules_of(engagement):
    return [warned["rule"] for warned in engagement.warnings]


def session(begins, ends, *, city="Lyon", country="FR", of=None, **values):
    slug = f"body-{begins}-{city}".lower()
    body = appointments.BodyEntry(slug=slug, name="General Assembly", organization=of, allow_duplicate=True)
    made = appointments.set_up_body(body, by=OFFICE)
    entry = appointments.SessionEntry(
        body=made.pk, number=95, begins=begins, ends=ends, city=city, country=country, **values
    )
    return appointments.convene_session(entry, by=OFFICE)


def ours():
    return make.office_post().organization_id


def test_two_cities_with_no_time_between_them_are_a_warning():
    first = make.planned(**at("09:00", "10:00", "Paris", "FR"))

    near = make.planned(**at("10:30", "11:00", "Lyon", "FR"))
    there = make.planned(**at("10:05", "10:30", "Paris", "FR"))
    later = make.planned(**at("12:00", "13:00", "Marseille", "FR"))
    called = make.planned(**at("11:10", "11:40", "Tokyo", "JP"), meeting_format="virtual")

    (warned,) = near.warnings
    assert warned["rule"] == "no-time-to-travel"
    assert first.reference in warned["detail"]
    assert rules_of(later) == rules_of(called) == []
    assert rules_of(there) == ["no-time-to-travel"]  # to Lyon at 10:30
    assert first.reference not in there.warnings[0]["detail"]


def test_one_instant_on_two_days_of_the_calendar_is_double_booked():
    tokyo = make.planned(**at("01:00", "02:00", "Tokyo", "JP", zone="Asia/Tokyo", offset="+09:00", day="2026-03-21"))

    paris = make.planned(**at("17:00", "17:30", "Paris", "FR"))  # 1:00 in Tokyo

    assert rules_of(paris) == ["double-booked"]
    assert tokyo.reference in paris.warnings[0]["detail"]


def test_whole_days_in_another_country_are_a_warning_but_for_arrival_and_departure():
    visit = make.planned(kind="visit", held="2026-03-18/2026-03-21", city="Nairobi", country="KE")

    amid = make.planned(held="2026-03-19", city="Paris", country="FR")
    leaving = make.planned(held="2026-03-21", city="Paris", country="FR")
    there = make.planned(held="2026-03-20", city="Nairobi", country="KE")
    part = make.planned(held="2026-03-20", city="Tokyo", country="JP", part_of=visit.pk)

    assert rules_of(amid) == ["in-another-country"]
    assert visit.reference in amid.warnings[0]["detail"]
    assert rules_of(leaving) == rules_of(there) == []
    assert visit.reference not in str(part.warnings)


def test_a_place_that_is_not_known_is_no_other_country():
    make.planned(held="2026-03-18")
    make.planned(**at("09:00", "10:00", "", None))
    make.planned(**at("11:00", "12:00", "Paris", None))

    assert rules_of(make.planned(held="2026-03-18", city="Paris", country="FR")) == []
    assert rules_of(make.planned(**at("10:05", "10:30", "Paris", "FR"))) == []
    assert rules_of(make.planned(**at("12:05", "12:30", "", "FR"))) == []


def test_the_warning_goes_with_its_reason():
    make.planned(kind="visit", held="2026-03-18/2026-03-21", city="Nairobi", country="KE")
    amid = make.planned(held="2026-03-19", city="Paris", country="FR")

    patch = Correction(services.EngagementEntry, {"country": "KE", "city": "Nairobi"})
    door = {"by": OFFICE, "expected": ANY_VERSION, "at": make.NOW}

    assert services.correct_engagement(amid.pk, patch, **door).warnings == []


def test_a_session_of_our_bodies_elsewhere_is_named():
    session("2026-11-08", "2026-11-11", of=ours())

    clash = make.planned(kind="visit", held="2026-11-09", city="Nairobi", country="KE")
    on_its_margins = make.planned(held="2026-11-11", city="Lyon", country="FR")
    unplaced = make.planned(held="2026-11-10")
    after = make.planned(held="2026-11-12", city="Nairobi", country="KE")

    assert clash.warnings == [
        {
            "rule": "during-a-session",
            "detail": "The session of the General Assembly (Lyon, France, 8–11 November 2026) is held at that time.",
            "pointer": "/held",
        }
    ]
    assert rules_of(on_its_margins) == rules_of(unplaced) == rules_of(after) == []


@pytest.mark.parametrize("case", ["of another organization", "not held", "known by month", "represented"])
def test_other_sessions_are_no_reason(case):
    of = directory.organization("Somebody else").pk if case == "of another organization" else ours()
    days = ("2026-11", "2026-11") if case == "known by month" else ("2026-11-08", "2026-11-11")
    session(*days, of=of, **({"status": "not_held"} if case == "not held" else {}))
    deputy = {"represented_by": directory.person("A Deputy").pk, "principal_attendance": "absent"}

    clash = make.planned(held="2026-11-09", city="Nairobi", country="KE", **(deputy if case == "represented" else {}))

    assert clash.warnings == []


def test_a_restricted_session_is_not_told_to_all_who_read_the_engagement():
    session("2026-11-08", "2026-11-11", of=ours(), marking="restricted")

    assert make.planned(held="2026-11-09", city="Nairobi", country="KE").warnings == []


def test_a_post_of_ours_that_another_holds_is_a_warning():
    organization = make.office_post().organization
    ballestrazzi = directory.person("Mireille Ballestrazzi")

    again = {"allow_duplicate": True}
    of_ours = {"organization": organization, "person": ballestrazzi}
    claimed = make.engagement(participants=(make.theirs(title="Secretary General of INTERPOL", **of_ours),))
    deputy = make.engagement(participants=(make.theirs(title="Deputy Secretary General", **of_ours),), **again)
    before = make.engagement(
        held="2010-05-05", participants=(make.theirs(title="Secretary General", **of_ours),), **again
    )

    assert claimed.warnings == [
        {
            "rule": "post-held-by-another",
            "detail": "Mireille Ballestrazzi was not Secretary General on 15 May 2024: Jürgen Stock was.",
            "pointer": "/participants/0",
        }
    ]
    assert rules_of(deputy) == []
    assert "post-held-by-another" not in rules_of(before)  # who held it then is not known


def test_a_post_of_ours_is_meant_without_the_organization_too():
    organization = make.office_post().organization
    ballestrazzi, again = directory.person("Mireille Ballestrazzi"), {"allow_duplicate": True}
    named = f"Secretary General of {organization.name}"

    on_our_side = make.theirs(person=ballestrazzi, title="Secretary General", side="ours")
    ours = make.engagement(participants=(on_our_side,))
    theirs = make.engagement(participants=(make.theirs(person=ballestrazzi, title=named),), **again)
    another = make.engagement(participants=(make.theirs(person=ballestrazzi, title="Secretary General"),), **again)

    assert rules_of(ours) == ["post-held-by-another"]
    assert rules_of(theirs) == ["post-held-by-another"]
    assert rules_of(another) == []  # of which organization is not known


def test_the_holder_may_take_part_in_that_capacity():
    organization = make.office_post().organization
    urquiza = make.holder("Valdecy Urquiza", "2010-11-09", "2014-11-07")

    past = make.engagement(
        held="2012-05-15",
        participants=(make.theirs(person=urquiza, title="Secretary General", organization=organization),),
    )

    assert "post-held-by-another" not in rules_of(past)
    assert make.office_post().slug == OFFICE_POST


def test_a_post_that_is_claimed_in_the_very_change_that_hides_the_meeting_is_a_warning():
    organization, ballestrazzi = make.office_post().organization, directory.person("Mireille Ballestrazzi")
    met = make.engagement()

    claimed = (make.theirs(person=ballestrazzi, title="Secretary General", organization=organization),)
    patch = Correction(services.EngagementEntry, {"participants": claimed, "marking": "restricted"})
    after = services.correct_engagement(met.pk, patch, by=OFFICE, expected=ANY_VERSION, at=make.NOW)

    assert rules_of(after) == ["post-held-by-another"]
