"""The guide for partner engineers, as a register serves it to them."""

from django.test import Client

from tests.architecture.source import ROOT

_GUIDE = "/api/partner/guide"


def test_a_register_serves_the_guide_to_whoever_has_no_token_yet():
    served = Client().get(_GUIDE)

    assert (served.status_code, served["Content-Type"]) == (200, "text/plain; charset=utf-8")
    assert served.content == (ROOT / "docs" / "partners.md").read_bytes()
    assert Client().get(_GUIDE, headers={"If-None-Match": served["ETag"]}).status_code == 304


def test_the_document_of_the_api_leads_to_the_guide_and_the_image_has_it():
    document = Client().get("/api/partner/openapi.json").json()

    assert _GUIDE in document["info"]["description"]
    assert "!docs/partners.md" in (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
