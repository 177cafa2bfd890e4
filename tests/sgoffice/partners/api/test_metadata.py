"""The metadata of the authorization server lead a library to every address, and name nothing that there is not."""

import pytest
from django.test import Client

from sgoffice.documents.publications import publications

pytestmark = pytest.mark.django_db


def test_metadata_name_addresses_that_answer():
    answer = Client().get("/.well-known/oauth-authorization-server?any=thing")

    told = answer.json()
    assert (answer.status_code, answer["Content-Type"], told["issuer"]) == (
        200,
        "application/json",
        "http://testserver",
    )
    assert set(told["scopes_supported"]) == set(publications())
    for name in ("token_endpoint", "revocation_endpoint"):
        assert told[name].startswith(told["issuer"] + "/")
        refused = Client().post(told[name], {"grant_type": "client_credentials"}, content_type="application/json")
        assert refused.json()["error"] == "invalid_client"
    assert Client().get(told["service_documentation"]).status_code == 200
