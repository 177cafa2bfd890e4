"""Say what the register has in English in the language of a page: labels, dates, and sentences made by rules.

Rules, services and stored documents speak English; they know no reader. A page translates what they say as a whole,
by the same catalogue as its own words. In a message of the catalogue `{0}` stands for any text, `{0:names}` for names
with “and” or “or” between them, `{0:day}` for an exact day, and `{0:said}` for something that is a message itself: so a
sentence of several clauses is put together from theirs. What is not wholly known stays English as it is.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache

from django.utils.translation import get_language, gettext

from sgoffice.languages.catalogues import path_of, read_catalogue
from sgoffice.languages.french import date_in_french, is_day, names_in_french
from sgoffice.languages.french_articles import with_article_in_french
from sgoffice.records.articles import with_article

_BLANK = re.compile(r"\{(\d)(?::(said|day|names))?\}")
_ENDS = re.compile(r"(?<=[.?!]) (?=[A-Z“\d])")
#: What no name has: names with it are followed by another clause, of which the whole would be left in English.
_CLAUSES = re.compile(
    r"; | and no |, (?:until|or|and|which|with|by|after|on) |(?:approval|signature|notification) by "
    r"| is recorded$| on behalf of |the withdrawal|the agreement| (?:on|in) \d| according to "
    r"| \((?:inferred|not verified|which)"
)
_DATES: dict[str, Callable[[str], str | None]] = {"fr": date_in_french}
#: By these a sentence is taken apart into its clauses.
_INTO_CLAUSES = ("{0:said}.", "{0:said}; {1:said}")
_DEPTH = 8
_LONGEST = 1000


def said(text: object) -> str:
    """Return a text of the register in the language of the page, or as it is where the catalogue does not have it."""
    english, language = str(text), get_language() or "en"
    if language not in _DATES or len(english) > _LONGEST:
        return english
    return translated(english, language) or english


def said_inside(name: str) -> str:
    """Return a name as it stands inside a sentence in the language of the page: with its article."""
    english, language = with_article(name), get_language() or "en"
    return english if language not in _DATES else _who(english) or name


def translated(english: str, language: str) -> str | None:
    """Return a text in a language; None where one of its sentences is not known."""
    parts = [_said(one, language, 0) for one in _ENDS.split(english)]
    if None not in parts:
        return " ".join(filter(None, parts))
    return _said(english, language, 0)


@lru_cache(maxsize=1 << 15)
def _said(english: str, language: str, depth: int) -> str | None:
    """Return a message, a date, or a sentence by its pattern; a clause may begin with another case."""
    if not english.strip():
        return english
    for text, recase in _cases(english):
        for found in _candidates(text, language, depth):
            return recase(found)
    return None


def _cases(english: str) -> Iterator[tuple[str, Callable[[str], str]]]:
    """Yield a text as it is, and with its first letter in the other case; what is found gets the case of the text."""
    yield english, str
    first = english[0]
    if first.isupper():
        yield first.lower() + english[1:], lambda found: found[:1].upper() + found[1:]
    elif first.islower():
        yield first.upper() + english[1:], lambda found: found[:1].lower() + found[1:]


def _candidates(english: str, language: str, depth: int) -> Iterator[str]:
    if (exact := _exact(english)) is not None:
        yield exact
    if (day := _DATES[language](english)) is not None:
        yield day
    if depth >= _DEPTH:
        return
    for one in _patterns(language):
        found = one.expression.fullmatch(english) if english.startswith(one.head) else None
        if found and (filled := one.fill([*found.groups()], language, depth)) is not None:
            yield filled


def _exact(english: str) -> str | None:
    found = gettext(english)
    return found if found != english or english in _same() else None


class _Pattern:
    """A message with blanks, as an expression; `head` is how it begins."""

    def __init__(self, english: str, text: str) -> None:
        pieces = _BLANK.split(english)
        self.head, self.text = pieces[0], text
        self.numbers, self.kinds = [int(one) for one in pieces[1::3]], pieces[2::3]
        self.expression = re.compile(
            re.escape(pieces[0]) + "".join(f"(.+?){re.escape(piece)}" for piece in pieces[3::3]), re.DOTALL
        )
        #: Whole sentences come first, then what tells clauses apart; then those with the most words, and with the
        #: most that they ask of their blanks.
        words, asked = sum(map(len, pieces[0::3])), self.kinds
        turn = 1 if english in _INTO_CLAUSES else 0 if english.endswith(".") else 2
        self.place = (turn, -words, -asked.count("day"), asked.count("said"))

    def fill(self, values: list[str], language: str, depth: int) -> str | None:
        """Return the translation with its blanks filled; None if one of them is not what it must be."""
        filled: dict[int, str] = {}
        for number, kind, value in zip(self.numbers, self.kinds, values, strict=True):
            found = _filled(kind, value, language, depth)
            if found is None:
                return None
            filled[number] = found
        return _BLANK.sub(lambda match: filled[int(match[1])], self.text)


def _filled(kind: str | None, value: str, language: str, depth: int) -> str | None:
    if kind == "said":
        return _said(value, language, depth + 1)
    if kind == "day":
        return _DATES[language](value) if is_day(value) else None
    if kind == "names":
        return None if _CLAUSES.search(value) else names_in_french(value, _who)
    return _exact(value) or _DATES[language](value) or _named(value) or value


def _who(name: str) -> str | None:
    """Return a name in the language with its article; None where the catalogue does not have it."""
    bare = name.removeprefix("the ")
    found = _named(name)
    return with_article_in_french(bare, found) if found else None


def _named(name: str) -> str | None:
    """Return a name in the language, without the English article; None where the catalogue does not have it."""
    bare = name.removeprefix("the ")
    return _exact(bare) or (bare if bare != name else None)


@cache
def _patterns(language: str) -> tuple[_Pattern, ...]:
    found = [
        _Pattern(english, text)
        for english, text in read_catalogue(path_of(language)).items()
        if text and _BLANK.search(english)
    ]
    return tuple(sorted(found, key=lambda one: one.place))


@cache
def _same() -> frozenset[str]:
    """Return the messages that read the same in another language."""
    return frozenset(english for english, text in read_catalogue(path_of("fr")).items() if english == text)
