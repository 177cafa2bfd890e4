"""The own page of reminders: asked for by oneself, ended by oneself."""

import pytest

from engagements.reminders.services import choice_of
from tests.factories.accounts import Register, signed_in, staff

pytestmark = pytest.mark.django_db
PAGE = "/desk/me/reminders"


def posted(client, **values):
    """Send the form as a browser does."""
    return client.generic("POST", PAGE, "&".join(f"{name}={value}" for name, value in values.items()),
                          content_type="application/x-www-form-urlencoded")  # fmt: skip


def test_reminders_are_asked_for_and_ended_on_the_own_page():
    client = signed_in("viewer")
    user = staff("viewer", email="me@example.org")
    client.force_login(user)

    assert choice_of(user) is None
    assert posted(client, monday="yes").status_code == 302
    assert (choice_of(user).morning, choice_of(user).monday) == (False, True)
    page = client.get(PAGE).content.decode()
    assert 'name="monday" value="yes" checked' in page
    assert 'name="morning" value="yes">' in page
    assert posted(client).status_code == 302
    assert (choice_of(user).morning, choice_of(user).monday) == (False, False)


def test_who_has_no_address_is_told_so():
    client = signed_in("viewer")

    answer = posted(client, morning="yes")

    assert answer.status_code == 422
    assert "e-mail address first" in answer.content.decode()
    assert choice_of(client.user) is None
    assert PAGE in client.get("/desk/me").content.decode()
    assert Register().get(PAGE).status_code == 302
