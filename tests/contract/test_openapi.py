"""docs/openapi.yaml and docs/openapi-partners.yaml are what the program says of itself; `make openapi` writes them."""

from io import StringIO

import pytest
import yaml
from django.core.management import call_command

from sgoffice.api.schema.answers import successes
from tests.architecture.source import ROOT
from tests.contract.operations import registry_of, validator_in

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


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_answer_that_succeeds_with_json_shows_an_example_of_its_shape(name):
    document = yaml.load((ROOT / "docs" / name).read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    shown, shapes = document["components"]["examples"], registry_of(document)
    answers = [
        (f"{method} {path}", shape, content)
        for path, item in document["paths"].items()
        for method, operation in item.items()
        for shape, content in successes(operation)
    ]
    wrong = {
        shape: error.message
        for shape, one in shown.items()
        for error in validator_in(shapes, f"#/components/schemas/{shape}").iter_errors(one["value"])
    }

    assert len(answers) > 10
    assert [where for where, _, content in answers if not content.get("examples")] == []
    assert wrong == {}
