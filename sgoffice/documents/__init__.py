"""Render, store, refresh and verify the staff document of a record. Apps register how each kind is rendered.

A document is the exact bytes that readers get. It notes which records' names it shows, so that a rename finds it.
`registry` knows how, `rendering` renders, `queries` answers readers, `storage` keeps what is rendered up to date, and
`versions` answers what was known.
"""

from sgoffice.documents.queries import Found, bodies, bodies_of, found_by, joined, named_in, stored
from sgoffice.documents.registry import Recipe, document_of, model_of, recipes
from sgoffice.documents.rendering import Rendered, Stored, note_embedded, render
from sgoffice.documents.storage import BATCH, dependants, differences, outdated, store
from sgoffice.documents.versions import known_at

__all__ = [
    "BATCH",
    "Found",
    "Recipe",
    "Rendered",
    "Stored",
    "bodies",
    "bodies_of",
    "dependants",
    "differences",
    "document_of",
    "found_by",
    "joined",
    "known_at",
    "model_of",
    "named_in",
    "note_embedded",
    "outdated",
    "recipes",
    "render",
    "store",
    "stored",
]
