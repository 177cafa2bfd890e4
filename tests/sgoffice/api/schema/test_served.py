"""The API documents are made once, and sent only to who does not have them."""

import gzip
import json

import pytest
from django.test import Client

from sgoffice.api.schema import served

ADDRESSES = ["/api/openapi.json", "/api/partner/openapi.json"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_document_has_an_etag_and_comes_compressed(address):
    plain = Client().get(address)
    packed = Client().get(address, headers={"Accept-Encoding": "br, gzip"})

    assert json.loads(plain.content)["openapi"].startswith("3.1")
    assert (gzip.decompress(packed.content), packed["Content-Encoding"]) == (plain.content, "gzip")
    assert len(packed.content) * 5 < len(plain.content)
    assert "Accept-Encoding" in plain["Vary"]
    assert plain["ETag"] != packed["ETag"]
    for answer in (plain, packed):
        again = Client().get(address, headers={"If-None-Match": answer["ETag"]})
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", plain["ETag"])
    assert Client().get(address, headers={"Accept-Encoding": "gzip;q=0, br"}).content == plain.content


def test_documents_differ_and_are_made_once():
    bodies = {Client().get(address).content for address in ADDRESSES * 2}

    assert len(bodies) == 2
    assert served.api_document.cache_info().currsize == 2
    before = served.api_document.cache_info().misses
    Client().get(ADDRESSES[0])
    assert served.api_document.cache_info().misses == before
