"""Absence and delegation: one acts for the holder, from a day until another, for what an instrument says."""

from datetime import date

import pytest

from appointments import services
from appointments.models import Appointment
from sgoffice.changes.door import ANY_VERSION, change
from sgoffice.records.actors import OFFICE
from sgoffice.records.errors import RuleViolation
from tests.factories import appointments as make
from tests.factories import engagements
from tests.factories.accounts import signed_in

pytestmark = pytest.mark.django_db
DELEGATION = {"kind": "acting", "start": "2026-11-20", "expected_end": "2026-11-30", "scope": "meetings abroad"}


@pytest.fixture
def acting():
    make.appointment("Valdecy Holder", start="2024-11-07")
    return make.appointment("Testa Deputy", instrument="Note of 3 November 2026", **DELEGATION)


def test_the_holder_and_the_sheet_say_who_acts_for_what_and_by_what(acting):
    viewer = signed_in("viewer")

    answer = viewer.see("posts/secretary-general/holder?on=2026-11-25").json()
    sheet = viewer.get("/desk/posts/secretary-general").content.decode()

    [one] = answer["acting"]
    assert (one["scope"], one["instrument"]) == ("meetings abroad", "Note of 3 November 2026")
    assert answer["note"] == (
        "Valdecy Holder holds the post. Testa Deputy acts for the holder, for this: meetings abroad."
    )
    assert "for: meetings abroad" in sheet
    assert "Note of 3 November 2026" in sheet


@pytest.mark.parametrize(
    ("on", "name", "rules"),
    [
        ("2026-11-19", "Valdecy Holder", []),
        ("2026-11-20", "Testa Deputy", ["principal-acted"]),
        ("2026-11-25", "Testa Deputy", ["principal-acted"]),
    ],
)
def test_a_meeting_has_the_acting_one_as_its_principal_and_says_so(acting, on, name, rules):
    made = engagements.engagement(held=on, status="confirmed")

    assert made.principal.name == name
    assert [one["rule"] for one in made.warnings if one["rule"].startswith("principal")] == rules


def test_two_never_act_at_once(acting):
    with pytest.raises(RuleViolation) as refused:
        make.appointment("Another Deputy", kind="acting", start="2026-11-29", expected_end="2026-12-04")

    assert refused.value.rule == "one-holder-at-a-time"


def test_only_who_acts_has_a_scope():
    with pytest.raises(RuleViolation) as refused:
        make.appointment("Valdecy Holder", start="2024-11-07", scope="meetings abroad")

    assert (refused.value.rule, refused.value.pointer) == ("scope-of-acting", "/scope")


def test_the_database_refuses_a_second_acting_one_past_the_service(acting):
    later = make.appointment("Another Deputy", kind="acting", start="2026-12-01", expected_end="2026-12-04")

    with (
        pytest.raises(RuleViolation),
        change(Appointment, later.pk, verb="test", by=OFFICE, expected=ANY_VERSION) as one,
    ):
        one.during = acting.during


def test_the_acting_one_leaves_with_the_day():
    make.appointment("Valdecy Holder", start="2024-11-07")
    deputy = make.appointment("Testa Deputy", **DELEGATION)

    found = services.find_holders(deputy.post, date(2026, 12, 1), actor=OFFICE)

    assert (found.acting, found.is_certain) == ((), True)
