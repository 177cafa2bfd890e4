"""Locate searched words in the texts of a document: each text in segments, matched or not. Pure functions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sgoffice.search.contents import Text
from sgoffice.search.folding import Word, find_occurrences

#: How much of a long text is shown before its first match and in all.
_BEFORE, _LONGEST = 60, 240


@dataclass(frozen=True)
class Segment:
    """A piece of the original text from position `start` on: a match, or the text between matches."""

    start: int
    text: str
    is_match: bool


@dataclass(frozen=True)
class Match:
    """A text with searched words: its JSON pointer and segments, for a long text only around the first match."""

    pointer: str
    segments: tuple[Segment, ...]


def matches_in(texts: Iterable[Text], words: Sequence[Word]) -> tuple[tuple[Match, ...], frozenset[Word]]:
    """Return the texts that contain these words, in order, and the words found in any of them.

    A text is left out if the texts before it contain all of its words.
    """
    matches: list[Match] = []
    found_words: set[Word] = set()
    wanted = set(words)
    for one in texts:
        if found_words >= wanted:
            break
        found = find_occurrences(one.text, words)
        if found.keys() - found_words:
            found_words |= found.keys()
            matches.append(
                Match(one.pointer, _segments(one.text, [spot for places in found.values() for spot in places]))
            )
    return tuple(matches), frozenset(found_words)


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
    """Return the spots in order, with overlapping ones joined."""
    joined: list[tuple[int, int]] = []
    for start, stop in sorted(found):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(stop, joined[-1][1]))
        else:
            joined.append((start, stop))
    return joined
