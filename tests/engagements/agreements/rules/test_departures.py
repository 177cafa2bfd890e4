"""Parties that leave an agreement of several, come back, or suspend it for themselves: lives as they were."""

from datetime import date

import pytest
from django.utils import translation

from engagements.agreements.rules import ActFact, Case, Window, bindings_of, periods_of, status_on
from engagements.agreements.rules.bindings import is_suspended_for_some
from sgoffice.languages.sentences import translated


def act(kind, day, party="", effect=None, until=None, **values):
    window = [Window.of(one) if one else None for one in (effect, until)]
    return ActFact(kind, Window.of(day), *window, party=party, **values)


PARIS = Case(
    ("US", "FR"),
    (
        act("acceptance", "2016-09-03", "US"),
        act("ratification", "2016-10-05", "FR"),
        act("entry_into_force", "2016-11-04"),
        act("notice_of_termination", "2019-11-04", "US", "2020-11-04"),
        act("acceptance", "2021-01-20", "US", "2021-02-19"),
        act("notice_of_termination", "2025-01-27", "US", "2026-01-27"),
    ),
    is_bilateral=False,
)
UNESCO = Case(
    ("US", "FR", "GB"),
    (
        act("acceptance", "1946-09-30", "US"),
        act("acceptance", "1946-06-29", "FR"),
        act("acceptance", "1946-02-20", "GB"),
        act("entry_into_force", "1946-11-04"),
        act("withdrawal", "1983-12-28", "US", "1984-12-31"),
        act("withdrawal", "1984-12-05", "GB", "1985-12-31"),
        act("acceptance", "1997-07-01", "GB"),
        act("acceptance", "2003-10-01", "US"),
        act("withdrawal", "2017-10-12", "US", "2018-12-31"),
    ),
    is_bilateral=False,
)
CFE = Case(
    ("RU", "DE", "FR"),
    (
        act("entry_into_force", "1992-11-09"),
        act("suspension", "2007-07-14", "RU", "2007-12-12"),
        act("withdrawal", "2023-06-09", "RU", "2023-11-07"),
    ),
    is_bilateral=False,
)
ROME = Case(
    ("BI", "PH", "GM", "FR"),
    (
        act("ratification", "2000-06-09", "FR"),
        act("entry_into_force", "2002-07-01"),
        act("ratification", "2002-06-28", "GM"),
        act("ratification", "2004-09-21", "BI", "2004-12-01"),
        act("ratification", "2011-08-30", "PH", "2011-11-01"),
        act("notice_of_termination", "2016-10-27", "BI", "2017-10-27"),
        act("notice_of_termination", "2016-11-10", "GM", "2017-11-10"),
        act("revocation", "2017-02-10", "GM"),
        act("withdrawal", "2018-03-17", "PH", "2019-03-17"),
    ),
    is_bilateral=False,
)
THREE = ("RU", "DE", "FR")
RESUMED = Case(
    THREE,
    (
        act("entry_into_force", "1992-11-09"),
        act("suspension", "2000-01-01", "RU"),
        act("suspension", "2001-01-01"),
        act("resumption", "2001-06-01", "DE"),
        act("resumption", "2002-01-01"),
    ),
    is_bilateral=False,
)
RESUMED_AT_ONCE = Case(THREE, (*RESUMED.acts[:3], RESUMED.acts[4]), is_bilateral=False)
CFE_RESUMED = Case(CFE.parties, (*CFE.acts, act("resumption", "2023-12-01")), is_bilateral=False)
FOUNDERS = Case(
    (*THREE, "UA"),
    (
        act("entry_into_force", "1992-11-09"),
        act("withdrawal", "2000-01-01", "RU"),
        act("accession", "2007-01-01", "RU"),
        act("accession", "2010-01-01", "UA"),
    ),
    is_bilateral=False,
)
LEFT_WHILE_SUSPENDED = Case(
    THREE,
    (
        act("entry_into_force", "1992-11-09"),
        act("suspension", "2000-01-01"),
        act("withdrawal", "2001-01-01", "RU"),
        act("resumption", "2002-01-01"),
    ),
    is_bilateral=False,
)
OPEN_NOTICE = Case(
    THREE,
    (
        act("entry_into_force", "2000-01-01"),
        act("notice_of_termination", "2005-01-01", "RU"),
        act("withdrawal", "2006-01-01", "RU"),
    ),
    is_bilateral=False,
)
UNSETTLED = Case(THREE, OPEN_NOTICE.acts[:2], is_bilateral=False)
FORCE = {"Paris": "In force since 4 November 2016", "UNESCO": "In force since 4 November 1946"}
BURUNDI = "ended for {party:BI} on 27 October 2017, by the notice given on 27 October 2016"
#: An agreement, a day, its status, and its sentence.
LIVES = [
    (PARIS, "2020-11-03", "in_force", (f"{FORCE['Paris']}; notice of termination was given on 4 November 2019 by "
     "{party:US}, with effect on 4 November 2020.")),
    (PARIS, "2020-12-01", "not_known", (f"{FORCE['Paris']}; ended for {{party:US}} on 4 November 2020, by the notice "
     "given on 4 November 2019; whether it goes on among others is not known.")),
    (PARIS, "2021-02-18", "not_known", (f"{FORCE['Paris']}; ended for {{party:US}} on 4 November 2020, by the notice "
     "given on 4 November 2019; whether it goes on among others is not known.")),
    (PARIS, "2022-01-01", "in_force", f"{FORCE['Paris']}."),
    (PARIS, "2026-02-01", "not_known", (f"{FORCE['Paris']}; ended for {{party:US}} on 27 January 2026, by the notice "
     "given on 27 January 2025; whether it goes on among others is not known.")),
    (UNESCO, "1984-06-01", "in_force", (f"{FORCE['UNESCO']}; notice of withdrawal was given on 28 December 1983 by "
     "{party:US}, with effect on 31 December 1984.")),
    (UNESCO, "1985-06-01", "in_force", (f"{FORCE['UNESCO']}; ended for {{party:US}} on 31 December 1984; notice of "
     "withdrawal was given on 5 December 1984 by {party:GB}, with effect on 31 December 1985.")),
    (UNESCO, "1990-01-01", "not_known", (f"{FORCE['UNESCO']}; ended for {{party:US}} on 31 December 1984; ended for "
     "{party:GB} on 31 December 1985; whether it goes on among others is not known.")),
    (UNESCO, "2000-01-01", "in_force", f"{FORCE['UNESCO']}; ended for {{party:US}} on 31 December 1984."),
    (UNESCO, "2010-01-01", "in_force", f"{FORCE['UNESCO']}."),
    (CFE, "2008-01-01", "in_force",
     "In force since 9 November 1992; suspended for {party:RU} on 12 December 2007."),
    (CFE, "2024-01-01", "in_force", "In force since 9 November 1992; ended for {party:RU} on 7 November 2023."),
    (RESUMED, "2001-07-01", "suspended", "Suspended on 1 January 2001; suspended for {party:RU} on 1 January 2000."),
    (RESUMED, "2024-01-01", "in_force", "In force since 9 November 1992."),
    (RESUMED_AT_ONCE, "2024-01-01", "in_force", "In force since 9 November 1992."),
    (OPEN_NOTICE, "2005-06-01", "in_force",
     "In force since 1 January 2000; notice of termination was given on 1 January 2005 by {party:RU}."),
    (OPEN_NOTICE, "2006-06-01", "in_force", "In force since 1 January 2000; ended for {party:RU} on 1 January 2006."),
    (ROME, "2016-12-01", "in_force", ("In force since 1 July 2002; notice of termination was given on 27 October 2016 "
     "by {party:BI}, with effect on 27 October 2017; notice of termination was given on 10 November 2016 by "
     "{party:GM}, with effect on 10 November 2017.")),
    (ROME, "2019-06-01", "in_force",
     f"In force since 1 July 2002; {BURUNDI}; ended for {{party:PH}} on 17 March 2019."),
]  # fmt: skip


@pytest.mark.parametrize(("case", "day", "status", "sentence"), LIVES)
def test_what_is_said_of_an_agreement_that_parties_leave(case, day, status, sentence):
    period = status_on(case, date.fromisoformat(day))

    assert (period.status, period.sentence) == (status, sentence)


@pytest.mark.parametrize(("case", "day", "status", "sentence"), LIVES)
def test_it_is_said_in_french_whole(case, day, status, sentence):
    english = sentence.replace("{party:", "").replace("}", "")
    with translation.override("fr"):
        assert translated(english, "fr")


@pytest.mark.parametrize(
    ("case", "party", "day", "is_bound"),
    [
        (PARIS, "FR", "2020-12-01", None),
        (PARIS, "US", "2020-12-01", False),
        (PARIS, "US", "2022-01-01", True),
        (PARIS, "FR", "2022-01-01", True),
        (UNESCO, "US", "2000-01-01", False),
        (UNESCO, "FR", "2000-01-01", True),
        (UNESCO, "US", "2019-01-01", False),
        (CFE, "RU", "2008-01-01", False),
        (CFE, "DE", "2008-01-01", True),
        (CFE, "DE", "2024-01-01", True),
        (CFE, "RU", "2024-01-01", False),
        (CFE_RESUMED, "RU", "2024-01-01", False),
        (RESUMED, "RU", "2000-06-01", False),
        (RESUMED, "DE", "2001-07-01", False),
        (RESUMED, "RU", "2024-01-01", True),
        (FOUNDERS, "DE", "1992-11-09", True),
        (FOUNDERS, "DE", "2024-01-01", True),
        (FOUNDERS, "RU", "1999-12-31", True),
        (FOUNDERS, "RU", "2000-01-01", False),
        (FOUNDERS, "RU", "2007-01-01", True),
        (FOUNDERS, "UA", "2009-12-31", False),
        (FOUNDERS, "UA", "2010-01-01", True),
        (LEFT_WHILE_SUSPENDED, "RU", "2024-01-01", False),
        (LEFT_WHILE_SUSPENDED, "DE", "2024-01-01", True),
        (OPEN_NOTICE, "RU", "2005-06-01", True),
        (OPEN_NOTICE, "RU", "2006-01-01", False),
        (UNSETTLED, "RU", "2024-01-01", None),
        (UNSETTLED, "DE", "2024-01-01", True),
        (ROME, "GM", "2018-01-01", True),
        (ROME, "PH", "2019-03-16", True),
        (ROME, "PH", "2019-03-17", False),
    ],
)
def test_who_is_bound_on_a_day(case, party, day, is_bound):
    wanted = date.fromisoformat(day)
    found = bindings_of(case, periods_of(case))[party]

    assert next(one.is_bound for one in found if (one.start or date.min) <= wanted < (one.end or date.max)) is is_bound


@pytest.mark.parametrize(("case", "start"), [(CFE, date(2023, 11, 7)), (LEFT_WHILE_SUSPENDED, date(2001, 1, 1))])
def test_whoever_left_is_released_by_that_and_not_by_a_suspension_before(case, start):
    last = bindings_of(case, periods_of(case))["RU"][-1]

    assert (last.start, last.is_bound, last.by) == (start, False, "withdrawal")
    assert not is_suspended_for_some(case, date(2024, 1, 1))


def test_a_notice_whose_effect_is_not_known_leaves_doubt_where_too_few_may_remain():
    assert status_on(UNSETTLED, date(2024, 1, 1)).status == "in_force"
    assert status_on(Case(("RU", "FR"), UNSETTLED.acts, is_bilateral=False), date(2006, 1, 1)).status == "not_known"


def test_a_statement_of_a_later_day_tells_that_it_goes_on_among_others():
    stated = Case(PARIS.parties, (*PARIS.acts[:4], act("attestation", "2020-12-10", source="The depositary")),
                  is_bilateral=False)  # fmt: skip

    assert status_on(stated, date(2020, 12, 1)).status == "not_known"
    assert (status_on(stated, date(2021, 1, 1)).status, status_on(stated, date(2021, 1, 1)).basis) == (
        "in_force", "attested",
    )  # fmt: skip


def test_a_party_that_suspended_it_for_itself_resumes_it():
    resumed = Case(CFE.parties, (*CFE.acts[:2], act("resumption", "2010-01-01", "RU")), is_bilateral=False)

    assert is_suspended_for_some(resumed, date(2008, 1, 1))
    assert not is_suspended_for_some(resumed, date(2010, 1, 1))
    assert status_on(resumed, date(2010, 1, 1)).sentence == "In force since 9 November 1992."


def test_whoever_signed_a_convention_is_named_until_all_have_signed():
    acta = Case(
        ("JP", "US", "MX"),
        (
            act("signature", "2011-10-01", "JP"),
            act("signature", "2011-10-01", "US"),
            act("signature", "2012-07-11", "MX"),
        ),
        is_bilateral=False,
    )

    assert status_on(acta, date(2012, 1, 1)).sentence.startswith(
        "Signed on 1 October 2011 by {party:JP} and {party:US}"
    )
    assert status_on(acta, date(2012, 8, 1)).sentence.startswith("Signed on 11 July 2012;")


def test_who_accepted_an_adopted_text_is_told_before_anybody_signs():
    doha = Case(
        ("CA", "FR"), (act("adoption", "2012-12-08"), act("acceptance", "2015-01-01", "FR")), is_bilateral=False
    )

    assert "; accepted on 1 January 2015 by {party:FR}; " in status_on(doha, date(2016, 1, 1)).sentence


def test_the_end_of_two_is_told_as_soon_as_it_is_announced():
    inf = Case(
        ("US", "RU"), (act("entry_into_force", "1988-06-01"), act("withdrawal", "2019-02-02", "US", "2019-08-02"))
    )

    assert status_on(inf, date(2019, 3, 1)).sentence == (
        "In force since 1 June 1988; notice of withdrawal was given on 2 February 2019 by {party:US}, with effect on "
        "2 August 2019."
    )
    assert status_on(inf, date(2019, 8, 2)).status == "terminated"


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("renewal", "renewed on 1 January 2015"),
        ("suspension", "suspended on 1 January 2015"),
        ("resumption", "resumed on 1 January 2015"),
        ("signature", "signed on 1 January 2015"),
        ("lapse", "lapsed on 1 January 2015"),
        ("revocation", "the notice was revoked on 1 January 2015"),
    ],
)
def test_what_is_stated_after_an_end_and_changes_nothing_is_said_to_contradict_it(kind, told):
    case = Case(
        ("US", "RU"), (act("entry_into_force", "2010-01-01"), act("termination", "2012-01-01"), act(kind, "2015-01-01"))
    )

    assert status_on(case, date(2014, 1, 1)).sentence == "Terminated on 1 January 2012."
    assert status_on(case, date(2016, 1, 1)).sentence == (
        f"Terminated on 1 January 2012; {told}, which contradicts it."
    )
