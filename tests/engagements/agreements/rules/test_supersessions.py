"""When an agreement first was in force, and which of several ends the one that they supersede."""

from datetime import date

import pytest

from engagements.agreements.rules import Case, Duration, Window, periods_of, read_clause, status_on
from engagements.agreements.rules.supersessions import ForceFact, entry_of, superseded_in
from tests.engagements.agreements.rules.real_clauses import THEM, US, act

SIGNED = act("signature", "2019-10-20")


def entry(*acts, **terms):
    case = Case((US, THEM), acts, **terms)
    return entry_of([ForceFact(one.start, one.is_in_force, one.status) for one in periods_of(case)])


@pytest.mark.parametrize(
    ("acts", "expected"),
    [
        ([SIGNED, act("entry_into_force", "2020-05-01")], Window.of("2020-05-01")),
        ([act("entry_into_force", "2020-05-01")], Window.of("2020-05-01")),
        ([SIGNED, act("entry_into_force", "2020-05")], Window.of("2020-05")),
        ([SIGNED, act("attestation", "2022-01-01", source="a list")], Window(date(2019, 10, 20), date(2021, 12, 31))),
        ([SIGNED], Window(date(2019, 10, 20), date.max)),
        ([], None),
        ([act("negotiation_mandate", "2019-01-01")], None),
    ],
)
def test_when_the_newer_one_was_first_in_force(acts, expected):
    assert entry(*acts) == expected


@pytest.mark.parametrize(
    ("acts", "terms", "expected"),
    [
        ([act("negotiation_mandate", "2014-05-29")], {}, None),
        ([act("initialling", "2014-05-29")], {}, None),
        ([SIGNED], {"entry_into_force": read_clause({"kind": "approval_by_all"})}, None),
        ([act("negotiation_mandate", "2014-05-29"), SIGNED], {}, Window(date(2019, 10, 20), date.max)),
    ],
)
def test_that_not_yet_has_grown_old_supersedes_nothing(acts, terms, expected):
    assert entry(*acts, attestations_hold=Duration(24), **terms) == expected


def test_the_first_of_several_ends_the_older_one():
    windows = [Window.of("2021-01-01"), None, Window.of("2020-05-01")]

    assert superseded_in(windows) == Window.of("2020-05-01")
    assert superseded_in([None]) is None


@pytest.mark.parametrize(
    ("superseded", "own", "day", "status", "sentence"),
    [
        (
            "2020-05-01", [], "2026-11-28", "superseded",
            "Superseded on 1 May 2020, by the entry into force of the agreement that supersedes it.",
        ),
        ("2020-05-01", [], "2020-04-30", "in_force", "In force since 1 March 2012."),
        (
            "2020-05", [], "2020-05-15", "not_known",
            "In force since 1 March 2012; the agreement that supersedes it entered into force in May 2020.",
        ),
        (
            "2019-10-20/9999-12-31", [], "2026-11-28", "in_force",
            "In force since 1 March 2012; one that supersedes it may be in force since 20 October 2019.",
        ),
        (
            "2020-05-01", [act("supersession", "2019-10-20")], "2019-11-01", "superseded",
            "Superseded on 20 October 2019.",
        ),
        ("2020-05-01", [act("termination", "2018-01-01")], "2026-11-28", "terminated", "Terminated on 1 January 2018."),
    ],
)  # fmt: skip
def test_the_older_one_ends_with_the_entry_into_force_of_the_newer(superseded, own, day, status, sentence):
    acts = (act("signature", "2012-02-01"), act("entry_into_force", "2012-03-01"), *own)

    found = status_on(Case((US, THEM), acts, superseded=Window.of(superseded)), date.fromisoformat(day))

    assert (found.status, found.sentence) == (status, sentence)
