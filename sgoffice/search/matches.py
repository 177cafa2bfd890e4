"""Where the words of a question stand in the texts of a document: each text in segments, matched or not. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sgoffice.search.contents import Text
from sgoffice.search.folding import Word, find_occurrences

#: Around the first match of a long text this much is shown.
_BEFORE, _LONGEST = 60, 240


@dataclass(frozen=True)
class Segment:
    """A piece of a text as it is written, from its `start`-th character on; matched, or what stands between matches."""

    start: int
    text: str
    is_match: bool


@dataclass(frozen=True)
class Match:
    """A text that holds words of the question: its JSON pointer, and of a long one the part around the first match."""

    pointer: str
    segments: tuple[Segment, ...]


def matches_in(texts: Iterable[Text], words: Sequence[Word]) -> tuple[tuple[Match, ...], frozenset[Word]]:
    """Return the texts that hold these words, in their order, and the words that stand in any of the texts.

    A text that adds no word to those before it is left out: it tells nothing new.
    """
    told: list[Match] = []
    known: set[Word] = set()
    for one in texts:
        found = find_occurrences(one.text, words)
        if found.keys() - known:
            known |= found.keys()
            told.append(Match(one.pointer, _segments(one.text, [spot for places in found.values() for spot in places])))
    return tuple(told), frozenset(known)


def _segments(text: str, found: Iterable[tuple[int, int]]) -> tuple[Segment, ...]:
    joined = _joined(found)
    begin = max(0, joined[0][0] - _BEFORE) if len(text) > _LONGEST else 0
    end = max(joined[0][1], min(len(text), begin + _LONGEST))
    made: list[Segment] = []
    place = begin
    for start, stop in joined:
        if stop > end:
            break
        if start > place:
            made.append(Segment(place, text[place:start], is_match=False))
        made.append(Segment(start, text[start:stop], is_match=True))
        place = stop
    if place < end:
        made.append(Segment(place, text[place:end], is_match=False))
    return tuple(made)


def _joined(found: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return spots in order, those that touch as one."""
    joined: list[tuple[int, int]] = []
    for start, stop in sorted(found):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(stop, joined[-1][1]))
        else:
            joined.append((start, stop))
    return joined
