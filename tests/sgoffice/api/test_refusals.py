"""What the server refused before Django saw it is answered like everything else."""

import json

import pytest
from django.test import Client

from sgoffice.api.refusals import REFUSAL


@pytest.mark.parametrize(("slug", "status"), [("too-slow", 408), ("unavailable", 503)])
def test_refusal_of_the_server_is_a_problem_with_all_headers(slug, status):
    answer = Client().post("/api/v1/oauth/token", headers={"X-Request-ID": "mine"}, **{REFUSAL: slug})

    assert (answer.status_code, json.loads(answer.content)["type"]) == (status, f"/problems/{slug}")
    assert (answer["Retry-After"], answer["X-Request-ID"]) == ("10", "mine")
    assert answer["Content-Security-Policy"]
