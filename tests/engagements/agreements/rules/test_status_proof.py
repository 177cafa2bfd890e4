"""Which acts prove where an agreement stands on a day."""

from datetime import date

import pytest
from hypothesis import given, settings

from engagements.agreements.rules import ActFact, Case, Window, proof_of, read_clause, status_on
from tests.engagements.agreements.rules.test_status import cases, days


def act(kind, when, **values):
    return ActFact(kind=kind, date=Window.of(when), **values)


def signed(when, **values):
    return act("signature", when, **values)


BROUGHT = (signed("2009-02-25"), act("entry_into_force", "2009-04-26"))


@pytest.mark.parametrize(
    ("acts", "day", "kinds"),
    [
        (BROUGHT, "2008-01-01", []),
        ((signed("2009-02-25"), act("milestone", "2009-03-01")), "2009-03-05", ["signature"]),
        ((signed("2009-02-25", party="A"), signed("2009-02-26", party="B")), "2009-03-05", ["signature"] * 2),
        (BROUGHT, "2010-01-01", ["entry_into_force"]),
        # that it is not in force yet is proved by the day on which it entered into force
        (BROUGHT, "2009-03-05", ["signature", "entry_into_force"]),
        (tuple(act("attestation", year, source="S") for year in ("2018", "2020")), "2022-01-01", ["attestation"]),
        # none of two acts that say the same is needed alone
        ((signed("2009-02-25"), signed("2009-02-25", source="S")), "2010-01-01", ["signature"] * 2),
        # what may have happened is why nothing is known
        ((signed("2009"),), "2009-06-01", ["signature"]),
        ((signed("2009"), act("entry_into_force", "2009")), "2009-06-01", ["signature", "entry_into_force"]),
    ],
)  # fmt: skip
def test_the_acts_that_prove_a_day(acts, day, kinds):
    case = Case(parties=("A", "B"), acts=acts)

    assert [case.acts[place].kind for place in proof_of(case, date.fromisoformat(day))] == kinds


def test_what_the_clause_waited_for_proves_that_it_is_in_force():
    clause = read_clause({"kind": "signature_by_all", "after": "P60D"})
    acts = (signed("2009-02-25", party="A"), signed("2009-02-26", party="B"), act("registration", "2009-03-01"))
    case = Case(parties=("A", "B"), acts=acts, entry_into_force=clause)

    assert proof_of(case, date(2010, 1, 1)) == [0, 1]


@settings(deadline=None)
@given(cases, days)
def test_a_status_that_is_computed_or_attested_has_its_proof_or_a_term(case, day):
    period = status_on(case, day)
    by_a_term = case.expires is not None or case.entry_into_force is not None

    assert period.basis == "not_known" or proof_of(case, day) or by_a_term
