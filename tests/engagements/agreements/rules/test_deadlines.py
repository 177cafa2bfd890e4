"""By when the office must act about an agreement: by the rules, against days counted by hand, and as it is stored."""

from datetime import date, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from engagements.agreements.models import Agreement, Deadline
from engagements.agreements.rules import (
    ActFact,
    Case,
    Duration,
    Window,
    add_duration,
    deadlines_of,
    due_on,
    last_day_for_notice,
    periods_of,
    read_clause,
    status_on,
    subtract_duration,
)
from engagements.agreements.rules.scheduled_changes import RUNNING, running_term
from engagements.agreements.services.deadline_store import due_of
from engagements.agreements.services.mappers import case_as_stored
from tests.engagements.agreements.rules.test_status import cases
from tests.factories import agreements as make

PARTIES = ("ours", "theirs")
ASSEMBLY = {"kind": "approval_by_body", "body": "assembly", "called": "the General Assembly"}
BOTH_AND_ASSEMBLY = {"kind": "all_of", "clauses": [{"kind": "signature_by_all", "after": "P60D"}, ASSEMBLY]}


def act(kind, day=None, effect=None, until=None, **values):
    return ActFact(kind, Window.of(day), Window.of(effect), Window.of(until), **values)


def case_of(*acts, entry=None, duration="", renewal="", notice="", expires=None, **values):
    span = [Duration.parse(text) if text else None for text in (duration, renewal, notice)]
    clause = read_clause(entry) if entry else None
    return Case(PARTIES, acts, values.get("is_bilateral", True), clause, *span, Window.of(expires))


def in_force(day, **values):
    return case_of(act("signature", day), act("entry_into_force", day), **values)


def due(case, day):
    found = due_on(deadlines_of(case, periods_of(case)), date.fromisoformat(day))
    return [(one.kind, one.day.isoformat() if one.day else None) for one in found]


YEARLY = {"duration": "P1Y", "renewal": "P1Y"}
#: Each with the days counted on a calendar: as seen from a day, what is due and when.
TABLE = [
    ("five years, six months' notice", in_force("2022-01-01", duration="P5Y", renewal="P5Y", notice="P6M"), {
        "2026-06-30": [("notice", "2026-07-01")], "2026-07-01": [("notice", "2026-07-01")],
        "2026-07-02": [("notice", "2031-07-01")], "2027-01-01": [("notice", "2031-07-01")],
    }),
    ("begun on a leap day", in_force("2024-02-29", **YEARLY, notice="P3M"), {
        "2024-03-01": [("notice", "2024-11-28")], "2024-11-29": [("notice", "2025-11-28")],
        "2027-11-29": [("notice", "2028-11-28")],
    }),
    ("four years from a leap day to the next", in_force("2024-02-29", duration="P4Y", renewal="P4Y", notice="P1M"), {
        "2027-12-31": [("notice", "2028-01-29")], "2028-01-30": [("notice", "2032-01-29")],
    }),
    ("an end on 31 March, one month before, leap year", in_force("2023-03-31", **YEARLY, notice="P1M"), {
        "2024-01-01": [("notice", "2024-02-29")], "2024-03-01": [("notice", "2025-02-28")],
    }),
    ("a month at a time from 31 January", in_force("2026-01-31", duration="P1M", renewal="P1M", notice="P10D"), {
        # the ends are 28 February, then 31 March: both counted from the first day would be 28 March
        "2026-02-01": [("notice", "2026-02-18")], "2026-02-19": [("notice", "2026-03-18")],
    }),
    ("ninety days", in_force("2025-03-01", **YEARLY, notice="P90D"), {"2025-04-01": [("notice", "2025-12-01")]}),
    ("notice longer than the renewal", in_force("2026-01-01", duration="P1M", renewal="P1M", notice="P3M"), {
        "2026-01-15": [("notice", "2026-02-01")], "2026-02-02": [("notice", "2026-03-01")],
    }),
    ("a first end that is a month", case_of(
        act("signature", "2024-05-10"), act("entry_into_force", "2024-06"), **YEARLY, notice="P1M",
    ), {"2024-07-01": [("notice", "2025-05-01")]}),
    ("renewed, and nobody knows since when it is in force", case_of(
        act("attestation", "2024-01-01", source="a list"), **YEARLY, notice="P1M",
    ), {"2024-07-01": [("notice", None)]}),
    ("renewed without notice", in_force("2024-01-01", **YEARLY), {"2024-07-01": []}),
    ("notice in time for the second term", in_force("2024-01-01", **YEARLY, notice="P3M"), {
        "2025-09-01": [("notice", "2025-10-01")],
    }),
    ("notice was given", case_of(
        act("signature", "2024-01-01"), act("entry_into_force", "2024-01-01"),
        act("notice_of_termination", "2025-10-01"), **YEARLY, notice="P3M",
    ), {
        "2024-09-01": [("notice", "2024-10-01")],
        "2025-10-01": [("expiry", "2026-01-01")], "2025-12-31": [("expiry", "2026-01-01")], "2026-01-01": [],
    }),
    ("notice came a day late, and ends the next term", case_of(
        act("signature", "2024-01-01"), act("entry_into_force", "2024-01-01"),
        act("notice_of_termination", "2025-10-02"), **YEARLY, notice="P3M",
    ), {"2025-10-02": [("expiry", "2027-01-01")]}),
    ("five years without renewal", in_force("2020-02-29", duration="P5Y"), {
        "2024-01-01": [("expiry", "2025-02-28")], "2025-02-27": [("expiry", "2025-02-28")], "2025-02-28": [],
    }),
    ("a day named by the agreement", in_force("2020-01-01", expires="2027-03-01"), {
        "2026-01-01": [("expiry", "2027-03-01")],
    }),
    ("an end of which the month is known", in_force("2020-01-01", expires="2027-03"), {
        "2026-01-01": [("expiry", "2027-03-01")], "2027-03-05": [],
    }),
    ("renewed by an act until a day", case_of(
        act("signature", "2020-01-01"), act("entry_into_force", "2020-01-01"),
        act("renewal", "2024-11-01", until="2030-01-01"), duration="P5Y",
    ), {"2026-01-01": [("expiry", "2030-01-01")]}),
    ("terminated with effect later", case_of(
        act("signature", "2020-01-01"), act("entry_into_force", "2020-01-01"),
        act("termination", "2026-02-01", effect="2026-08-01"),
    ), {"2026-01-31": [], "2026-02-01": [("expiry", "2026-08-01")]}),
    ("terminated at once: nobody could know", case_of(
        act("signature", "2020-01-01"), act("entry_into_force", "2020-01-01"), act("termination", "2026-02-01"),
    ), {"2026-01-31": []}),
    ("notice where nothing is renewed", case_of(
        act("signature", "2020-01-01"), act("entry_into_force", "2020-01-01"),
        act("notice_of_termination", "2023-11-30"), notice="P3M",
    ), {"2023-12-01": [("expiry", "2024-02-29")]}),
    ("sixty days after signature", case_of(
        act("signature", "2024-01-01"), entry={"kind": "signature_by_all", "after": "P60D"},
    ), {"2024-01-02": [("entry_into_force", "2024-03-01")], "2024-03-01": []}),
    ("a month after 31 January", case_of(
        act("signature", "2023-01-31"), entry={"kind": "signature_by_all", "after": "P1M"}, duration="P1Y",
    ), {
        "2023-02-01": [("entry_into_force", "2023-02-28")], "2023-03-01": [("expiry", "2024-02-28")],
    }),
    ("an entry that an act announces", case_of(
        act("signature", "2024-01-01"), act("entry_into_force", "2024-02-01", effect="2024-07-01"),
    ), {"2024-01-15": [], "2024-02-01": [("entry_into_force", "2024-07-01")]}),
    ("signed, and the Assembly has not approved", case_of(act("signature", "2024-01-01"), entry=BOTH_AND_ASSEMBLY), {
        "2023-12-31": [], "2024-01-01": [("missing_approval", None)], "2030-01-01": [("missing_approval", None)],
    }),
    ("the Assembly has approved", case_of(
        act("signature", "2024-01-01"), act("approval", "2024-01-15", by_body="assembly"), entry=BOTH_AND_ASSEMBLY,
    ), {"2024-01-20": [("entry_into_force", "2024-03-01")]}),
    ("each party has to approve", case_of(
        act("signature", "2024-01-01"), act("ratification", "2024-02-01", party="theirs"),
        entry={"kind": "approval_by_all"},
    ), {"2024-03-01": [("missing_approval", None)]}),
    ("one of two ways is done", case_of(
        act("signature", "2024-01-01"),
        entry={"kind": "any_of", "clauses": [{"kind": "signature_by_all", "after": "P1Y"}, ASSEMBLY]},
    ), {"2024-03-01": [("entry_into_force", "2025-01-01")]}),
    ("only talks: nothing is signed", case_of(act("initialling", "2024-01-01"), entry=BOTH_AND_ASSEMBLY), {
        "2024-03-01": [],
    }),
    ("applied provisionally until a day", case_of(
        act("signature", "2024-01-01"), act("provisional_application", "2024-01-01", until="2025-01-01"),
    ), {"2024-06-01": [("provisional_application", "2025-01-01")], "2025-01-01": []}),
    ("suspended until a day", case_of(
        act("signature", "2020-01-01"), act("entry_into_force", "2020-01-01"),
        act("suspension", "2024-01-01", effect="2024-03-01", until="2024-09-01"),
    ), {"2024-02-01": [("suspension", "2024-03-01")],
        "2024-03-01": [("suspension", "2024-09-01")]}),
    ("renewals from a day that is named", in_force("2024-01-01", **YEARLY, notice="P3M", expires="2025-01-01"), {
        "2024-06-01": [("notice", "2024-10-01")],
    }),
]  # fmt: skip


@pytest.mark.parametrize(("case", "expected"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_days_counted_by_hand(case, expected):
    assert {day: due(case, day) for day in expected} == expected


@pytest.mark.parametrize(
    ("acts", "entry", "why"),
    [
        ((act("signature", "2024-01-01"),), {"kind": "fixed_day", "day": "2024-06-01"}, "the day that it names"),
        ((act("signature", "2024-06-01"), act("approval", "2023-10-01", by_body="assembly")), ASSEMBLY,
         "on its signature, its conditions having been met before"),
        ((act("signature", "2024-01-01"), act("approval", "2024-06-01", by_body="assembly")), ASSEMBLY,
         "on approval by the General Assembly"),
    ],
)  # fmt: skip
def test_the_sentence_of_an_entry_says_what_brings_it(acts, entry, why):
    case = case_of(*acts, entry=entry)
    (found,) = due_on(deadlines_of(case, periods_of(case)), date(2024, 5, 1))

    assert found.sentence.endswith(f"it enters into force on 1 June 2024, {why}.")


def test_the_sentences_say_what_to_do_next():
    renewed = in_force("2022-01-01", duration="P5Y", renewal="P5Y", notice="P6M")
    signed = case_of(act("signature", "2024-01-01"), entry=BOTH_AND_ASSEMBLY)

    told = [
        due_on(deadlines_of(case, periods_of(case)), date(2026, 6, 1))[0].sentence
        for case in (renewed, signed, in_force("2022-01-01", duration="P5Y"))
    ]

    assert told == [
        "Give notice by 1 July 2026 or the agreement renews for 5 years on 1 January 2027.",
        (
            "No approval by the General Assembly is recorded: if it was given, record it; if not, the agreement waits "
            "for it."
        ),
        "Renew or replace the agreement by 1 January 2027, or it ends on 1 January 2027, at the end of its term.",
    ]


days = st.dates(date(1990, 1, 1), date(2060, 1, 1))
spans = st.builds(Duration, st.integers(1, 60), st.integers(0, 40))


@given(days, spans, spans, spans, st.integers(0, 20_000))
@settings(max_examples=300, deadline=None)
def test_in_force_with_renewal_and_notice_there_is_exactly_one_notice_and_it_can_still_be_given(
    start, duration, renewal, notice, later
):
    acts = (act("signature", start.isoformat()), act("entry_into_force", start.isoformat()))
    case = Case(PARTIES, acts, True, None, duration, renewal, notice)
    day = start + timedelta(days=later)

    [found] = [one for one in due_on(deadlines_of(case, periods_of(case)), day) if one.kind == "notice"]

    assert found.day >= day
    number = next(number for number in range(10**6) if subtract_duration(_end(case, number), notice) >= day)
    assert found.day == subtract_duration(_end(case, number), notice), "an earlier renewal can still be stopped"
    term = running_term(case, day)
    assert term is not None
    assert found.day == term.last_day_for_notice or term.last_day_for_notice < day


def _end(case, number):
    term = Duration(case.duration.months, case.duration.days)
    first = add_duration(case.acts[1].date.earliest, term)
    return add_duration(first, case.tacit_renewal.times(number))


@example(date(2026, 2, 28), Duration(12), Duration(12), Duration(1), 0)  # a month before 28 February is 28 January
@given(days, spans, spans, spans, st.integers(0, 4))
@settings(max_examples=200, deadline=None)
def test_notice_on_its_last_day_stops_the_renewal_and_a_day_later_it_does_not(start, duration, renewal, notice, number):
    acts = (act("signature", start.isoformat()), act("entry_into_force", start.isoformat()))
    case = Case(PARTIES, acts, True, None, duration, renewal, notice)
    end, last = _end(case, number), subtract_duration(_end(case, number), notice)
    assert number or Window.on(last) == last_day_for_notice(case)

    def ends(given):
        told = Case(
            PARTIES, (*acts, act("notice_of_termination", given.isoformat())), True, None, duration, renewal, notice
        )
        return [one.start for one in periods_of(told) if one.status == "expired"]

    if last > start and (number == 0 or subtract_duration(_end(case, number - 1), notice) < last):
        assert ends(last) == [end]
    if last >= start and subtract_duration(_end(case, number + 1), notice) > last:
        assert ends(last + timedelta(days=1)) == [_end(case, number + 1)]


@given(cases, st.dates(date(1980, 1, 1), date(2040, 1, 1)))
@settings(max_examples=400, deadline=None)
def test_no_deadline_of_any_agreement_lies_behind_the_day(case, day):
    found = due_on(deadlines_of(case, periods_of(case)), day)
    status = status_on(case, day).status

    assert [one for one in found if one.day is not None and one.day < day] == []
    assert len([one for one in found if one.kind == "notice"]) <= (status in RUNNING)
    assert all(one.sentence.endswith(".") and one.sentence[0].isupper() for one in found)


@pytest.mark.django_db
@pytest.mark.parametrize("day", ["2001-05-05", "2024-02-01", "2024-06-01", "2024-12-01", "2026-01-01", "2055-07-07"])
def test_what_is_stored_is_what_the_rules_say_of_any_day(day):
    day = date.fromisoformat(day)
    for values in (
        {"duration": "P1Y", "tacit_renewal": "P1Y", "notice_period": "P3M"},
        {"duration": "P1M", "tacit_renewal": "P1M", "notice_period": "P4M"},
        {"duration": "P5Y"},
        {"expires": "2030-02"},
        {"tacit_renewal": "P10D", "expires": "2030-02-05", "notice_period": "P1D"},
    ):
        made = make.in_force_since("2000-02-29", **values)
        case = case_as_stored(Agreement.objects.get(pk=made.pk))

        rows = Deadline.objects.filter(agreement=made.pk, during__contains=day).select_related("agreement")
        found = [due_of(row, day) for row in rows]

        assert found == due_on(deadlines_of(case, periods_of(case)), day), values
        assert [row.day for row in rows if row.day and row.day > due_of(row, day).day] == []
