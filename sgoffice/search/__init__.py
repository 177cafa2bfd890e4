"""The search over records of every kind.

`contents` declares what to index of a document, `index` stores it with the document, `queries` finds rows, and
`matches` locates the words in the texts.
"""

from sgoffice.search.contents import Searched, Text, texts_of
from sgoffice.search.folding import Word, tsquery, words_of
from sgoffice.search.index import store_search_rows
from sgoffice.search.matches import Match, Segment, matches_in
from sgoffice.search.name_tables import NameTable, register_name_table
from sgoffice.search.near_names import find_near, names_like
from sgoffice.search.queries import (
    BEST,
    CANDIDATES,
    FACETED,
    NEWEST,
    Facet,
    Facets,
    Question,
    by_relevance,
    count_facets,
    holding,
    is_askable,
    use_index_scans,
)
from sgoffice.search.ranking import LEAST_EQUAL, grade, relevance

__all__ = [
    "BEST",
    "CANDIDATES",
    "FACETED",
    "LEAST_EQUAL",
    "NEWEST",
    "Facet",
    "Facets",
    "Match",
    "NameTable",
    "Question",
    "Searched",
    "Segment",
    "Text",
    "Word",
    "by_relevance",
    "count_facets",
    "find_near",
    "grade",
    "holding",
    "is_askable",
    "matches_in",
    "names_like",
    "register_name_table",
    "relevance",
    "store_search_rows",
    "texts_of",
    "tsquery",
    "use_index_scans",
    "words_of",
]
