"""The search over records of every kind: what of each is found, kept beside its document, and how it is asked for.

`contents` says what of a document is searched, `index` stores it whenever a document is stored, `queries` finds rows,
and `matches` tells where the words stand.
"""

from sgoffice.search.contents import Searched, Text, texts_of
from sgoffice.search.index import store_search_rows
from sgoffice.search.matches import Match, Segment, matches_in
from sgoffice.search.queries import (
    BEST,
    CANDIDATES,
    FACETED,
    NEWEST,
    Facet,
    Facets,
    Question,
    count_facets,
    use_index_scans,
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
    "count_facets",
    "matches_in",
    "store_search_rows",
    "texts_of",
    "use_index_scans",
]
