"""The changelog of documents tells what there is, and nothing is added without an entry."""

from datetime import UTC, datetime

import pytest

from sgoffice.documents.publications import description_of, publications
from sgoffice.partners.api.changelog import contract_changes
from sgoffice.partners.api.deprecations import Deprecation
from sgoffice.partners.api.exchange import PartnerView
from tests.factories import partners as make


@pytest.mark.parametrize("kind", sorted(publications()))
def test_every_member_of_a_document_came_with_an_entry(kind):
    publication = publications()[kind]
    own = [one for one in contract_changes() if one.schema == publication.contract]
    told = [member for one in own for member in one.members]

    fields = description_of(kind)().fields
    assert sorted(one for one in told if "." not in one) == sorted(fields)
    for member, below in (one.split(".") for one in told if "." in one):
        assert below in fields[member].child.fields
    assert [one.change for one in own] == ["new", *["added"] * (len(own) - 1)]


def test_entries_are_in_order_and_about_documents_that_there_were():
    days = [one.on for one in contract_changes()]

    assert days == sorted(days)
    assert {one.change for one in contract_changes()} <= {"new", "added"}
    assert {one.contract for one in publications().values()} <= {one.schema for one in contract_changes()}


@pytest.mark.django_db
def test_partners_read_what_is_sent_since_when_and_what_ends(monkeypatch):
    puller = make.Puller(make.partner())
    ending = Deprecation(
        "partner-digest", datetime(2027, 1, 1, tzinfo=UTC), datetime(2027, 9, 1, tzinfo=UTC), "https://x"
    )
    monkeypatch.setattr(PartnerView, "deprecations", (ending,))

    answer = puller.see("changelog")
    told = answer.json()

    assert {"schema": "attachment/1", "kind": "attachment", "since": "2026-11-30"} in told["schemas"]
    assert [one["on"] for one in told["changes"]] == sorted((one["on"] for one in told["changes"]), reverse=True)
    assert told["endings"] == [
        {
            "address": "/api/v1/partner/digest",
            "announced_at": "2027-01-01T00:00:00Z",
            "ends_at": "2027-09-01T00:00:00Z",
            "instead": "https://x",
        }
    ]
    assert puller.see("changelog", **{"If-None-Match": answer["ETag"]}).status_code == 304
