"""What the server refused before Django saw it is answered like everything else."""

import json

import pytest
from django.test import Client

from sgoffice.api.refusals import REFUSAL
from sgoffice.records.models import TraceItem
from tests.factories.accounts import signed_in


@pytest.mark.parametrize("role", ["approver", ""])
@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/engagements/%00",
        "/api/v1/engagements?q=%00",
        "/api/v1/search?q=a%00b",
        "/api/v1/partner/changes?cursor=%00",
        "/admin/engagements/engagement/?q=%00",
        "/admin/engagements/engagement/%00/change/",
        "/admin/login/?next=%00",
        "/desk/engagements/%00",
        "/desk/?day=%00",
        "/calendars/%00.ics",
        "/password/%00",
        "/problems/%00",
        "/%00",
    ],
)
@pytest.mark.django_db
def test_an_address_with_a_nul_is_refused_everywhere(path, role):
    client = signed_in(role) if role else Client()

    answer = client.get(path, headers={"Authorization": "Bearer sgo_guess"} if not role else {})

    assert (answer.status_code, answer.json()["type"]) == (400, "/problems/malformed")
    assert not TraceItem.objects.exists()


@pytest.mark.django_db
def test_a_percent_sign_before_two_zeros_is_no_nul():
    assert signed_in("viewer").see("search?q=%2500").status_code == 200


@pytest.mark.parametrize(("slug", "status"), [("too-slow", 408), ("unavailable", 503)])
def test_refusal_of_the_server_is_a_problem_with_all_headers(slug, status):
    answer = Client().post("/api/v1/oauth/token", headers={"X-Request-ID": "mine"}, **{REFUSAL: slug})

    assert (answer.status_code, json.loads(answer.content)["type"]) == (status, f"/problems/{slug}")
    assert (answer["Retry-After"], answer["X-Request-ID"]) == ("10", "mine")
    assert answer["Content-Security-Policy"]
