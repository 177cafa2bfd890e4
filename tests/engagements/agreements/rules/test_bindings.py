"""Since when and until when each party is bound: by example, and what holds for any acts of any parties."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engagements.agreements.rules import ActFact, Case, Clause, Duration, Window, bindings_of, periods_of
from engagements.agreements.vocabulary import ActKind
from tests.engagements.agreements.rules.test_status import acts as any_acts
from tests.engagements.agreements.rules.test_status import clauses

PARTIES = ("fr", "ca", "jp")
TWO = Clause(kind="ratifications", number=2)


def act(kind, day, party="", effect=None, **values):
    return ActFact(kind, Window.of(day), Window.of(effect) if effect else None, party=party, **values)


def convention(*own, clause=TWO, parties=PARTIES):
    ratified = (act("ratification", "2002-01-10", "fr"), act("ratification", "2003-02-10", "ca"))
    return Case(parties, (*ratified, *own), is_bilateral=False, entry_into_force=clause)


def on(case, party, day):
    found = bindings_of(case, periods_of(case))[party]
    wanted = date.fromisoformat(day)
    return next(
        one.is_bound for one in found if (one.start or date.min) <= wanted and (one.end is None or wanted < one.end)
    )


@pytest.mark.parametrize(
    ("own", "day", "is_bound"),
    [
        ([], "2010-06-01", False),
        ([act("signature", "2001-05-01", "jp")], "2010-06-01", False),
        ([act("accession", "2003-03-10", "jp")], "2003-03-09", False),
        ([act("accession", "2003-03-10", "jp")], "2003-03-10", True),
        ([act("ratification", "2002-06-01", "jp")], "2002-06-01", True),
        ([act("acceptance", "2004-01-01", "jp", "2004-03-31")], "2004-03-30", False),
        ([act("acceptance", "2004-01-01", "jp", "2004-03-31")], "2004-03-31", True),
        (
            [act("accession", "2003-03-10", "jp"), act("withdrawal", "2008-04-01", "jp", "2009-04-01")],
            "2009-03-31",
            True,
        ),
        (
            [act("accession", "2003-03-10", "jp"), act("withdrawal", "2008-04-01", "jp", "2009-04-01")],
            "2009-04-01",
            False,
        ),
        (
            [
                act("accession", "2003-03-10", "jp"),
                act("withdrawal", "2008-04-01", "jp", "2009-04-01"),
                act("accession", "2012-01-01", "jp"),
            ],
            "2013-01-01",
            True,
        ),
        (
            [act("accession", "2003-03-10", "jp"), act("notice_of_termination", "2008-04-01", "jp", "2009-04-01")],
            "2010-01-01",
            False,
        ),
        (
            [
                act("accession", "2003-03-10", "jp"),
                act("notice_of_termination", "2008-04-01", "jp", "2009-04-01"),
                act("revocation", "2008-09-01", "jp"),
            ],
            "2010-01-01",
            True,
        ),
        ([act("accession", "2003", "jp")], "2003-06-01", None),
        ([act("accession", "2003", "jp")], "2004-01-01", True),
        ([act("accession", "2003-03-10", "jp"), act("withdrawal", "2008", "jp")], "2008-06-01", None),
        ([act("approval", "2004-01-01", on_behalf_of="jp")], "2005-01-01", True),
    ],
)
def test_a_party_of_several_is_bound_by_its_own_acts(own, day, is_bound):
    case = convention(*own)

    assert on(case, "jp", day) is is_bound
    assert on(case, "fr", "2010-06-01") is True


def test_nobody_is_bound_before_the_agreement_is_in_force():
    assert on(convention(), "fr", "2002-06-01") is not True
    assert on(convention(), "fr", "2003-02-10") is True


def test_without_any_consent_of_a_party_all_share_what_holds_for_the_agreement():
    case = Case(PARTIES, (act("signature", "2001-05-01"), act("entry_into_force", "2002-01-01")), is_bilateral=False)

    assert [on(case, party, "2003-01-01") for party in PARTIES] == [True, True, True]


@pytest.mark.parametrize(
    ("day", "is_bound"),
    [
        ("2003-06-09", False),
        ("2003-06-10", True),
        ("2009-03-31", True),
        ("2009-04-01", False),
        ("2012-03-31", False),
        ("2012-04-01", True),
    ],
)
def test_an_entry_into_force_for_one_party_binds_it_from_that_day_and_not_from_its_consent(day, is_bound):
    case = convention(
        act("entry_into_force", "2003-02-10"),
        act("accession", "2003-03-10", "jp"),
        act("entry_into_force", "2003-06-10", "jp"),
        act("withdrawal", "2008-04-01", "jp", "2009-04-01"),
        act("accession", "2012-01-01", "jp"),
        act("entry_into_force", "2012-04-01", "jp"),
    )

    assert on(case, "jp", day) is is_bound
    assert on(case, "fr", day) is True


def test_an_approval_that_one_side_alone_needs_does_not_release_the_others():
    given = (
        act("signature", "2001-05-01"),
        act("approval", "2001-09-01", by_body="assembly", on_behalf_of="fr"),
        act("entry_into_force", "2002-01-01"),
    )
    case = Case(PARTIES, given, is_bilateral=False)

    assert [on(case, party, "2003-01-01") for party in PARTIES] == [True, True, True]


def test_a_later_party_whose_effect_is_not_recorded_may_be_bound_within_the_delay_of_the_clause():
    clause = Clause(kind="ratifications", number=2, after=Duration(0, 90))
    case = convention(act("accession", "2005-01-01", "jp"), clause=clause)

    assert [on(case, "jp", day) for day in ("2004-12-31", "2005-01-15", "2005-06-01")] == [False, None, True]


def test_both_parties_of_a_bilateral_agreement_are_bound_while_it_is_in_force():
    given = (
        act("signature", "2010-01-01", "fr"),
        act("entry_into_force", "2010-02-01"),
        act("termination", "2012-01-01"),
    )
    case = Case(("fr", "ca"), given)

    assert [on(case, "ca", day) for day in ("2010-01-15", "2011-01-01", "2012-01-01")] == [False, True, False]


@settings(max_examples=150, deadline=None)
@given(
    acts=st.lists(any_acts, max_size=6).map(tuple),
    clause=st.one_of(st.none(), clauses()),
    is_bilateral=st.booleans(),
    order=st.randoms(),
)
def test_bindings_never_overlap_or_say_more_than_the_agreement(acts, clause, is_bilateral, order):
    case = Case(("ours", "theirs"), acts, is_bilateral=is_bilateral, entry_into_force=clause)
    periods = periods_of(case)
    found = bindings_of(case, periods)

    shuffled = list(acts)
    order.shuffle(shuffled)
    again = Case(("ours", "theirs"), tuple(shuffled), is_bilateral=is_bilateral, entry_into_force=clause)
    assert bindings_of(again, periods_of(again)) == found

    for bindings in found.values():
        assert (bindings[0].start, bindings[-1].end) == (None, None)
        assert all(one.end == other.start for one, other in pairwise(bindings))
        for one in bindings:
            shared = [period for period in periods if _overlaps(period, one)]
            if one.is_bound:
                assert all(period.is_in_force for period in shared)
            assert not one.by or one.by in ActKind


def _overlaps(one, other):
    begins = max(one.start or date.min, other.start or date.min)
    return begins < min(one.end or date.max, other.end or date.max)
