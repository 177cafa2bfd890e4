"""The inputs of the admin's forms."""

import re

import pytest

from sgoffice.accounts.models import User
from sgoffice.accounts.services import choose_language
from tests.factories.accounts import signed_in, staff

pytestmark = pytest.mark.django_db


def test_readers_are_offered_by_name_whoever_was_active_last():
    for user in [staff("viewer"), staff("viewer")]:
        choose_language(user, "fr")
    choose_language(User.objects.order_by("username")[0], "en")  # written last, its row stands last in the table

    page = signed_in("officer").get("/admin/engagements/engagement/add/").content.decode()

    [box] = re.findall(r'<select name="readers".*?</select>', page, re.DOTALL)
    names = re.findall(r"<option[^>]*>([^<]+)</option>", box)
    assert len(names) > 2
    assert names == sorted(names)
