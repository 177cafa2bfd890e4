"""Lives of agreements of two and of several parties, with the status of given days."""

from datetime import date

import pytest

from engagements.agreements.rules import Case, Duration, Window, bindings_of, periods_of, read_clause, status_on
from tests.engagements.agreements.rules.real_clauses import THEM, THIRD, US, act

TWO_YEARS = Duration(24)
SIGNED, FORCE = act("signature", "2010-01-01"), act("entry_into_force", "2010-02-01")
NOTICE = act("notice_of_termination", "2012-01-01", US, effect="2012-07-01")
ASSEMBLY = read_clause({"kind": "approval_by_body", "body": "ga", "called": "the General Assembly"})
NAMED_DAY = read_clause({"kind": "fixed_day", "day": "2010-02-01"})
EXPIRES = {"expires": Window.of("2013-02-01")}

#: What happened, the terms, and the status of each day.
LIVES = {
    "terminated by both": ([SIGNED, FORCE, act("termination", "2012-01-01")], {},
                           {"2010-01-15": "signed", "2011-12-31": "in_force", "2012-01-01": "terminated"}),
    "terminated with a later effect": ([FORCE, act("termination", "2012-01-01", effect="2012-06-01")], {},
                                       {"2012-05-31": "in_force", "2012-06-01": "terminated"}),
    "ended by a notice": ([FORCE, NOTICE], {}, {"2012-06-30": "in_force", "2012-07-01": "terminated"}),
    "a notice revoked in time": ([FORCE, NOTICE, act("revocation", "2012-03-01", US)], {},
                                 {"2012-08-01": "in_force", "2020-01-01": "in_force"}),
    "a notice revoked too late": ([FORCE, NOTICE, act("revocation", "2012-08-01", US)], {},
                                  {"2012-07-15": "terminated", "2012-09-01": "terminated"}),
    "a notice revoked, another given": (
        [FORCE, NOTICE, act("revocation", "2012-03-01", US),
         act("notice_of_termination", "2014-01-01", US, effect="2014-07-01")], {},
        {"2013-01-01": "in_force", "2014-08-01": "terminated"}),
    "a withdrawal of one of two": ([FORCE, act("withdrawal", "2012-01-01", THEM)], {},
                                   {"2011-12-31": "in_force", "2012-01-01": "terminated"}),
    "expired": ([FORCE], EXPIRES, {"2013-01-31": "in_force", "2013-02-01": "expired"}),
    "its duration is over": ([FORCE], {"duration": Duration(36)}, {"2013-01-31": "in_force", "2013-02-01": "expired"}),
    "renewed in time": ([FORCE, act("renewal", "2012-12-01", until="2015-02-01")], EXPIRES,
                        {"2014-01-01": "in_force", "2015-02-01": "expired"}),
    "renewed after its end": ([FORCE, act("renewal", "2013-06-01", until="2016-01-01")], EXPIRES,
                              {"2013-03-01": "expired", "2014-01-01": "in_force", "2016-01-01": "expired"}),
    "tacitly renewed": ([FORCE], {"duration": Duration(12), "tacit_renewal": Duration(12)}, {"2020-01-01": "in_force"}),
    "expired and in force again": ([FORCE, act("entry_into_force", "2015-01-01")], EXPIRES,
                                   {"2014-01-01": "expired", "2015-01-01": "in_force"}),
    "terminated and in force again": (
        [FORCE, act("termination", "2012-01-01"), act("entry_into_force", "2015-01-01")], {},
        {"2013-01-01": "terminated", "2016-01-01": "in_force"}),
    "lapsed and applied provisionally": ([FORCE, act("lapse", "2012-01-01"),
                                          act("provisional_application", "2013-03-01")], {},
                                         {"2012-06-01": "lapsed", "2013-03-01": "provisionally_applied"}),
    "applied provisionally, then in force": ([SIGNED, act("provisional_application", "2010-01-10"), FORCE], {},
                                             {"2010-01-05": "signed", "2010-01-15": "provisionally_applied",
                                              "2010-02-01": "in_force"}),
    "provisional application that ended": (
        [SIGNED, act("provisional_application", "2010-01-10", until="2010-06-01")], {},
        {"2010-05-31": "provisionally_applied", "2010-06-01": "signed"}),
    "suspended and resumed": ([FORCE, act("suspension", "2011-01-01"), act("resumption", "2012-01-01")], {},
                              {"2011-06-01": "suspended", "2012-01-01": "in_force"}),
    "suspended until a day": ([FORCE, act("suspension", "2011-01-01", until="2012-01-01")], {},
                              {"2011-12-31": "suspended", "2012-01-01": "in_force"}),
    "suspended and terminated": ([FORCE, act("suspension", "2011-01-01"), act("termination", "2012-01-01")], {},
                                 {"2011-06-01": "suspended", "2012-01-01": "terminated"}),
    "a suspension revoked before its effect": (
        [FORCE, act("suspension", "2011-01-01", effect="2011-06-01"), act("revocation", "2011-03-01")], {},
        {"2011-07-01": "in_force"}),
    "superseded by one that is in force": ([FORCE], {"superseded": Window.of("2014-05-01")},
                                           {"2014-04-30": "in_force", "2014-05-01": "superseded"}),
    "superseded in a year": ([FORCE], {"superseded": Window.of("2014")},
                             {"2013-12-31": "in_force", "2014-06-01": "not_known", "2015-01-01": "superseded"}),
    "terminated before it was superseded": (
        [FORCE, act("termination", "2012-01-01")], {"superseded": Window.of("2014-05-01")},
        {"2013-01-01": "terminated", "2015-01-01": "terminated"}),
    "stated once": ([act("attestation", "2011-05-03")], {},
                    {"2011-05-02": "not_known", "2013-05-02": "in_force", "2013-05-03": "not_known"}),
    "stated, and stated again in time": ([act("attestation", "2011-05-03"), act("attestation", "2013-01-01")], {},
                                         {"2014-12-31": "in_force", "2015-01-01": "not_known"}),
    "its draft approved by the assembly before it was signed": (
        [act("approval", "2009-10-01", body="ga", behalf=US), SIGNED], {"entry_into_force": ASSEMBLY},
        {"2009-12-31": "approved", "2010-01-01": "in_force"}),
    "approved by the assembly, and signed by one": (
        [act("approval", "2009-10-01", body="ga", behalf=US), act("signature", "2010-01-01", US)],
        {"entry_into_force": ASSEMBLY}, {"2010-06-01": "approved", "2020-01-01": "approved"}),
    "approved by the assembly, never signed": (
        [act("approval", "2009-10-01", body="ga", behalf=US)], {"entry_into_force": ASSEMBLY},
        {"2020-01-01": "approved"}),
    "its day has come, signed by one": ([act("signature", "2010-01-01", US)], {"entry_into_force": NAMED_DAY},
                                        {"2010-02-01": "in_negotiation"}),
    "its day has come, signed by both": ([SIGNED], {"entry_into_force": NAMED_DAY},
                                         {"2010-01-31": "signed", "2010-02-01": "in_force"}),
    "its day had come before it was signed": ([act("signature", "2010-03-05")], {"entry_into_force": NAMED_DAY},
                                              {"2010-03-04": "not_known", "2010-03-05": "in_force"}),
    "nothing but a day that the text names": ([], {"entry_into_force": NAMED_DAY}, {"2010-06-01": "not_known"}),
    "stated to be in force after its end": (
        [FORCE, act("termination", "2012-01-01"), act("attestation", "2014-01-01")], {},
        {"2013-01-01": "terminated", "2014-06-01": "terminated"}),
    "signed, without a clause": ([SIGNED], {}, {"2009-12-31": "not_known", "2026-01-01": "signed"}),
}  # fmt: skip


@pytest.mark.parametrize("name", LIVES)
def test_the_status_of_given_days(name):
    acts, terms, days = LIVES[name]
    case = Case((US, THEM), tuple(acts), attestations_hold=TWO_YEARS, **terms)

    assert {day: status_on(case, date.fromisoformat(day)).status for day in days} == days


CONVENTION = read_clause({"kind": "ratifications", "number": 2})
RATIFIED = [act("ratification", "2003-01-01", US), act("ratification", "2003-01-01", THEM)]
#: The acts of a third party of a convention, and whether it is bound on each day.
PARTIES = {
    "only signed": ([act("signature", "2002-01-01", THIRD)], {"2010-01-01": False}),
    "acceded": ([act("accession", "2005-01-01", THIRD)], {"2004-12-31": False, "2005-01-01": True}),
    "withdrew": ([act("accession", "2005-01-01", THIRD), act("withdrawal", "2008-04-01", THIRD, effect="2009-04-01")],
                 {"2009-03-31": True, "2010-06-01": False}),
    "came back": ([act("accession", "2005-01-01", THIRD), act("withdrawal", "2009-04-01", THIRD),
                   act("accession", "2012-01-01", THIRD)],
                  {"2008-01-01": True, "2010-06-01": False, "2012-01-01": True}),
    "took its withdrawal back": (
        [act("accession", "2005-01-01", THIRD), act("withdrawal", "2008-04-01", THIRD, effect="2009-04-01"),
         act("revocation", "2008-09-01", THIRD)], {"2009-06-01": True}),
    "left by a notice": ([act("accession", "2005-01-01", THIRD),
                          act("notice_of_termination", "2008-01-01", THIRD, effect="2009-01-01")],
                         {"2008-12-31": True, "2009-01-01": False}),
}  # fmt: skip


@pytest.mark.parametrize(
    ("ratified", "day"),
    [("2003-01-01", "2003-01-31"), ("2002-06-01", "2002-07-01"), ("2005-01-01", "2005-02-01")],
)
def test_a_consent_that_brings_the_entry_into_force_binds_with_it(ratified, day):
    """Thirty days after the second ratification; who came later is bound for sure after thirty days of its own."""
    clause = read_clause({"kind": "ratifications", "number": 2, "after": "P30D"})
    acts = (act("ratification", "2003-01-01", THEM), act("ratification", "2002-01-01", US))
    case = Case((US, THEM, THIRD), (*acts, act("ratification", ratified, THIRD)), is_bilateral=False,
                entry_into_force=clause)  # fmt: skip

    first = next(one.start for one in bindings_of(case, periods_of(case))[THIRD] if one.is_bound)
    assert str(first) == day


@pytest.mark.parametrize("name", PARTIES)
def test_a_party_of_several_is_bound_by_its_own_acts_and_the_others_stay(name):
    own, days = PARTIES[name]
    case = Case((US, THEM, THIRD), (*RATIFIED, *own), is_bilateral=False, entry_into_force=CONVENTION)
    found = bindings_of(case, periods_of(case))

    def bound(party, day):
        when = date.fromisoformat(day)
        return next(
            one.is_bound
            for one in found[party]
            if (one.start is None or one.start <= when) and (one.end is None or when < one.end)
        )

    assert {day: bound(THIRD, day) for day in days} == days
    assert all(bound(party, day) for party in (US, THEM) for day in days)
