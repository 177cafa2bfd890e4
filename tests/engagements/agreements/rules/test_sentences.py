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
     "not_known", "not_known", "Signed on 2 May 2005; lapse on 31 December 2012, which is only inferred."),
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


OURS, THEIRS = f"{{party:{US}}}", f"{{party:{THEM}}}"
#: What is told of an act whose day is that of a report, of several approvals, and of talks.
TOLD = [
    ([act("signature", "2017-02-01", date_basis="report")], "2020-01-01",
     f"Signed on 1 February 2017 or before; {ENTRY}."),
    ([act("signature", "2016-02", date_basis="inferred")], "2020-01-01",
     f"Signed in February 2016 (an inferred day); {ENTRY}."),
    ([act("entry_into_force", "2017-02-01", date_basis="report")], "2020-01-01",
     "In force since 1 February 2017 or before."),
    ([act("signature", "2005-05-02"), act("renewal", "2010-05-02", date_basis="report")], "2020-01-01",
     "Not known: renewed on 2 May 2010 or before, until when is not recorded."),
    ([act("entry_into_force", "2012-01-01"), act("notice_of_termination", "2014-06-02", date_basis="report",
      effect="2030-01-01")], "2020-01-01",
     ("In force since 1 January 2012; notice of termination was given on 2 June 2014 or before, "
      "with effect on 1 January 2030.")),
    ([act("entry_into_force", "2012-01-01"), act("notice_of_termination", "2014-06-02", date_basis="report",
      effect="2015-01-01")], "2020-01-01",
     "Terminated on 1 January 2015, by the notice of 2 June 2014 or before."),
    ([act("approval", "2008-10", body="ga", behalf=US), act("approval", "2008-11", THEM),
      act("signature", "2009-02-02")], "2010-01-01",
     (f"Signed on 2 February 2009, after its approval in October 2008 by {{body:ga}} for {OURS} and "
     f"its approval in November 2008 by {THEIRS}; {ENTRY}.")),
    ([act("approval", "2008-10-01", US), act("approval", "2008-11-01", THEM)], "2010-01-01",
     (f"Approved on 1 November 2008 by {THEIRS}, after its approval on 1 October 2008 by {OURS}; "
     f"no signature is recorded; {ENTRY}.")),
    ([act("negotiation_mandate", "2014-05-29", THEM)], "2016-05-28",
     f"Negotiations were authorized on 29 May 2014 by {THEIRS}; no signature is recorded."),
    ([act("negotiation_mandate", "2014-05-29", THEM)], "2016-05-29",
     (f"Negotiations were authorized on 29 May 2014 by {THEIRS}; no signature is recorded; "
      "whether it has entered into force since is not known.")),
    ([act("signature", "2010-11-09"), act("approval", "2010-11-08/2010-11-11")], "2010-11-10",
     "Signed on 9 November 2010; approval on a day between 8 November 2010 and 11 November 2010."),
]  # fmt: skip


@pytest.mark.parametrize(("acts", "day", "sentence"), TOLD)
def test_all_that_is_recorded_is_told_and_no_more(acts, day, sentence):
    assert said(*acts, day=day)[2] == sentence


CLAUSE = read_clause({"kind": "approval_by_all"})


@pytest.mark.parametrize(
    ("acts", "terms", "day", "is_in_force"),
    [
        ([act("signing_mandate", "2014-05-29")], {}, "2016-05-28", False),
        ([act("signing_mandate", "2014-05-29")], {}, "2016-05-29", None),
        ([act("signing_mandate", "2014-05-29"), act("signature", "2020-01-01")], {}, "2019-12-31", False),
        ([act("signing_mandate", "2014-05-29"), stated("2020-01-01")], {}, "2019-12-31", None),
        ([act("signature", "2009-02-25")], {"entry_into_force": CLAUSE}, "2011-02-24", False),
        ([act("signature", "2009-02-25")], {"entry_into_force": CLAUSE}, "2011-02-25", None),
        ([act("signature", "2009-02-25"), act("termination", "2015-01-01")], {}, "2026-01-01", False),
    ],
)
def test_not_yet_in_force_is_not_said_for_ever(acts, terms, day, is_in_force):
    case = Case((US, THEM), tuple(acts), attestations_hold=TWO_YEARS, **terms)

    assert status_on(case, date.fromisoformat(day)).is_in_force is is_in_force
