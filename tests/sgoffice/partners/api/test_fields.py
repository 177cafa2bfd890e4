"""`fields=`: less of each document, wherever documents are read, and the same digest."""

import json

import pytest

from sgoffice.documents.publications import description_of, publications
from sgoffice.partners.api.fields import ALWAYS
from tests.factories import engagements as engage
from tests.factories import partners as make
from tests.factories.agreements import in_force_since


@pytest.mark.parametrize("kind", sorted(publications()))
def test_every_member_of_a_document_is_in_one_group(kind):
    description = description_of(kind)()
    grouped = [member for members in description.groups.values() for member in members]

    assert sorted([*ALWAYS, *grouped]) == sorted(description.fields)


@pytest.mark.django_db
def test_documents_have_what_is_asked_for_everywhere_and_keep_their_digest(settle):
    puller = make.Puller(make.partner())
    agreement = in_force_since(marking="public", title="On data")
    engage.text(agreement, marking="public")
    settle()
    puller.pull()
    narrow = {"id": str(agreement.pk), "reference": agreement.reference, "title": "On data"}
    narrow |= {"titles": {}, "instrument": "cooperation_agreement", "scope": []}

    def lines(path):
        body = puller.see(path).getvalue()
        return [json.loads(line) for line in body.splitlines()][:-1]

    found = [
        puller.see(f"records/{agreement.pk}?fields=names").json(),
        puller.see("changes?fields=names").json()["changes"][0],
        puller.see("snapshot?fields=names&format=json&kind=agreement").json()["changes"][0],
        lines("changes?fields=names&format=jsonl")[0],
        lines("snapshot?fields=names&kind=agreement")[0],
    ]
    kept = puller.copy[str(agreement.pk)]
    assert [one["document"] for one in found] == [narrow] * 5
    assert {one["digest"] for one in found} == {kept["digest"]}
    assert puller.see("agreements?fields=names").json()["results"] == [narrow]
    assert puller.see(f"agreements/{agreement.pk}?fields=names").json() == narrow
    both = puller.see(f"agreements/{agreement.pk}?fields=texts,names").json()
    assert set(both) == {*narrow, "texts", "attachments"}
    assert {key: both[key] for key in narrow} == narrow
    assert both["attachments"] == kept["document"]["attachments"]

    tags = {puller.see(f"{path}{query}")["ETag"] for path in ("changes", f"agreements/{agreement.pk}")
            for query in ("", "?fields=names", "?fields=texts")}  # fmt: skip
    assert len(tags) == 6
    refused = puller.see("changes?fields=names,moon")
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (400, "/fields")
    assert "names" in refused.json()["errors"][0]["detail"]


@pytest.mark.django_db
def test_cursor_does_not_remember_fields(settle):
    puller = make.Puller(make.partner())
    for _ in range(2):
        in_force_since(marking="public")
    settle()
    puller.pull()

    first = puller.see("changes?fields=status&limit=1").json()
    [line] = puller.see(f"changes?limit=1&cursor={first['cursor']}").json()["changes"]

    assert "parties" not in first["changes"][0]["document"]
    assert line["document"] == puller.copy[line["id"]]["document"]
