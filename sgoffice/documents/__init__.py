"""Render, store, refresh and verify documents: the exact bytes that readers of a record get.

A document records whose names it shows, so that a rename finds it. Apps register each kind in `registry`; `rendering`
renders, `storage` keeps documents current, `queries` reads them, `streams` reads
whole lists, `versions` reads them as of an instant, and `publications` has the documents of partners. `columns` says
how spreadsheets show them.
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
from sgoffice.documents.streams import stream_documents
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
    "stream_documents",
]
