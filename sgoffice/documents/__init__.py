"""Render, store, refresh and verify documents: the exact bytes that readers of a record get.

A document records whose names it shows, so that a rename finds it. Apps register each kind in `registry`; `rendering`
renders what `reading` reads, `storage` keeps documents current, `queries` reads them, `pages` reads lists
(`records/statements.py` keeps their SQL), `streams` whole ones, `versions` reads them as of an instant, `publications`
has the documents of partners, `trials` says what is only tried, `columns` says how spreadsheets show them.
"""

from sgoffice.documents.pages import DocumentPage, fetch_page, question_for_page
from sgoffice.documents.queries import (
    FoundDocument,
    Question,
    fetch_bodies,
    fetch_document,
    fetch_documents,
    fetch_joined,
    find_document,
    question_for_document,
    records_named_in,
)
from sgoffice.documents.registry import Recipe, document_of, model_of, recipes
from sgoffice.documents.rendering import RenderedDocument, StoredDocument, note_embedded, render_documents
from sgoffice.documents.storage import BATCH, dependants, differences, outdated, store_documents
from sgoffice.documents.streams import stream_documents
from sgoffice.documents.trials import is_trial, trying
from sgoffice.documents.versions import document_known_at
from sgoffice.records.statements import Statement, compiled, kept, kept_instances

__all__ = [
    "BATCH",
    "DocumentPage",
    "FoundDocument",
    "Question",
    "Recipe",
    "RenderedDocument",
    "Statement",
    "StoredDocument",
    "compiled",
    "dependants",
    "differences",
    "document_known_at",
    "document_of",
    "fetch_bodies",
    "fetch_document",
    "fetch_documents",
    "fetch_joined",
    "fetch_page",
    "find_document",
    "is_trial",
    "kept",
    "kept_instances",
    "model_of",
    "note_embedded",
    "outdated",
    "question_for_document",
    "question_for_page",
    "recipes",
    "records_named_in",
    "render_documents",
    "store_documents",
    "stream_documents",
    "trying",
]
