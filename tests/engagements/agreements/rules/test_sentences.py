"""What a source states of a day holds for a time and is then not known; what is inferred proves nothing."""

from datetime import date

import pytest

from engagements.agreements.rules import (
    Case,
    Duration,
    Window,
    current_status,
    deadlines_of,
    due_on,
    periods_of,
    read_clause,
    status_on,
)
from tests.engagements.agreements.rules.real_clauses import THEM, US, act

TWO_YEARS = Duration(24)


def said(*acts, day, hold=TWO_YEARS, **terms):
    case = Case((US, THEM, "jp"), acts, attestations_hold=hold, **terms)
    found = status_on(case, date.fromisoformat(day))
    return found.status, found.basis, found.sentence


def stated(day, attests="", source="a report"):
    return act("attestation", day, attests=attests, source=source)


ENTRY = "how it enters into force is not recorded, so whether it is in force is not known"
#: Acts, the day, the status, its basis, and the sentence why.
STATEMENTS = [
    ([stated("2011-05-03")], "2011-05-03", "in_force", "attested",
     "In force on 3 May 2011 according to a report; nothing newer is recorded."),
    ([stated("2011-05-03")], "2013-05-02", "in_force", "attested",
     "In force on 3 May 2011 according to a report; nothing newer is recorded."),
    ([stated("2011-05-03")], "2013-05-03", "not_known", "not_known",
     "Not known: last attested in force on 3 May 2011 by a report."),
    ([stated("2011")], "2013-12-30", "in_force", "attested",
     "In force in 2011 according to a report; nothing newer is recorded."),
    ([stated("2011")], "2013-12-31", "not_known", "not_known",
     "Not known: last attested in force in 2011 by a report."),
    ([stated("2011-05-03"), stated("2020-01-01", source="a list")], "2012-01-01", "in_force", "attested",
     "In force on 3 May 2011 according to a report; nothing newer is recorded before 1 January 2020."),
    ([stated("2011-05-03"), stated("2020-01-01", source="a list")], "2021-01-01", "in_force", "attested",
     "In force on 1 January 2020 according to a list; nothing newer is recorded."),
    ([stated("2011-05-03"), act("entry_into_force", "2012-01-01")], "2020-01-01", "in_force", "computed",
     "In force since 1 January 2012."),
    ([stated("2011-05-03"), act("entry_into_force", "2015-01-01")], "2020-01-01", "in_force", "computed",
     "In force since 1 January 2015."),
    ([stated("2011-05-03"), act("termination", "2014-01-01")], "2020-01-01", "terminated", "computed",
     "Terminated on 1 January 2014."),
    ([stated("2011-05-03", "suspended"), act("resumption", "2014-01-01"), act("entry_into_force", "2001-01-01")],
     "2015-01-01", "in_force", "computed", "In force since 1 January 2001."),
    ([stated("2011-05-03", "in_negotiation")], "2015-01-01", "not_known", "not_known",
     "Not known: last attested in negotiation on 3 May 2011 by a report."),
    ([stated("2011-05-03", "in_negotiation"), act("signature", "2014-02-01")], "2015-01-01", "signed", "computed",
     f"Signed on 1 February 2014; {ENTRY}."),
    ([stated("2011-05-03", "terminated")], "2020-01-01", "terminated", "attested",
     "Terminated as of 3 May 2011 according to a report."),
    ([act("signature", "2005-05-02"), act("renewal", "2010-05-02")], "2011-01-01", "in_force", "attested",
     "Renewed on 2 May 2010, until when is not recorded; nothing newer is recorded."),
    ([act("signature", "2005-05-02"), act("renewal", "2010-05-02")], "2020-01-01", "not_known", "not_known",
     "Not known: renewed on 2 May 2010, until when is not recorded."),
    ([act("signature", "2005-05-02"), act("lapse", "2012-12-31", verification="inferred")], "2020-01-01",
     "not_known", "not_known", "Lapse on 31 December 2012, which is only inferred."),
    ([act("entry_into_force", "2012-01-01", verification="inferred")], "2020-01-01", "not_known", "not_known",
     "Entry into force on 1 January 2012, which is only inferred."),
]  # fmt: skip


@pytest.mark.parametrize(("acts", "day", "status", "basis", "sentence"), STATEMENTS)
def test_a_statement_proves_its_day_and_ages(acts, day, status, basis, sentence):
    assert said(*acts, day=day) == (status, basis, sentence)


def test_what_was_said_before_statements_aged_is_told_as_it_was_said():
    found = said(stated("2011-05-03"), day="2026-01-01", hold=None)

    assert found == ("in_force", "attested", "In force on 3 May 2011 according to a report.")


def test_the_end_of_a_statement_is_known_ahead_and_asked_about():
    case = Case((US, THEM), (act("signature", "2005-05-02"), stated("2011-05-03")), attestations_hold=TWO_YEARS)
    periods = periods_of(case)

    assert current_status(case, periods, date(2012, 1, 1)).until == date(2013, 5, 3)
    assert [due.sentence for due in due_on(deadlines_of(case, periods), date(2013, 1, 1))] == [
        (
            "Find out whether the agreement is still in force, and record it by 3 May 2013: from then on what was "
            "stated last is too old to rest on."
        )
    ]


def test_the_entry_into_force_for_one_of_several_is_not_that_of_the_agreement():
    own = act("entry_into_force", "2004-01-01", "jp")
    ratified = [act("ratification", "2002-01-10", US), act("ratification", "2003-02-10", THEM)]
    clause = read_clause({"kind": "ratifications", "number": 2})
    signed = Case((US, THEM, "jp"), (act("signature", "2001-01-01"), own), is_bilateral=False)

    assert said(*ratified, own, day="2003-12-31", is_bilateral=False, entry_into_force=clause)[0] == "in_force"
    assert said(own, day="2003-12-31", is_bilateral=False)[0] == "not_known"
    assert said(own, day="2004-01-01", is_bilateral=False)[2] == "In force for {party:jp} since 1 January 2004."
    assert status_on(signed, date(2003, 1, 1)).is_in_force is None


def test_a_duration_without_an_entry_into_force_says_that_it_counts_from_nothing():
    found = said(act("signature", "2018-04-10"), day="2026-11-28", duration=Duration(36))

    assert found[2].endswith(
        "; its term of 3 years counts from its entry into force, the day of which is not recorded."
    )


def test_a_suspended_agreement_whose_term_ran_out_has_expired():
    found = said(act("suspension", "2012-01-01"), day="2016-01-01", expires=Window.of("2015-01-01"))

    assert found[0] == "expired"
