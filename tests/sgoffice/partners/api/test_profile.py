"""GET /partner: who am I, which kinds may I have and because of what; nothing that my stream does not carry."""

import pytest
from django.test import Client

from sgoffice.changes import clock
from sgoffice.changes.door import ANY_VERSION
from sgoffice.partners import services
from sgoffice.records.actors import OFFICE
from sgoffice.records.entries import Correction
from tests.factories import partners as make
from tests.factories.agreements import agreement
from tests.factories.partners import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def partner():
    return make.partner(slug="harbour-police", contact="systems@harbour.example", kinds=("agreement", "decision"))


@pytest.fixture
def puller(partner):
    return make.Puller(partner)


def profile(puller):
    return puller.get("/api/v1/partner", headers={"Authorization": f"Bearer {puller.token}"})


def test_partner_is_told_who_it_is_and_what_it_may_have(puller, partner, settle):
    make.release(partner, condition="partner_is_named", kind="agreement")
    make.release(partner, condition="partner_is_named", kind="decision")
    make.release(partner, agreement().pk, purpose="Between us")
    agreement(marking="public")
    settle()
    clock.run_passes(NOW)

    told = profile(puller).json()

    assert (told["client_id"], told["contact"]) == ("harbour-police", "systems@harbour.example")
    assert told["kinds"] == told["scope"] == ["agreement", "decision"]
    assert told["records"] == {"agreement": 2}
    assert (told["behind"], told["pulled_at"]) == (2, None)
    assert len(told["releases"]) == 4
    assert "Between us" not in str(told)
    for name, address in told["addresses"].items():
        if name not in {"credentials", "token", "revocation"}:
            assert Client().get(address, headers={"Authorization": f"Bearer {puller.token}"}).status_code == 200, name


def test_release_of_what_the_partner_may_not_have_is_not_told(puller, partner, settle):
    before = profile(puller).json()
    released = agreement()
    waiting = make.proposal(partner, agreement().pk)
    lent = make.release(partner, released.pk)
    make.withdraw(lent)
    make.release(partner, condition="partner_is_named", kind="engagement")
    settle()

    assert waiting.state == "proposed"
    assert profile(puller).json()["releases"] == before["releases"]


def test_profile_of_a_narrow_token_tells_its_scope(partner):
    narrow = make.Puller(partner, kinds=["decision"])

    told = profile(narrow).json()
    services.correct_partner(
        partner.pk, Correction(services.PartnerEntry, {"kinds": ["agreement"]}), by=OFFICE, expected=ANY_VERSION
    )

    assert (told["kinds"], told["scope"]) == (["agreement", "decision"], ["decision"])
    assert profile(narrow).json()["scope"] == []


def test_every_answer_tells_what_is_left_of_the_rate(puller):
    first, second = profile(puller), puller.see("digest")
    limit = first.json()["limits"]["requests_a_minute"]

    assert first["RateLimit-Policy"] == f'"actor";q={limit};w=60'
    left = [int(answer["RateLimit"].split(";")[1].removeprefix("r=")) for answer in (first, second)]
    assert left == [limit - 1, limit - 2]
