"""Articles 28 to 30 as pure functions."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appointments.rules import (
    RuleInForce,
    Term,
    add_months,
    implementation_of,
    require_evidence,
    require_legal_deviation,
    require_legal_term,
)
from sgoffice.records.errors import RuleViolation

OLD = RuleInForce(date(1956, 6, 13), date(2017, 9, 1), 60, None, "Article 28 before 2017")
NEW = RuleInForce(date(2017, 9, 1), None, 60, 1, "Article 28")
DAYS = st.dates(date(1990, 1, 1), date(2060, 1, 1))


def term(start, end, kind="appointment", person="stock", **more):
    return Term(person, kind, date.fromisoformat(start), date.fromisoformat(end) if end else None, **more)


def refused(new, *others):
    with pytest.raises(RuleViolation) as refusal:
        require_legal_term(new, others, [OLD, NEW])
    return refusal.value.rule


FIRST = term("2014-11-07", "2019-11-07")
SECOND = term("2019-11-07", "2024-11-07", "reappointment")


def test_second_term_is_legal():
    require_legal_term(SECOND, [FIRST], [OLD, NEW])


def test_third_term_is_refused_with_the_article():
    third = term("2024-11-07", "2029-11-07", "reappointment")

    with pytest.raises(RuleViolation) as refusal:
        require_legal_term(third, [FIRST, SECOND], [OLD, NEW])

    assert (refusal.value.rule, refusal.value.basis) == ("too-many-terms", "Article 28")


def test_third_term_before_2017_is_legal():
    first, second = term("2000-11-03", "2005-09-01", person="noble"), term("2005-09-01", "2010-09-01", person="noble")

    require_legal_term(term("2010-11-09", "2014-11-07", "reappointment", "noble"), [first, second], [OLD, NEW])


@pytest.mark.parametrize(
    ("new", "others", "rule"),
    [
        (term("2019-11-06", "2024-11-06", "reappointment"), [FIRST], "one-holder-at-a-time"),
        (term("2020-01-01", "2019-01-01"), [], "end-after-start"),
        (term("2020-01-01", "2020-01-01"), [], "end-after-start"),
        (term("2020-01-01", "2025-01-02"), [], "term-too-long"),
        (term("2020-01-01", "2021-01-01", "reappointment"), [], "reappointment-without-first-term"),
    ],
)
def test_what_the_constitution_forbids_is_refused(new, others, rule):
    assert refused(new, *others) == rule


def test_acting_holders_exclude_only_each_other():
    acting = term("2016-01-01", "2016-06-01", "acting", "deputy")

    require_legal_term(acting, [FIRST], [OLD, NEW])

    assert refused(term("2016-05-01", "2016-07-01", "acting", "other"), acting) == "one-holder-at-a-time"


@pytest.mark.parametrize(("start", "is_office"), [(date(2017, 9, 1), True), (date(1963, 1, 1), False)])
def test_deviation_is_history_from_the_facts_only(start, is_office):
    with pytest.raises(RuleViolation):
        require_legal_deviation(start, is_office=is_office)


@given(start=DAYS, length=st.integers(1, 4000), other_start=DAYS, other_length=st.integers(1, 1800))
def test_two_terms_are_legal_together_only_when_no_day_has_two_holders(start, length, other_start, other_length):
    one = Term("a", "election", start, start + timedelta(length))
    other = Term("b", "election", other_start, other_start + timedelta(other_length))
    shared = max(one.start, other.start) < min(one.end, other.end)

    if shared:
        assert refused(one, other) == "one-holder-at-a-time"
    else:
        require_legal_term(one, [other], [])


@given(day=DAYS, months=st.integers(0, 240))
def test_months_never_leave_the_month(day, months):
    later = add_months(day, months)

    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day <= day.day


@pytest.mark.parametrize(
    ("statuses", "derived"),
    [
        ([], "no_information"),
        (["no_information", "no_information"], "no_information"),
        (["not_applicable"], "not_applicable"),
        (["completed", "not_applicable"], "completed"),
        (["not_started", "not_started"], "not_started"),
        (["completed", "not_started"], "in_progress"),
    ],
)
def test_implementation_of_a_decision_is_derived(statuses, derived):
    assert implementation_of(statuses) == derived


def test_nothing_is_completed_without_evidence():
    require_evidence("completed", ["SG-2026-AAAAAA"])
    with pytest.raises(RuleViolation):
        require_evidence("completed", [])
    with pytest.raises(RuleViolation, match="without evidence"):
        require_evidence("completed", ["", "  "])
