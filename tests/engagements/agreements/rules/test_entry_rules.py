"""A step that changes nothing is refused; that a party consents for the first time changes something."""

from datetime import date

import pytest

from engagements.agreements.rules import Case
from engagements.agreements.rules.entry_rules import require_effect
from sgoffice.records.errors import RuleViolation
from tests.engagements.agreements.rules.real_clauses import THEM, THIRD, US, act

SIGNED, FORCE = act("signature", "2010-01-01"), act("entry_into_force", "2010-02-01")
RATIFIED = act("ratification", "2012-01-01", THIRD)


def after(*acts, is_bilateral=True):
    return Case((US, THEM) if is_bilateral else (US, THEM, THIRD), acts, is_bilateral)


@pytest.mark.parametrize("kind", ["ratification", "acceptance", "accession", "notification"])
@pytest.mark.parametrize("party", [US, THEM])
def test_the_first_consent_or_notification_of_a_party_is_news_without_a_clause_too(kind, party):
    require_effect(kind, after(FORCE), after(FORCE, act(kind, "2012-01-01", party)), on=date(2012, 1, 1))


@pytest.mark.parametrize(
    ("before", "step"),
    [
        ([FORCE, act("ratification", "2011-01-01", THEM)], act("ratification", "2012-01-01", THEM)),
        ([SIGNED, FORCE], act("resumption", "2012-01-01")),
        ([SIGNED, FORCE, act("termination", "2011-01-01")], act("suspension", "2012-01-01")),
        ([SIGNED, FORCE], act("milestone", "2012-01-01")),
    ],
)
def test_what_changes_nothing_is_refused_with_the_reason(before, step):
    with pytest.raises(RuleViolation, match="changes nothing") as refused:
        require_effect(step.kind, after(*before), after(*before, step), on=date(2012, 1, 1))

    assert refused.value.rule == "step-changes-nothing"
