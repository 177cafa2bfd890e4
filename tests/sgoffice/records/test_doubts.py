"""When a record is uncertain, and what is said of it."""

from types import SimpleNamespace

import pytest

from sgoffice.records.doubts import is_uncertain, remarks_on


def record(*verifications, conflicts=(), caveats=()):
    sources = [{"verification": one} for one in verifications]
    return SimpleNamespace(sources=sources, conflicts=list(conflicts), caveats=list(caveats))


@pytest.mark.parametrize(
    ("verifications", "uncertain"),
    [
        ((), False),
        (("primary",), False),
        (("secondary",), False),
        (("inferred", "secondary"), False),
        (("inferred",), True),
        (("unverified", "inferred"), True),
    ],
)
def test_a_secondary_source_is_no_doubt_and_an_inference_is(verifications, uncertain):
    assert is_uncertain(record(*verifications)) is uncertain


def test_a_contradiction_is_a_doubt_whatever_the_source():
    assert is_uncertain(record("primary", conflicts=[{"pointer": "/held", "value": "2025"}]))


@pytest.mark.parametrize(
    ("conflict", "sentence"),
    [
        (
            {"pointer": "/held", "value": "2025-04-02", "source": "A newspaper"},
            "Held: 2 April 2025, according to A newspaper.",
        ),
        ({"pointer": "/held", "value": "2025-04"}, "Held: April 2025, according to another source."),
        ({"pointer": "/held", "value": "2025-04-02?"}, "Held: 2025-04-02?, according to another source."),
        (
            {"pointer": "/participants/0/title", "value": "Deputy Minister.", "source": "The minutes"},
            "Title: Deputy Minister, according to The minutes.",
        ),
        ({"pointer": "/expected_end", "value": "five years"}, "Expected end: five years, according to another source."),
    ],
)
def test_what_others_state_is_said_with_its_source(conflict, sentence):
    assert remarks_on(record(conflicts=[conflict], caveats=["The place is inferred."])) == (
        sentence,
        "The place is inferred.",
    )
