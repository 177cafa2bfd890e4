"""Whether a body is a State, one of its bodies, or neither."""

import pytest

from sgoffice.places.codes import known_codes, label_of
from sgoffice.places.states import is_of_a_state, states_by_adjective
from tests.samples import some


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Ministry of Home Affairs", True),
        ("Ministère de l'Intérieur", True),
        ("Royal Canadian Mounted Police", True),
        ("NCB Kigali", True),
        ("World Jurist Foundation", False),
        ("International Police Association", False),
        ("European Police Office", False),
        ("African Union", False),
        ("New Council", False),
    ],
)
def test_a_ministry_belongs_to_a_state_and_a_foundation_does_not(body, expected):
    assert is_of_a_state(body) is expected


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("Austrian Federal Police", {"AT"}),
        ("South Korean National Police", {"KR"}),
        ("Dominican National Police", {"DM", "DO"}),
        ("Congolese National Police", {"CD", "CG"}),
        ("Guinean Ministry of Justice", {"GN", "GQ", "GW"}),
        ("Mauritian Police Force", {"MU"}),
        ("National Police", set()),
        ("Austrian Embassy", set()),
        ("Swiss Police Attaché in Austria", set()),
        ("American University of Beirut", set()),
        ("Indian Ocean Commission", set()),
    ],
)
def test_an_adjective_says_whose_body_it_is(name, codes):
    assert set(states_by_adjective(name)) == codes


@pytest.mark.parametrize("code", some(sorted(known_codes()), 9))
def test_the_police_of_a_state_is_never_said_to_be_of_others_alone(code):
    said = states_by_adjective(f"{label_of(code)} National Police")

    assert not said or code in said
