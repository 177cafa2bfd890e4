"""Who among the staff is meant by a user name, an e-mail address or a name."""

import pytest

from sgoffice.accounts.services import find_member_of_staff
from tests.factories.accounts import staff

pytestmark = pytest.mark.django_db


def meant(text):
    found = find_member_of_staff(text, staff().as_actor(), None)
    return found.sure and found.sure.id, {one.id for one in found.candidates}


def test_each_name_of_somebody_means_them():
    jane = staff(display_name="Jane Doe", email="jane@office.example")

    for text in (jane.username.upper(), "JANE@office.example", "jane  dóe"):
        assert meant(text) == (jane.pk, set())
    assert meant("jane-office.example") == (None, set())


def test_nobody_takes_the_place_of_another_by_a_name_of_another_kind():
    jane = staff(display_name="Jane Doe")
    other = staff(display_name="Somebody", email="Jane Doe")

    assert meant("Jane Doe") == (None, {jane.pk, other.pk})
