"""What sessions are called in words."""

import pytest

from appointments.vocabulary import session_in_words


@pytest.mark.parametrize(
    ("number", "name"),
    [
        (None, "Session"),
        (1, "1st session"),
        (11, "11th session"),
        (12, "12th session"),
        (22, "22nd session"),
        (43, "43rd session"),
        (92, "92nd session"),
        (94, "94th session"),
        (111, "111th session"),
    ],
)
def test_sessions_are_called_as_people_call_them(number, name):
    assert session_in_words(number) == name
