"""Render, store, refresh and verify the staff document of a record. Apps register how each kind is rendered.

A document is the exact bytes that readers get. It notes which records' names it shows, so that a rename finds it.
`registry` knows how, `rendering` renders, `queries` answers readers, `storage` keeps what is rendered up to date, and
`versions` answers what was known.
"""

from sgoffice.documents.queries import (
    FoundDocument,
    fetch_bodies,
    fetch_document,
    fetch_documents,
    fetch_joined,
    find_document,
    records_named_in,
)
from sgoffice.documents.registry import Recipe, document_of, model_of, recipes
from sgoffice.documents.rendering import RenderedDocument, StoredDocument, note_embedded, render_documents
from sgoffice.documents.storage import BATCH, dependants, differences, outdated, store_documents
from sgoffice.documents.versions import document_known_at

__all__ = [
    "BATCH",
    "FoundDocument",
    "Recipe",
    "RenderedDocument",
    "StoredDocument",
    "dependants",
    "differences",
    "document_known_at",
    "document_of",
    "fetch_bodies",
    "fetch_document",
    "fetch_documents",
    "fetch_joined",
    "find_document",
    "model_of",
    "note_embedded",
    "outdated",
    "recipes",
    "records_named_in",
    "render_documents",
    "store_documents",
]
