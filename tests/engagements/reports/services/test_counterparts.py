"""What a brief says of a country: since when and until when it is a member, and whether a source states it."""

import pytest

from engagements.reports.services.counterparts import about, counterpart_of
from sgoffice.directory.models import Country

STATED, INFERRED = {"verification": "primary"}, {"verification": "inferred"}
INTERPOL = "INTERPOL"


@pytest.mark.parametrize(
    ("membership", "said"),
    [
        ({"is_member": True}, "member"),
        ({"is_member": True, "since": "1956-06"}, "member since June 1956"),
        ({"is_member": True, "since": "1947", "until": "1950-07-03"}, "member from 1947 until 3 July 1950"),
        ({"is_member": True, "until": "1950"}, "member until 1950"),
        ({"is_member": False}, "not a member"),
    ],
)
def test_a_membership_says_since_when_and_until_when(membership, said):
    country = Country(code="AT", name="Austria", memberships=[{"organization": INTERPOL, **membership}])

    assert facts(country) == {INTERPOL: said}


def facts(country):
    return {one.about: one.text for one in about(counterpart_of(country, family=())) if one.about != "Code"}


@pytest.mark.parametrize(
    ("sources", "said"),
    [
        ([], "member"),
        ([STATED], "member"),
        ([INFERRED], "member (inferred)"),
        ([INFERRED | {"supports": ["/memberships"]}, STATED | {"supports": ["/names"]}], "member (inferred)"),
        ([INFERRED | {"supports": ["/memberships"]}, STATED | {"supports": ["/memberships/0"]}], "member"),
        ([INFERRED, STATED | {"supports": ["/memberships/01"]}], "member (inferred)"),
    ],
)
def test_a_membership_that_no_source_states_says_that_it_is_inferred(sources, said):
    country = Country(
        code="AT", name="Austria", sources=sources, memberships=[{"organization": INTERPOL, "is_member": True}]
    )

    assert facts(country) == {INTERPOL: said}
