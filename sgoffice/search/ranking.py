"""How well a record answers a question: one scale for every list, search and choice.

An equal name or acronym comes first, then a short form that is derived (initials, codes), the beginning of a name,
whole words, beginnings of words, parts of words, and what is found in other texts alone. Near spellings
come behind them all.
"""

from collections.abc import Iterator, Sequence
from functools import reduce
from operator import add, and_
from typing import NamedTuple
from uuid import UUID

from django.db.models import Case, IntegerField, Q, Value, When

from sgoffice.search.folding import SHORT, Word

EQUAL, SHORT_FORM, BEGINS, WORDS, BEGINNINGS, PARTS, TEXTS = 6, 5, 4, 3, 2, 1, 0
_STEP = 1000  # between two grades: no score within a grade reaches it
#: The least score of a record with an equal name or acronym; what only a table calls so comes behind.
LEAST_EQUAL = EQUAL * _STEP
_NAMED = LEAST_EQUAL - 100
_WHOLE, _BEGIN, _INSIDE, _PHRASE = 4, 3, 2, 4


class Graded(NamedTuple):
    """How well a record's best title answers: the grade, and the title as it is folded in the heading."""

    grade: int
    title: str


def relevance(words: Sequence[Word], named: Sequence[UUID] = ()) -> Case:
    """Return the score of a row of the search: the grade first, then how many words stand whole in its titles.

    The records that are `named` otherwise have the words for their name.
    """
    return reduce(add, [_grades(words, named), *_within(words)])


def grade(words: Sequence[Word], heading: str) -> Graded:
    """Return the grade of a row as `relevance` does, with the title that earned it."""
    phrase = " ".join(word[0] for word in words)
    titles = [title.strip() for title in heading.split("|") if title.strip()]
    return max((Graded(_grade_of(words, phrase, title), title) for title in titles), default=Graded(TEXTS, ""))


def _grade_of(words: Sequence[Word], phrase: str, title: str) -> int:
    if title.startswith(SHORT):
        return SHORT_FORM if title[1:] == phrase else TEXTS
    if title == phrase:
        return EQUAL
    if title.startswith(phrase):
        return BEGINS
    padded = f" {title} "
    for found, forms in ((WORDS, " {} "), (BEGINNINGS, " {}"), (PARTS, "{}")):
        if all(any(forms.format(spelling) in padded for spelling in word) for word in words):
            return found
    return TEXTS


def _grades(words: Sequence[Word], named: Sequence[UUID]) -> Case:
    phrase = " ".join(word[0] for word in words)
    each = ((WORDS, " {} "), (BEGINNINGS, " {}"), (PARTS, "{}"))
    return _scored(
        When(_title(f"{phrase} |"), then=EQUAL * _STEP),
        *([When(pk__in=named, then=_NAMED)] if named else []),
        When(heading__contains=f" {SHORT}{phrase} |", then=SHORT_FORM * _STEP),
        When(_title(phrase), then=BEGINS * _STEP),
        *(
            When(reduce(and_, [_any(form.format(one) for one in word) for word in words]), then=found * _STEP)
            for found, form in each
        ),
    )


def _title(text: str) -> Q:
    return Q(heading__startswith=f" {text}") | Q(heading__contains=f"| {text}")


def _within(words: Sequence[Word]) -> Iterator[Case]:
    for word in words:
        forms = ((" {} ", _WHOLE), (" {}", _BEGIN), ("{}", _INSIDE))
        yield _scored(*(When(heading__contains=form.format(one), then=score) for form, score in forms for one in word))
    phrase = " ".join(word[0] for word in words)
    yield _scored(When(heading__contains=f" {phrase} ", then=_PHRASE))


def _any(texts: Iterator[str]) -> Q:
    return reduce(lambda one, other: one | other, [Q(heading__contains=text) for text in texts])


def _scored(*cases: When) -> Case:
    return Case(*cases, default=Value(0), output_field=IntegerField())
