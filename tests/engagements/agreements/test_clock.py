"""What time alone brings to an agreement: noted once, in order, by the clock, with history and document."""

import json
from datetime import date, datetime

import pytest

from engagements.agreements import services
from engagements.agreements.models import Agreement, Period
from engagements.agreements.services import steps
from sgoffice import documents
from sgoffice.changes import clock
from sgoffice.changes.corrections import enter_in_error, restore
from sgoffice.changes.door import ANY_VERSION
from sgoffice.records.actors import CLOCK, OFFICE
from sgoffice.records.entries import Correction
from sgoffice.records.models import Entry, HistoryEntry
from tests.factories import agreements as make

pytestmark = pytest.mark.django_db
IN_60_DAYS = {"kind": "signature_by_all", "after": "P60D"}
FROM_FACTS = {"by": OFFICE, "expected": ANY_VERSION}


def strike(day: str) -> clock.PassRun:
    runs = clock.run_passes(datetime.fromisoformat(f"{day}T12:00:00+00:00"))
    return next(run for run in runs if run.name == services.CLOCK_NAME)


def standing(agreement: Agreement) -> dict:
    stored = documents.fetch_document(Agreement, agreement.pk)
    assert stored is not None
    return json.loads(stored.body)["standing"]


def noted(agreement: Agreement) -> list[str]:
    """Return what the clock wrote into history: each once, in order."""
    rows = HistoryEntry.objects.filter(record_id=agreement.pk, actor=str(CLOCK)).order_by("id")
    assert {row.verb for row in rows} <= {"clock"}
    return [row.reason.split(".")[0] for row in rows]


def version(agreement: Agreement) -> int:
    return Entry.objects.get(pk=agreement.pk).version


@pytest.fixture(autouse=True)
def new_year():
    strike("2030-01-01")


def test_entry_into_force_is_noted_on_its_day_and_not_before():
    agreement = make.agreement(make.act("signature", "2030-01-10"), entry_into_force=IN_60_DAYS)
    # signed ahead: on the day on which it was entered, it was not signed yet
    assert (standing(agreement)["status"], standing(agreement)["next_change_on"]) == ("not_known", "2030-01-10")

    strike("2030-03-10")
    assert (standing(agreement)["status"], standing(agreement)["next_change_on"]) == ("signed", "2030-03-11")
    strike("2030-03-11")

    assert standing(agreement)["status"] == "in_force"
    assert standing(agreement)["changed_on"] == "2030-03-11"
    assert standing(agreement)["next_change_on"] is None
    assert noted(agreement) == ["2030-01-10: signed", "2030-03-11: in force"]
    assert Agreement.objects.get(pk=agreement.pk).acts.count() == 1, "nobody acted, so no act is recorded"


def test_what_is_past_when_it_is_entered_is_no_turn_of_the_clock():
    agreement = make.agreement(make.act("signature", "2020-01-10"), entry_into_force=IN_60_DAYS)

    strike("2031-01-01")

    assert standing(agreement)["status"] == "in_force"
    assert (noted(agreement), version(agreement)) == ([], 1)


def test_expiry_is_noted_with_its_rule():
    agreement = make.in_force_since("2025-06-01", duration="P5Y")
    assert standing(agreement)["term_ends"] == "2030-06-01"

    strike("2030-07-01")

    assert standing(agreement)["status"] == "expired"
    assert noted(agreement) == ["2030-06-01: expired"]


def test_tacit_renewal_moves_the_term_and_the_last_day_for_notice_each_time():
    agreement = make.in_force_since("2029-06-01", duration="P1Y", tacit_renewal="P1Y", notice_period="P3M")
    assert standing(agreement)["last_day_for_notice"] == "2030-03-01"

    strike("2032-12-31")

    shown = standing(agreement)
    assert (shown["status"], shown["renewals"]) == ("in_force", 3)
    assert (shown["term_ends"], shown["last_day_for_notice"]) == ("2033-06-01", "2033-03-01")
    assert noted(agreement) == [
        f"20{year}-06-01: renewed tacitly until 20{year + 1}-06-01 (renewal number {year - 29})"
        for year in (30, 31, 32)
    ]


def test_notice_stops_the_renewal_and_the_end_comes_by_the_clock():
    agreement = make.in_force_since("2029-06-01", duration="P1Y", tacit_renewal="P1Y", notice_period="P3M")
    strike("2030-09-15")
    steps.give_notice(agreement.pk, services.TerminationEntry(date="2030-09-01"), **FROM_FACTS)

    strike("2040-01-01")

    assert standing(agreement)["status"] == "expired"
    assert [line[:10] for line in noted(agreement)] == ["2030-06-01", "2031-06-01"]


@pytest.mark.parametrize(
    ("act", "announced", "status"),
    [
        (make.act("termination", "2030-02-01", date_of_effect="2030-05-01"), ["2030-02-01: in force"], "terminated"),
        (make.act("withdrawal", "2030-02-01", date_of_effect="2030-05-01"), ["2030-02-01: in force"], "terminated"),
        (make.act("suspension", "2030-05-01", until="2030-08-01"), [], "suspended"),
    ],
)
def test_what_was_announced_with_effect_later_turns_on_that_day(act, announced, status):
    agreement = make.in_force_since("2025-06-01")
    steps.record_act(agreement.pk, act, **FROM_FACTS)

    strike("2030-05-01")

    assert standing(agreement)["status"] == status
    assert noted(agreement) == [*announced, f"2030-05-01: {status}"]


def test_noted_again_it_changes_nothing():
    agreement = make.agreement(make.act("signature", "2030-01-10"), entry_into_force=IN_60_DAYS)
    strike("2030-04-01")
    before = version(agreement)

    assert strike("2030-04-01").applied == 0
    assert strike("2030-05-01").applied == 0
    services.apply_scheduled_change(agreement.pk, on=date(2030, 3, 11), by=CLOCK)

    assert version(agreement) == before


def test_the_periods_are_the_same_with_and_without_the_clock():
    entry = {"entry_into_force": IN_60_DAYS, "duration": "P1Y"}
    with_clock = make.agreement(make.act("signature", "2030-01-10"), **entry)
    strike("2033-01-01")
    without = make.agreement(make.act("signature", "2030-01-10"), **entry)

    columns = ("during", "status", "basis", "is_in_force", "as_of", "sentence")
    assert list(Period.objects.filter(agreement=with_clock).values_list(*columns)) == list(
        Period.objects.filter(agreement=without).values_list(*columns)
    )
    assert standing(with_clock) == standing(without)


def test_a_corrected_act_moves_what_the_clock_noted_and_what_it_will_note():
    agreement = make.agreement(make.act("signature", "2030-01-10"), entry_into_force=IN_60_DAYS)
    strike("2030-04-01")
    later = Correction(services.AgreementEntry, {"acts": (make.act("signature", "2030-03-20"),)})

    services.correct_agreement(agreement.pk, later, **FROM_FACTS)

    assert (standing(agreement)["status"], standing(agreement)["next_change_on"]) == ("signed", "2030-05-19")
    strike("2030-06-01")
    assert standing(agreement)["status"] == "in_force"
    assert noted(agreement)[-1] == "2030-05-19: in force"


def test_what_was_entered_in_error_waits_and_turns_in_order_once_it_is_restored():
    agreement = make.agreement(make.act("signature", "2030-01-10"), entry_into_force=IN_60_DAYS)
    enter_in_error(Agreement, agreement.pk, by=OFFICE, expected=ANY_VERSION, reason="a test")
    strike("2030-04-01")
    assert noted(agreement) == []

    restore(Agreement, agreement.pk, by=OFFICE, expected=ANY_VERSION, reason="no test")
    strike("2030-04-01")

    assert [line[:10] for line in noted(agreement)] == ["2030-01-10", "2030-03-11"]


def test_each_turn_leaves_the_document_as_it_was_known():
    agreement = make.agreement(make.act("signature", "2030-01-10"), entry_into_force=IN_60_DAYS)

    strike("2031-01-01")

    assert version(agreement) == 3
    assert list(documents.differences()) == []


def test_a_correction_of_something_else_is_no_version_more():
    agreement = make.in_force_since("2029-06-01", duration="P1Y", tacit_renewal="P1Y")
    strike("2030-12-31")
    before = version(agreement)

    services.correct_agreement(
        agreement.pk, Correction(services.AgreementEntry, {"title": agreement.title}), **FROM_FACTS
    )

    assert version(agreement) == before
