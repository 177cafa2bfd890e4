"""The table of acts is whole: every kind has its row with what its columns need; what contradicts an end is told."""

from datetime import date

import pytest

from engagements.agreements.rules import ActFact, Case, Window, status_on
from engagements.agreements.rules.acts import ACTS
from engagements.agreements.rules.entry_rules import require_step
from engagements.agreements.vocabulary import ActKind, Status
from sgoffice.records.errors import RuleViolation


def test_every_kind_of_act_has_its_row():
    assert set(ACTS) == set(ActKind)


@pytest.mark.parametrize("kind", list(ActKind))
def test_a_row_has_the_words_that_its_sentences_need(kind):
    rule = ACTS[kind]

    assert bool(rule.verb) == (rule.effect is not None and kind != ActKind.ATTESTATION)
    assert bool(rule.refusal) == (rule.allowed_in != frozenset(Status))
    assert not rule.article or rule.refusal


@pytest.mark.parametrize(
    ("kind", "status", "detail"),
    [
        (
            ActKind.SIGNATURE,
            Status.TERMINATED,
            "It was terminated by 1 March 2020, so it cannot be signed. Why. If the record is wrong, correct its acts.",
        ),
        (
            ActKind.RESUMPTION,
            Status.IN_FORCE,
            "On 1 March 2020 it is in force, so it cannot be resumed. Why. If the record is wrong, correct its acts.",
        ),
    ],
)
def test_a_refusal_reads_as_people_write(kind, status, detail):
    with pytest.raises(RuleViolation) as refused:
        require_step(kind, status, "Why.", on=date(2020, 3, 1))

    assert str(refused.value) == detail
    assert refused.value.rule == "step-not-allowed-in-status"


def act(kind, day, party="", effect=None, **values):
    return ActFact(kind, Window.of(day), Window.of(effect) if effect else None, party=party, **values)


TWO = ("US", "RU")
EXPIRED = (act("entry_into_force", "2010-01-01"), act("expiry", "2012-01-01"))
TERMINATED = (act("entry_into_force", "2010-01-01"), act("termination", "2012-01-01"))


@pytest.mark.parametrize(
    "acts",
    [
        (*EXPIRED, act("supersession", "2015-01-01")),
        (*TERMINATED, act("withdrawal", "2011-10-01", "US", "2013-01-01")),
    ],
)
def test_what_agrees_with_an_end_is_not_said_to_contradict_it(acts):
    assert "contradicts" not in status_on(Case(TWO, acts), date(2016, 1, 1)).sentence


@pytest.mark.parametrize(
    "acts",
    [
        (*TERMINATED, act("supersession", "2015-01-01")),
        (*TERMINATED, act("withdrawal", "2013-10-01", "US", "2014-01-01")),
        (*TERMINATED, act("suspension", "2013-01-01"), act("attestation", "2014-01-01", attests="terminated")),
    ],
)
def test_what_contradicts_an_end_is_said_whatever_is_stated_after_it(acts):
    assert "which contradicts it" in status_on(Case(TWO, acts), date(2016, 1, 1)).sentence
