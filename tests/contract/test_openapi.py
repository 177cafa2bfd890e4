"""docs/openapi.yaml and docs/openapi-partners.yaml are what the program says of itself; `make openapi` writes them."""

from io import StringIO

import pytest
from django.core.management import call_command

from tests.architecture.source import ROOT

DOCUMENTS = {
    "openapi.yaml": {},
    "openapi-partners.yaml": {"custom_settings": "sgoffice.settings.http.PARTNER_DOCUMENT"},
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_committed_document_is_current(name):
    written = StringIO()

    call_command("spectacular", stdout=written, validate=True, fail_on_warn=True, **DOCUMENTS[name])

    committed = (ROOT / "docs" / name).read_text(encoding="utf-8")
    assert written.getvalue().strip() == committed.strip(), f"docs/{name} is stale: make openapi"
