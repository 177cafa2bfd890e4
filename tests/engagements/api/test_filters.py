"""Filters of /engagements over HTTP."""

import pytest

from tests.factories import engagements as make
from tests.factories.accounts import signed_in

pytestmark = pytest.mark.django_db


def test_format_is_the_form_of_an_answer_and_never_a_filter():
    officer = signed_in("officer")
    virtual, _ = make.engagement(meeting_format="virtual"), make.engagement()

    listed = officer.see("engagements?meeting_format=virtual").json()["results"]

    assert [item["id"] for item in listed] == [str(virtual.pk)]
    assert officer.see("engagements?format=virtual").status_code == 400
