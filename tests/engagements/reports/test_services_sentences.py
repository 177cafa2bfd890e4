"""What people are shown of the shipped facts is what somebody has read against the data."""

import pytest

from tests.engagements.reports.sentences import FILE, sentences

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded_register")]


def test_nothing_is_said_that_nobody_has_read():
    assert list(sentences()) == FILE.read_text(encoding="utf-8").splitlines()
