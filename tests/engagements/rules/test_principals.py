"""Who stands for the office on a day: pure functions, no database."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagements.rules import (
    Days,
    Tenure,
    principal_on,
    warn_of_principal,
)
from sgoffice.records.errors import RuleViolation

PARIS = "Europe/Paris"
ZONES = ["Europe/Paris", "Asia/Singapore", "America/St_Johns", "Pacific/Kiritimati", "Australia/Lord_Howe", "UTC"]
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TODAY = NOW.date()
walls = st.datetimes(datetime(1995, 1, 1), datetime(2035, 1, 1))


NOBLE, STOCK, URQUIZA = uuid4(), uuid4(), uuid4()
HANDOVER = date(2014, 11, 7)
TERMS = [
    Tenure(NOBLE, "Ronald K. Noble", date(2000, 11, 3), date(2000, 11, 3), HANDOVER, HANDOVER),
    Tenure(
        STOCK, "Jürgen Stock", HANDOVER, HANDOVER, date(2024, 11, 7), date(2024, 11, 7), appointed=date(2014, 11, 7)
    ),
    Tenure(URQUIZA, "Valdecy Urquiza", date(2024, 11, 7), date(2024, 11, 7), appointed=date(2024, 11, 5)),
]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("2014-11-06", NOBLE),
        ("2014-11-07", STOCK),
        ("2016-11", STOCK),
        ("2024-11-04/2024-11-07", STOCK),
        ("2024-11-07", URQUIZA),
        ("1999-01-01", None),
    ],
)
def test_the_principal_is_the_holder_on_the_first_day(text, who):
    assert principal_on(Days.of(text), TERMS) == who


@pytest.mark.parametrize("text", ["2014-11", "2014", "2024-11-06?/2024-11-08"])
def test_a_date_that_spans_two_holders_must_name_the_principal(text):
    with pytest.raises(RuleViolation, match="Name the principal"):
        principal_on(Days.of(text), TERMS)


def test_a_day_inside_a_doubtful_boundary_must_name_the_principal():
    old, new = uuid4(), uuid4()
    terms = [
        Tenure(old, "Old", date(1956, 1, 1), date(1956, 12, 31), date(1960, 1, 1), date(1960, 12, 31)),
        Tenure(new, "New", date(1960, 1, 1), date(1960, 12, 31)),
    ]

    with pytest.raises(RuleViolation, match="Old or New"):
        principal_on(Days.of("1960-05-01"), terms)
    assert principal_on(Days.of("1959-12-31"), terms) == old
    assert principal_on(Days.of("1961-01-01"), terms) == new


@pytest.mark.parametrize(
    ("who", "text"),
    [(NOBLE, "2014-11-07"), (STOCK, "2014-11-07"), (STOCK, "2014-11"), (URQUIZA, "2024-11-06"), (STOCK, "2024-11-07")],
)
def test_either_holder_of_a_handover_and_a_designate_are_legal(who, text):
    assert warn_of_principal(who, "", Days.of(text), TERMS) == []


def test_anybody_else_is_flagged():
    (warned,) = warn_of_principal(STOCK, "Jürgen Stock", Days.of("2025-01-29"), TERMS)
    (unknown,) = warn_of_principal(None, "", Days.of("1999-01-01"), TERMS)

    assert warned.rule == "principal-not-in-office"
    assert warned.detail == "Jürgen Stock did not hold the post on 29 January 2025; Valdecy Urquiza did."
    assert unknown.rule == "principal-not-known"
    assert warn_of_principal(None, "", None, TERMS) == []


@given(day=st.dates(date(1995, 1, 1), date(2035, 1, 1)))
def test_whoever_is_found_is_never_flagged(day):
    days = Days.of(day.isoformat())

    found = principal_on(days, TERMS)

    assert (found is None) == (day < date(2000, 11, 3))
    assert [warned.rule for warned in warn_of_principal(found, "", days, TERMS)] == (
        ["principal-not-known"] if found is None else []
    )


def test_while_somebody_acts_the_acting_one_is_the_principal():
    holder, acting = uuid4(), uuid4()
    tenures = [
        Tenure(holder, "Holder", date(2024, 11, 7), date(2024, 11, 7)),
        Tenure(acting, "Acting", date(2026, 11, 20), date(2026, 11, 20), date(2026, 11, 30), date(2026, 11, 30),
               is_acting=True),
    ]  # fmt: skip

    assert principal_on(Days.of("2026-11-25"), tenures) == acting
    assert principal_on(Days.of("2026-11-19"), tenures) == holder
    assert principal_on(Days.of("2026-12-01"), tenures) == holder
