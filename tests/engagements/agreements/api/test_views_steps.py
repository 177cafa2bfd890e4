"""The steps of an agreement over HTTP: each records its act, or is refused with the reason."""

import pytest

from tests.factories import agreements as make
from tests.factories.accounts import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return signed_in("officer")


STEPS = {
    "acts": {"kind": "milestone", "date": "2009"},
    "initial": {"date": "2009-01-01"},
    "sign": {"date": "2009-01-01"},
    "approve": {"date": "2009-01-01"},
    "ratify": {"date": "2009-01-01", "kind": "acceptance"},
    "notify": {"date": "2009-01-01"},
    "apply-provisionally": {"date": "2009-01-01", "until": "2010-01-01"},
    "bring-into-force": {"date": "2009-01-01"},
    "suspend": {"date": "2009-01-01", "until": "2010-01-01"},
    "renew": {"date": "2009-01-01", "until": "2020-01-01"},
    "give-notice": {"date": "2009-01-01", "date_of_effect": "2010-01-01"},
    "withdraw": {"date": "2009-01-01"},
    "terminate": {"date": "2009-01-01", "date_of_effect": "2010-01-01"},
    "lapse": {"date": "2009-01-01"},
    "attest": {"date": "2009-01-01", "source": "a list", "attests": "in_force"},
}


@pytest.mark.parametrize("step", STEPS)
def test_each_step_records_its_act(officer, step):
    agreement = make.agreement()

    answer = officer.enter(f"agreements/{agreement.pk}/{step}", STEPS[step], **{"If-Match": '"1"'})

    assert answer.status_code == 200, answer.content
    assert len(answer.json()["acts"]) == 1
    assert answer.json()["version"] == 2


def test_resume_and_supersede(officer):
    agreement, newer = make.in_force_since("2005-01-01"), make.in_force_since("2019-01-01")
    path = f"agreements/{agreement.pk}"

    suspended = officer.enter(f"{path}/suspend", {"date": "2010-01-01"}, **{"If-Match": '"1"'})
    resumed = officer.enter(f"{path}/resume", {"date": "2011-01-01"}, **{"If-Match": suspended.headers["ETag"]})
    superseded = officer.enter(
        f"{path}/supersede",
        {"date": "2019-01-01", "by_agreement": str(newer.pk)},
        **{"If-Match": resumed.headers["ETag"]},
    )

    assert superseded.status_code == 200, superseded.content
    assert [period["status"] for period in superseded.json()["periods"]] == [
        "not_known", "in_force", "suspended", "in_force", "superseded",
    ]  # fmt: skip
    links = officer.see(f"{path}/links").json()["results"]
    assert [(link["relation"], link["direction"]) for link in links] == [("supersedes", "from")]


def test_a_step_needs_if_match_and_the_present_version(officer):
    agreement = make.in_force_since("2005-01-01")
    path = f"agreements/{agreement.pk}/suspend"

    assert officer.enter(path, {"date": "2010-01-01"}).status_code == 428
    assert officer.enter(path, {"date": "2010-01-01"}, **{"If-Match": '"7"'}).status_code == 412


def test_a_step_out_of_place_is_409_and_says_why(officer):
    agreement = make.in_force_since("2005-01-01")

    answer = officer.enter(f"agreements/{agreement.pk}/resume", {"date": "2010-01-01"}, **{"If-Match": '"1"'})

    assert answer.status_code == 409
    assert answer.json()["rule"] == "step-not-allowed-in-status"
    assert "Article 72" in answer.json()["basis"]
    assert "In force since 1 January 2005" in answer.json()["detail"]


def test_a_refused_step_points_into_its_own_body(officer):
    agreement = make.in_force_since("2005-01-01")
    path = f"agreements/{agreement.pk}"

    nameless = officer.enter(f"{path}/attest", {"date": "2010-01-01"}, **{"If-Match": '"1"'})
    unknown = officer.enter(
        f"{path}/approve", {"date": "2010-01-01", "decision": str(agreement.pk)}, **{"If-Match": '"1"'}
    )

    assert (nameless.status_code, nameless.json()["errors"][0]["pointer"]) == (409, "/source")
    assert (unknown.status_code, unknown.json()["errors"][0]["pointer"]) == (400, "/decision")
