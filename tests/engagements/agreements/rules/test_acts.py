"""The table of acts is whole: every kind has its row, and says what each of its columns needs."""

from datetime import date

import pytest

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
