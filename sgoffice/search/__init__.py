"""The search over records of every kind: what of each is found, kept beside its document, and how it is asked for.

`contents` says what of a document is searched, `index` stores it whenever a document is stored, `queries` finds rows,
and `matches` tells where the words stand.
"""

from sgoffice.search.contents import Searched, Text, texts_of
from sgoffice.search.index import keep
from sgoffice.search.matches import Match, Segment, matches_in
from sgoffice.search.queries import (
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
