"""A cursor that another key signed leads to the snapshot: its partner can only begin again."""

import pytest
from django.core.signing import Signer

from sgoffice.feed import queries
from sgoffice.partners.services import cursors, encode_cursor
from tests.factories import partners as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def partner():
    return make.partner()


@pytest.fixture
def puller(partner):
    return make.Puller(partner)


def test_cursor_of_another_key_leads_to_the_snapshot(puller, partner, monkeypatch):
    monkeypatch.setattr(cursors, "_signer", Signer(key="another", salt="partner-cursor"))
    cursor = encode_cursor(partner.pk, queries.current_position(partner.pk))
    monkeypatch.undo()

    answer = puller.see(f"changes?cursor={cursor}")

    assert (answer.status_code, answer.json()["type"]) == (410, "/problems/cursor-expired")
    assert "another key" in answer.json()["detail"]
    assert answer.json()["snapshot"].endswith("/api/v1/partner/snapshot")
