"""Who stands for the office, and what is odd about it."""

from datetime import datetime

import pytest

from engagements import services
from sgoffice.changes.door import ANY_VERSION
from sgoffice.records.actors import OFFICE, Actor, Permission
from sgoffice.records.entries import Correction
from sgoffice.records.errors import RuleViolation
from tests.factories import directory
from tests.factories import engagements as make

pytestmark = pytest.mark.django_db
OFFICER = Actor("staff", "7", "Officer", frozenset({Permission.READ, Permission.WRITE}))
DOOR = {"by": OFFICE, "expected": ANY_VERSION}
STEP = {**DOOR, "at": make.NOW}


def correct(engagement, **values):
    patch = Correction(services.EngagementEntry, values)
    return services.correct_engagement(engagement.pk, patch, **STEP)


def again(record):
    return type(record).objects.get(pk=record.pk)


def test_the_principal_is_found_from_the_appointments():
    noble = make.holder("Ronald K. Noble", "2005-09-20", "2010-11-09")
    make.holder("Jürgen Stock", "2014-11-07", "2019-10-18")

    found = make.engagement(held="2009-10-12")
    nobody = make.engagement(held="2012-01-01")
    request = make.engagement(status="requested")

    assert (found.principal, found.principal_post.slug, found.warnings) == (noble, "secretary-general", [])
    assert nobody.principal is None
    assert [warned["rule"] for warned in nobody.warnings] == ["principal-not-known"]
    assert request.principal is None


def test_a_handover_takes_the_incoming_holder_and_a_month_must_name_one():
    noble = make.holder("Ronald K. Noble", "2010-11-09", "2014-11-07")
    stock = make.holder("Jürgen Stock", "2014-11-07", "2019-10-18")

    with pytest.raises(RuleViolation) as refused:
        make.engagement(held="2014-11")

    assert refused.value.rule == "name-the-principal"
    assert "Ronald K. Noble or Jürgen Stock" in refused.value.detail
    assert make.engagement(held="2014-11-07").principal == stock
    assert make.engagement(held="2014-11-07", principal=noble.pk).warnings == []
    assert make.engagement(held="2014-11", principal=noble.pk).principal == noble


def test_a_principal_who_was_not_in_office_is_flagged_and_the_flag_goes_with_the_fault():
    make.holder("Valdecy Urquiza", "2024-11-07")
    stock = directory.person("Jürgen Stock")

    logged = make.engagement(held="2025-01-29", principal=stock.pk)
    assert [warned["rule"] for warned in logged.warnings] == ["principal-not-in-office"]

    assert correct(logged, principal=None).warnings == []
    assert again(logged).principal.name == "Valdecy Urquiza"


def times(start, end, zone="Europe/Paris", day="2026-03-20"):
    return {"held": None, "starts_at": datetime.fromisoformat(f"{day}T{start}+01:00"), "time_zone": zone} | {
        "ends_at": datetime.fromisoformat(f"{day}T{end}+01:00")
    }


def rules_of(engagement):
    return [warned["rule"] for warned in engagement.warnings]


def test_a_principal_who_is_elsewhere_at_that_time_is_double_booked():
    make.holder("Jürgen Stock", "2014-11-07")
    first = make.planned(**times("09:00", "10:30"))
    visit = make.planned(held="2026-03-19/2026-03-21", kind="visit")

    second = make.planned(**times("10:00", "11:00"))
    after = make.planned(**times("11:00", "12:00"))

    assert rules_of(visit) == rules_of(first) == rules_of(after) == []
    (warned,) = second.warnings
    assert (warned["rule"], warned["detail"]) == (
        "double-booked",
        f"Jürgen Stock is at {first.reference} at that time.",
    )
    moved = correct(second, **times("12:00", "13:00"))
    assert rules_of(moved) == []
