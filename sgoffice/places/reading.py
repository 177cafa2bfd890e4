"""Read what somebody wrote for a country: a code or a name, in any language. What is unclear is refused."""

from collections.abc import Callable, Iterable

from sgoffice.places import codes
from sgoffice.places.names import Meaning, meaning_of
from sgoffice.places.suggestions import likely

_CANDIDATES = 5
MAX_NAME = 200  # characters
Known = Callable[[str], Iterable[str]]
_registered: list[Known] = []


class UnclearPlace(ValueError):
    """What was written is no country, or may be several; `candidates` are the codes of those that it may be."""

    def __init__(self, detail: str, candidates: Iterable[str] = ()) -> None:
        self.candidates = tuple(candidates)
        super().__init__(detail)


def look_up_also(known: Known) -> None:
    """Ask `known` for the codes of the countries of this register that have a code or a name."""
    if known not in _registered:
        _registered.append(known)


def read_country(text: str) -> str:
    """Return the code of the country that a code or a name means; raises UnclearPlace for none or several."""
    text = text.strip()
    if len(text) > MAX_NAME:
        raise UnclearPlace(f"Use at most {MAX_NAME} characters.")
    if codes.is_organization(text):
        raise UnclearPlace(f"{text} is an organization, not a country: name it as the organization.")
    if found := tuple(dict.fromkeys(one.stands_for for one in codes.standing_for(text))):
        return _only(text, found)
    meaning = meaning_of(text)
    if meaning.sure:
        return meaning.sure
    if own := tuple(dict.fromkeys(code for known in _registered for code in known(text))):
        return _only(text, (*own, *(code for code in meaning.all if code not in own)))
    if meaning:
        raise UnclearPlace(_why_unclear(text, meaning), meaning.all)
    near = likely(text)[:_CANDIDATES]
    advice = f"Did you mean {_listed(near)}?" if near else "Write its code, such as SG, or one of its names."
    raise UnclearPlace(f"There is no country {_shown(text)}. {advice}", near)


def _only(text: str, found: tuple[str, ...]) -> str:
    if len(found) > 1:
        raise UnclearPlace(f"{_shown(text)} may be {_listed(found)}: write the code that you mean.", found)
    return found[0]


def _why_unclear(text: str, meaning: Meaning) -> str:
    if meaning.own or meaning.shared:
        return f"{_shown(text)} may be {_listed(meaning.all)}: write the code that you mean."
    if meaning.parts:
        return (
            f"{_shown(text)} is a part of {_listed(meaning.parts)}: write the code of the country if you mean it all."
        )
    return f"There is no country {_shown(text)}. Did you mean {_listed(meaning.loose)}?"


def _listed(found: Iterable[str]) -> str:
    named = [f"{codes.label_of(code)} ({code})" for code in found]
    return f"{', '.join(named[:-1])} or {named[-1]}" if len(named) > 1 else "".join(named)


def _shown(text: str) -> str:
    return f"“{text[:80]}”"
