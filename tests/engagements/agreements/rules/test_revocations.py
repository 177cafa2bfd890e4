"""What was announced and taken back before it took effect, and agreements that come back after an end."""

from datetime import date

import pytest

from engagements.agreements.rules import ActFact, Case, Window, periods_of, status_on

PARTIES = ("fr", "ca")


def act(kind, day, party="", effect=None, **values):
    return ActFact(kind, Window.of(day), Window.of(effect) if effect else None, party=party, **values)


BEGUN = (act("signature", "2010-01-01"), act("entry_into_force", "2010-02-01"))


def status(*acts, day, is_bilateral=True):
    return status_on(Case(PARTIES, (*BEGUN, *acts), is_bilateral=is_bilateral), date.fromisoformat(day))


@pytest.mark.parametrize("revoking", ["revocation", "resumption"])
@pytest.mark.parametrize("announced", ["notice_of_termination", "withdrawal", "termination", "suspension"])
@pytest.mark.parametrize("party", ["", "fr"])
def test_what_is_taken_back_in_time_never_takes_effect(revoking, announced, party):
    given = (act(announced, "2012-01-01", "fr", "2012-07-01"), act(revoking, "2012-03-01", party))

    found = status(*given, day="2012-08-01")

    assert (found.status, found.as_of, "notice" in found.sentence) == ("in_force", date(2010, 2, 1), False)


@pytest.mark.parametrize(
    "revocation",
    [
        act("revocation", "2012-07-01"),
        act("revocation", "2011-12-01"),
        act("revocation", "2012-03-01", "ca"),
        act("revocation", "2012"),
    ],
)
def test_what_is_not_surely_taken_back_in_time_by_who_gave_it_takes_effect(revocation):
    found = status(act("notice_of_termination", "2012-01-01", "fr", "2012-07-01"), revocation, day="2013-01-01")

    assert found.status == "terminated"


def test_until_it_is_revoked_a_notice_is_told():
    given = (act("notice_of_termination", "2012-01-01", "fr", "2012-07-01"), act("revocation", "2012-03-01"))

    assert "notice of termination was given" in status(*given, day="2012-02-01").sentence


def test_a_notice_without_a_known_effect_can_be_revoked():
    given = (act("notice_of_termination", "2012-01-01", "fr"), act("revocation", "2012-03-01"))

    assert status(*given, day="2012-02-01").status == "not_known"
    assert status(*given, day="2012-04-01").status == "in_force"


def test_a_resumption_of_what_was_suspended_revokes_no_notice():
    given = (
        act("suspension", "2011-01-01"),
        act("notice_of_termination", "2012-01-01", "fr", "2012-07-01"),
        act("resumption", "2012-03-01"),
    )

    assert status(*given, day="2012-08-01").status == "terminated"


@pytest.mark.parametrize("end", ["termination", "lapse", "expiry", "supersession"])
@pytest.mark.parametrize(
    ("back", "expected", "sentence"),
    [
        ("entry_into_force", "in_force", "In force since 1 January 2015."),
        ("provisional_application", "provisionally_applied", "Provisionally applied since 1 January 2015"),
    ],
)
def test_what_comes_back_after_an_end_counts_from_its_new_beginning(end, back, expected, sentence):
    given = (act(end, "2012-01-01"), act(back, "2015-01-01"))

    found = status(*given, day="2016-01-01")

    assert (found.status, found.as_of, found.start) == (expected, date(2015, 1, 1), date(2015, 1, 1))
    assert found.sentence.startswith(sentence)
    assert status(*given, day="2014-01-01").status in ("terminated", "lapsed", "expired", "superseded")


def test_what_was_suspended_before_the_end_is_not_suspended_after_it():
    given = (act("suspension", "2011-01-01"), act("termination", "2012-01-01"), act("entry_into_force", "2015-01-01"))

    assert status(*given, day="2016-01-01").status == "in_force"


def test_who_left_before_the_end_is_counted_again_after_it():
    given = (
        act("withdrawal", "2011-01-01", "fr"),
        act("entry_into_force", "2015-01-01"),
        act("withdrawal", "2018-01-01", "ca"),
    )
    case = Case((*PARTIES, "jp"), (*BEGUN, act("termination", "2012-01-01"), *given), is_bilateral=False)

    assert [period.status for period in periods_of(case)][-1] == "in_force"
