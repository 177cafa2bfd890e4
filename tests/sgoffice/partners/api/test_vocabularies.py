"""Our words in others' vocabularies: the table names what there is, the page and the context are made from it."""

import json

import pytest
from django.test import Client
from rdflib import Graph, Literal, URIRef

from sgoffice.documents.publications import description_of, publications
from sgoffice.partners.api.vocabularies import meanings
from tests.architecture.vocabulary_page import PAGE, page
from tests.factories import engagements as engage
from tests.factories import partners as make
from tests.factories.agreements import in_force_since

CONTEXT = "/api/partner/context.jsonld"


def has(description, path):
    for name in path.split("."):
        field = description.fields.get(name)
        if field is None:
            return False
        description = getattr(field, "child", field)
    return True


def test_table_has_every_document_and_no_member_that_there_is_not():
    kinds = {one.contract: kind for kind, one in publications().items()}
    wrong = [
        (one.schema, one.member)
        for one in meanings()
        if one.schema not in kinds or (one.member and not has(description_of(kinds[one.schema])(), one.member))
    ]

    assert wrong == []
    assert {one.schema for one in meanings() if not one.member} == set(kinds)


def test_a_member_means_one_thing_wherever_it_stands():
    found = {}
    for one in meanings():
        if one.member and one.schema_org:
            found.setdefault(one.name, set()).add(one.schema_org)

    assert {name: terms for name, terms in found.items() if len(terms) > 1} == {}


def test_page_is_made_from_the_table():
    assert PAGE.read_text(encoding="utf-8") == page()


@pytest.mark.django_db
@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of the processor's own classes
def test_a_processor_reads_a_document_in_words_of_others(settle):
    puller = make.Puller(make.partner())
    agreement = in_force_since("2009-04-26", marking="public", title="On data", titles={"fr": "Sur les données"})
    text = engage.text(agreement, marking="public")
    settle()

    answer = puller.see(f"agreements/{agreement.pk}")
    served = Client().get(CONTEXT)
    graph = Graph()
    graph.parse(data=json.dumps(served.json() | answer.json()), format="json-ld")
    said = {(str(verb).removeprefix("https://schema.org/"), value) for _, verb, value in graph}

    assert served["Content-Type"] == "application/ld+json"
    assert f'<http://testserver{CONTEXT}>; rel="http://www.w3.org/ns/json-ld#context"' in answer["Link"]
    assert {
        ("name", Literal("On data")),
        ("alternateName", Literal("Sur les données", lang="fr")),
        ("legislationDate", Literal("2009-04-26")),
        ("sha256", Literal(text.sha256)),
        ("inLanguage", Literal("en")),
    } <= said
    assert all(not isinstance(value, URIRef) for _, value in said)
    assert Client().get(CONTEXT, headers={"If-None-Match": served["ETag"]}).status_code == 304
