"""What somebody may be typing: States and territories by code, name, the beginning of a name, or a near spelling."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from sgoffice.places import codes, names
from sgoffice.places.keys import place_key
from sgoffice.search.transliteration import in_latin

_LOOKED_AT = 400  # keys that begin so, or hold such a word
_NEAR = 0.72  # of likeness: below it a name is another one
_ENOUGH = 4  # letters from which on near spellings are looked for
_CODE, _OWN, _SHARED, _LOOSE, _PART = 1.0, 0.999, 0.99, 0.97, 0.965
_BEGINS, _WORD = 0.95, 0.85
_SURE = 0.96  # from here on nobody asks for near spellings
_LIKELY = 0.75  # of likeness: what is less like it is not offered
_FOREIGN = 0.02  # less for a name that is not said so in a language of the United Nations


@dataclass(frozen=True)
class Suggestion:
    """A country that may be meant, by its code; `why` is the code or the name that was found."""

    code: str
    score: float
    why: str
    is_near: bool = False


def named(text: str) -> list[str]:
    """Return the codes of the countries that a text names, in any language, or of which it is a code."""
    return list(_named(text))


@lru_cache(maxsize=1024)
def _named(text: str) -> tuple[str, ...]:
    """Each search asks for its text several times, and the tables do not change while the program runs."""
    return tuple(one.code for one in _ranked(_exact(text)) if one.score >= _PART and _is_whole(text, one))


def likely(text: str) -> list[str]:
    """Return the codes of the countries that a text names, or else of those of which it is a near spelling."""
    return named(text) or nearly(text)


def nearly(text: str) -> list[str]:
    """Return the codes of the countries of whose names a text is a near spelling."""
    return [one.code for one in suggest(text) if one.is_near and one.score >= _LIKELY]


def _is_whole(text: str, found: Suggestion) -> bool:
    return found.score == _CODE or place_key(found.why) == place_key(text)


def suggest(text: str, *, most: int = 10) -> list[Suggestion]:
    """Return the countries that a text may mean, best first: at most one suggestion for each."""
    best = _exact(text)
    key = place_key(text)
    if not any(one.score >= _SURE for one in best.values()) and len(key) >= _ENOUGH:
        _keep(_near(key), best)
        if (latin := in_latin(key)) != key:
            _keep(_near(latin), best)
    return _ranked(best)[:most]


def _ranked(best: dict[str, Suggestion]) -> list[Suggestion]:
    return sorted(best.values(), key=lambda one: (-one.score, len(codes.label_of(one.code)), one.code))


def _exact(text: str) -> dict[str, Suggestion]:
    best: dict[str, Suggestion] = {}
    for found in (_by_code(text), _by_name(text)):
        _keep(found, best)
    return best


def _keep(found: Iterator[Suggestion], best: dict[str, Suggestion]) -> None:
    for one in found:
        if one.code not in best or best[one.code].score < one.score:
            best[one.code] = one


def _by_code(text: str) -> Iterator[Suggestion]:
    for code in codes.standing_for(text.strip()):
        yield Suggestion(code.stands_for, _CODE, code.code)


def _by_name(text: str) -> Iterator[Suggestion]:
    key = place_key(text)
    if not key:
        return
    yield from _scored(names.of_key(key))
    for most, found in ((_BEGINS, names.beginning_with), (_WORD, names.with_word)):
        for known, meaning in found(key, most=_LOOKED_AT):
            if meaning.is_common or len(key) >= _ENOUGH:
                yield from _scored(meaning, most + 0.01 * len(key) / len(known))


def _near(key: str) -> Iterator[Suggestion]:
    scorer = OSA.normalized_similarity
    for known, score, _ in process.extract(key, names.all_keys(), scorer=scorer, score_cutoff=_NEAR, limit=40):
        for one in _scored(names.of_key(known), score * _BEGINS):
            yield Suggestion(one.code, one.score, one.why, is_near=True)


def _scored(meaning: names.Meaning, most: float = 1.0) -> Iterator[Suggestion]:
    """Yield each country of a meaning with its score: at most `most`, for what is not the name itself."""
    less = 0 if meaning.is_common or most == 1 else _FOREIGN
    sorts = ((meaning.own, _OWN), (meaning.shared, _SHARED), (meaning.loose, _LOOSE), (meaning.parts, _PART))
    for found, score in sorts:
        for code in found:
            yield Suggestion(code, most * score - less, meaning.spelling)
