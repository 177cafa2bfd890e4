"""What partners get is what its serializer describes, member by member, so that no change of it goes unseen."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from rest_framework import serializers

from sgoffice.documents import publications
from sgoffice.feed.storage import UPSERT, Document
from sgoffice.records.entries import Source
from sgoffice.records.models import Entry
from tests.architecture.shapes import nested_in
from tests.factories import agreements, engagements

KINDS = sorted(publications.publications())


@pytest.mark.parametrize("kind", KINDS)
def test_every_member_of_a_document_says_what_it_means(kind):
    document = publications.description_of(kind)()

    silent = [
        f"{type(shape).__name__}.{name}"
        for shape in (document, *nested_in(document))
        for name, field in shape.fields.items()
        if not field.help_text
    ]

    assert silent == []


@pytest.mark.django_db
@pytest.mark.usefixtures("loaded_register")
class TestLoaded:
    """Over every published record of the shipped facts, and one of each kind in which nothing is missing."""

    @pytest.mark.parametrize("kind", KINDS)
    def test_what_partners_get_is_what_is_described(self, kind):
        fill_gaps()
        description = publications.description_of(kind)()
        wrong: set[str] = set()
        seen: set[str] = set()

        for shown in published(kind):
            for path, fault in compared(shown, description):
                seen.add(path)
                wrong |= {f"{path}: {fault}"} if fault else set()

        assert sorted(wrong) == []
        assert sorted(paths(description) - seen) == []


def fill_gaps() -> None:
    """Enter what the facts have none of."""
    agreement = agreements.in_force_since(
        focal_points=(agreements.services.FocalPointEntry(name="Legal affairs"),),
        texts=(agreements.services.TextEntry(url="https://example.org/text.pdf"),),
    )
    about = engagements.engagement(marking="public", allow_duplicate=True)
    source = Source(url="https://example.org/readout", title="Readout", verification="primary")
    engagements.paper(about, text="They met.", issued_on=date(2024, 5, 16), sources=(source,))
    agreements.relate(agreement, "supplements", agreements.agreement())
    engagements.text(agreement, sources=(source,))


def published(kind: str) -> Iterator[dict[str, Any]]:
    publication = publications.publications()[kind]
    ids = list(Entry.objects.filter(kind=kind).values_list("pk", flat=True))
    for document in publications.build_documents(publication, ids):
        if document.op == UPSERT:
            yield as_shown(document)


def as_shown(document: Document) -> dict[str, Any]:
    """The document of a partner who may have all that it mentions."""
    shown: dict[str, Any] = json.loads(document.body)
    for mention in document.mentions:
        shown[mention.member].append(json.loads(mention.body))
    return shown


def compared(value: Any, field: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield the path of each value that is there, with what is wrong about it, if anything."""
    if value is None:
        yield path, "" if field.allow_null else "null"
    elif isinstance(field, serializers.ListSerializer):
        for item in value:
            yield from compared(item, field.child, path)
    elif isinstance(field, serializers.Serializer):
        yield path, ", ".join(sorted(set(value) ^ set(field.fields)))
        for name in value.keys() & field.fields.keys():
            yield from compared(value[name], field.fields[name], f"{path}/{name}")
    elif isinstance(field, serializers.ChoiceField):
        is_known = value in field.choices or (value == "" and field.allow_blank)
        yield path, "" if is_known else f"{value!r} is no choice"
    else:
        yield path, "" if isinstance(value, _type_of(field)) else f"{value!r} is no {type(field).__name__}"


def _type_of(field: Any) -> type:
    kinds = {serializers.BooleanField: bool, serializers.IntegerField: int, serializers.ListField: list}
    found = next((known for kind, known in kinds.items() if isinstance(field, kind)), str)
    return dict if type(field).__name__ == "ByLanguage" else found


def paths(field: Any, path: str = "") -> set[str]:
    """Return the paths of all objects inside a document."""
    field = field.child if isinstance(field, serializers.ListSerializer) else field
    if not isinstance(field, serializers.Serializer):
        return set()
    return {path}.union(*(paths(below, f"{path}/{name}") for name, below in field.fields.items()))
