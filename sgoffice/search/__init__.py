"""The search over records of every kind.

`contents` declares what to index of a document, `index` stores it with the document, `queries` finds rows, and
`matches` locates the words in the texts.
"""

from sgoffice.search.contents import Searched, Text, texts_of
from sgoffice.search.index import store_search_rows
from sgoffice.search.matches import Match, Segment, matches_in
from sgoffice.search.near_names import find_near
from sgoffice.search.queries import (
    BEST,
    CANDIDATES,
    FACETED,
    NEWEST,
    Facet,
    Facets,
    Question,
    count_facets,
    holding,
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
    "find_near",
    "holding",
    "matches_in",
    "store_search_rows",
    "texts_of",
    "use_index_scans",
]
