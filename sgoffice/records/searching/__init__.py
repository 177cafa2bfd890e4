"""The search over records of every kind: what of each is found, kept beside its document, and how it is asked for.

`contents` says what of a document is searched, `keeping` stores it whenever a document is stored, `asking` finds rows,
and `matching` tells where the words stand.
"""

from sgoffice.records.searching.asking import (
    BEST,
    CANDIDATES,
    FACETED,
    NEWEST,
    Facet,
    Facets,
    Question,
    by_index,
    facets_of,
)
from sgoffice.records.searching.contents import Searched, Text, texts_of
from sgoffice.records.searching.keeping import keep
from sgoffice.records.searching.matching import Match, Segment, matches_in

__all__ = [
    "BEST",
    "CANDIDATES",
    "FACETED",
    "NEWEST",
    "Facet",
    "Facets",
    "Match",
    "Question",
    "Searched",
    "Segment",
    "Text",
    "by_index",
    "facets_of",
    "keep",
    "matches_in",
    "texts_of",
]
