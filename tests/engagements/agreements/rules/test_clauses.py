"""Clauses on entry into force and on the end: read strictly, reckoned by the calendar, proved on real ones."""

from datetime import date

import pytest

from engagements.agreements.rules import (
    Case,
    Duration,
    UnreadableClause,
    Window,
    add_duration,
    end_of_first_term,
    expected_entry,
    last_day_for_notice,
    read_clause,
    status_on,
)
from tests.engagements.agreements.rules.real_clauses import (
    ASSEMBLY,
    CARICOM,
    REAL,
    SIGNED,
    THEM,
    US,
    act,
    all_of,
    case_of,
)


@pytest.mark.parametrize("real", REAL, ids=lambda real: real.name)
def test_real_clauses(real):
    case = case_of(real)

    found = {day: status_on(case, date.fromisoformat(day)).status for day in real.on}

    assert found == real.on
    if real.says:
        assert real.says in status_on(case, date.fromisoformat(max(real.on))).sentence


def test_the_sentence_says_what_is_awaited():
    case = Case(parties=(US, THEM), acts=(act("signature", "2009-02-25"),), entry_into_force=read_clause(CARICOM))

    found = status_on(case, date(2026, 1, 1))

    assert found.is_in_force is False
    assert found.sentence == (
        "Signed on 25 February 2009; enters into force 60 days after signature by both, and on approval by the "
        "Conference of Heads of Government, and on approval by the General Assembly; no approval by "
        "the Conference of Heads of Government and no approval by the General Assembly is recorded."
    )


def test_not_known_differs_from_not_yet():
    signed = (act("signature", "2009-02-02"),)

    without_clause = status_on(Case(parties=(US, THEM), acts=signed), date(2026, 1, 1))
    with_clause = status_on(
        Case(parties=(US, THEM), acts=signed, entry_into_force=read_clause(ASSEMBLY)), date(2026, 1, 1)
    )

    assert (without_clause.status, without_clause.is_in_force) == ("signed", None)
    assert "whether it is in force is not known" in without_clause.sentence
    assert (with_clause.status, with_clause.is_in_force) == ("signed", False)


def test_a_conclusion_computes_nothing_that_it_does_not_prove():
    case = Case(parties=(US, THEM), acts=(act("conclusion", "1997-07-08"), act("attestation", "2006", source="S")))

    found = {day: status_on(case, date.fromisoformat(day)) for day in ("1997-07-08", "2006-06-01", "2007-01-01")}

    assert [item.status for item in found.values()] == ["not_known", "not_known", "in_force"]
    assert found["1997-07-08"].sentence.startswith("Concluded on 8 July 1997; whether by signature")
    assert found["2007-01-01"].basis == "attested"


def test_a_notice_without_a_known_effect_leaves_the_status_open():
    acts = (act("entry_into_force", "2000-01-01"), act("notice_of_termination", "2010-01-01", THEM))

    assert status_on(Case(parties=(US, THEM), acts=acts), date(2010, 1, 1)).status == "not_known"


def test_an_approval_on_an_unknown_day_leaves_entry_into_force_open():
    acts = (act("signature", "2009-02-25"), act("approval", None, body="assembly"))
    case = Case(parties=(US, THEM), acts=acts, entry_into_force=read_clause(all_of(SIGNED, ASSEMBLY)))

    assert status_on(case, date(2009, 2, 24)).status == "not_known"
    assert status_on(case, date(2026, 1, 1)).status == "not_known"


@pytest.mark.parametrize(
    ("day", "duration", "expected"),
    [
        (date(2009, 2, 25), "P60D", date(2009, 4, 26)),
        (date(2015, 1, 31), "P1M", date(2015, 2, 28)),
        (date(2016, 1, 31), "P1M", date(2016, 2, 29)),
        (date(2016, 2, 29), "P1Y", date(2017, 2, 28)),
        (date(2016, 2, 29), "P4Y", date(2020, 2, 29)),
        (date(2015, 12, 31), "P2M", date(2016, 2, 29)),
        (date(2015, 1, 31), "P1M1D", date(2015, 3, 1)),
        (date(2015, 1, 31), "P2W", date(2015, 2, 14)),
        (date(9999, 12, 31), "P1D", date.max),
    ],
)
def test_calendar_arithmetic(day, duration, expected):
    assert add_duration(day, Duration.parse(duration)) == expected


def test_terms_are_counted_from_the_first_day():
    month = Duration.parse("P1M")

    assert add_duration(date(2015, 1, 31), month.times(2)) == date(2015, 3, 31)


def test_days_are_computed_ahead():
    case = case_of(next(real for real in REAL if real.name == "the same, denounced in time"))

    assert end_of_first_term(case) == Window.of("2015-03-31")
    assert last_day_for_notice(case) == Window.of("2014-09-30")
    entry = expected_entry(case)
    assert entry is not None
    assert entry.window == Window.of("2010-03-31")


@pytest.mark.parametrize(
    ("data", "pointer"),
    [
        (None, ""),
        ({}, "/kind"),
        ({"kind": "some_day"}, "/kind"),
        ({"kind": "fixed_day"}, "/day"),
        ({"kind": "fixed_day", "day": "2009-02-30"}, "/day"),
        ({"kind": "signature_by_all", "after": "60"}, "/after"),
        ({"kind": "signature_by_all", "number": 3}, "/number"),
        ({"kind": "ratifications", "number": True}, "/number"),
        ({"kind": "all_of", "clauses": []}, "/clauses"),
        ({"kind": "all_of", "clauses": [{"kind": "any_of"}]}, "/clauses/0/clauses"),
        ({"kind": "approval_by_body", "body": "x"}, "/called"),
    ],
)
def test_a_clause_that_means_nothing_is_refused_with_its_pointer(data, pointer):
    with pytest.raises(UnreadableClause) as caught:
        read_clause(data)

    assert caught.value.pointer == pointer
