"""What a redaction leaves of texts: the mark in their place, in rows, documents and whatever else quotes them."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

#: Stands where something was erased.
REDACTED: Final = "[redacted]"
#: Words of vocabularies, dates and ids: they are erased where they stood, and not looked for elsewhere.
_TOO_COMMON = re.compile(
    r".{0,3}|[a-z_]+|[~?]?\d{2,3}[\dX]{1,2}(-\d\d){0,2}[~?]?(/.*)?|\d{4}-\d\d-\d\dT.*|[0-9a-f]{8}(-[0-9a-f]{4}){3}-.*",
    re.DOTALL,
)
#: So many characters are a text of its own, even without a space.
_LONG = 12


def texts_in(value: object) -> Iterator[str]:
    """Yield every text inside a value of JSON."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from texts_in(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from texts_in(inner)


def telling(texts: Iterable[str]) -> list[str]:
    """Return the texts that are looked for elsewhere, the longest first: one may stand inside another."""
    found = {text.strip() for text in texts if not _TOO_COMMON.fullmatch(text.strip())} - {REDACTED}
    return sorted(found, key=lambda text: (-len(text), text))


def telling_alone(texts: Sequence[str]) -> list[str]:
    """Return those that mean the same in other records too: two words, or a long one, such as an address."""
    return [text for text in texts if " " in text or len(text) >= _LONG]


def masked(value: Any, texts: Sequence[str]) -> Any:
    """Return a value of JSON with the mark in the place of each of these texts."""
    if isinstance(value, str):
        for text in texts:
            value = value.replace(text, REDACTED)
        return value
    if isinstance(value, Mapping):
        return {masked(name, texts): masked(inner, texts) for name, inner in value.items()}
    return [masked(inner, texts) for inner in value] if isinstance(value, list | tuple) else value


def masked_document(shown: Any, rows: Mapping[str, Mapping[str, object]], texts: Sequence[str]) -> Any:
    """Return a document without these texts, and without what stood in these members of rows, by their ids."""
    if isinstance(shown, list):
        return [masked_document(inner, rows, texts) for inner in shown]
    if not isinstance(shown, dict):
        return masked(shown, texts)
    instead = rows.get(str(shown.get("id", "")), {})
    return {
        name: instead[name] if name in instead and value not in EMPTY else masked_document(value, rows, texts)
        for name, value in shown.items()
    }


#: What says nothing stays as it is.
EMPTY: Final[Collection[object]] = (None, "", [], {})
