"""Stored documents of the loaded register: each is its record, knows whose names it shows, and changes in sight."""

import json
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sgoffice import documents, history
from sgoffice.api.serializers import ReferenceSerializer
from sgoffice.records.models import Document, Entry, Record
from tests.architecture.shapes import SHAPES, nested_in, shapes, without_another_renderer

#: Ids inside a document that are no names: they never change, so nothing has to follow them.
_PLAIN = {"id", "kind", "position"}


def kinds() -> list[str]:
    return sorted(documents.recipes())


def concrete_records() -> list[type[Record]]:
    return [model for model in apps.get_models() if issubclass(model, Record)]


def test_every_kind_of_record_has_a_document():
    assert kinds() == sorted(model.record_kind for model in concrete_records())


def test_only_unmarked_records_of_the_directory_kind_are_embedded():
    assert [model.__name__ for model in concrete_records() if model.is_embedded and model.is_marked] == []


@pytest.mark.parametrize("kind", kinds())
def test_what_shows_another_records_name_is_a_reference(kind):
    """A nested serializer over another record must note what it embeds, or a rename would miss it."""
    shape = documents.recipes()[kind].shape()

    nested = [field for field in nested_in(shape) if _model(field) is not None and issubclass(_model(field), Record)]

    assert [type(field).__name__ for field in nested if not isinstance(field, ReferenceSerializer)] == []


@pytest.mark.parametrize("kind", kinds())
def test_references_lead_to_records_whose_renaming_reaches_their_dependants(kind):
    shape = documents.recipes()[kind].shape()

    references = [field for field in nested_in(shape) if isinstance(field, ReferenceSerializer)]

    assert [type(field).__name__ for field in references if _model(field) and not _model(field).is_embedded] == []


def _model(field: Any) -> Any:
    return getattr(getattr(field, "Meta", None), "model", None)


def test_no_field_leaves_or_appears_in_a_document_without_another_renderer():
    """After a change: raise `renderer` of the kind, then run `python -m tests.architecture.shapes`.

    Staff's renderer stands at @document_of, partners' at @publishes.
    """
    kept, now = json.loads(SHAPES.read_text(encoding="utf-8")), shapes()

    assert without_another_renderer(kept, now) == []
    assert kept == now


@pytest.mark.django_db
@pytest.mark.usefixtures("loaded_register")
class TestLoaded:
    """Over every record of the shipped facts."""

    def test_every_stored_document_is_its_record(self):
        assert Document.objects.count() == Entry.objects.filter(kind__in=kinds()).count() > 0
        assert not Document.objects.filter(is_stale=True).exists()
        assert list(documents.differences()) == []

    def test_history_of_what_was_loaded_is_whole(self):
        assert list(history.faults()) == []

    def test_every_name_that_is_shown_is_embedded(self):
        missing = []
        known = set(Entry.objects.values_list("pk", flat=True))
        for stored in Document.objects.iterator():
            shown = {UUID(key) for key in _named(json.loads(bytes(stored.body)))}
            if left_out := (shown & known) - {stored.record_id} - set(stored.embeds):
                missing.append((stored.kind, stored.record_id, left_out))

        assert missing == []

    def test_what_is_embedded_is_of_a_kind_whose_renaming_is_followed(self):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT DISTINCT e.kind FROM records_document d, unnest(d.embeds) AS id JOIN records_entry e USING (id)"
            )
            embedded = {kind for (kind,) in cursor.fetchall()}

        assert [kind for kind in sorted(embedded) if not documents.model_of(kind).is_embedded] == []

    @pytest.mark.parametrize("kind", kinds())
    def test_rendering_takes_as_many_queries_for_one_record_as_for_fifty(self, kind):
        model = documents.model_of(kind)
        ids = _fullest(kind)
        counts = []

        for few in (ids[:1], ids[:3], ids[:50]):
            with CaptureQueriesContext(connection) as captured:
                list(documents.render_documents(model, few))
            counts.append(len(captured))

        assert counts[0] == counts[1] == counts[2]


def _fullest(kind: str) -> list[UUID]:
    """Return records of a kind, those with the longest documents first: they have something of everything."""
    rows = Document.objects.filter(kind=kind).extra(order_by=["-octet_length"], select={"octet_length": "length(body)"})
    return list(rows.values_list("record_id", flat=True)[:50])


def _named(shown: Any) -> Iterator[str]:
    """Yield the id of every object inside a document that says more than its id."""
    if isinstance(shown, dict):
        if isinstance(shown.get("id"), str) and shown.keys() - _PLAIN:
            yield shown["id"]
        shown = list(shown.values())
    if isinstance(shown, list):
        for below in shown:
            yield from _named(below)
