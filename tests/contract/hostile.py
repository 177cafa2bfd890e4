"""What nobody should send, by the type of the field that it is sent in; none of it is ever accepted."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

from tests.contract.operations import NOBODY, Operation, resolved

NUL, SURROGATE, BIDI, BELL, DELETE, NEXT_LINE, BOM, ZERO_WIDTH, TAG = (
    "a\u0000b",
    "a\ud800b",
    "a\u202eb",
    "a\u0007",
    "a\u007f",
    "a\u0085b",
    "\ufeffa",
    "a\u200bb",
    "a\U000e0062",
)
_NO_TEXTS = [1, 1.5, True, [], ["a"], {"a": "b"}]

# fmt: off
#: Values that a field of that type refuses whatever else is in the body.
REFUSED: dict[str, list[Any]] = {
    "text": [NUL, SURROGATE, BIDI, ZERO_WIDTH, BELL, DELETE, TAG, NEXT_LINE, BOM, *_NO_TEXTS],
    "duration": [NUL, SURROGATE, *_NO_TEXTS, "P1Y" * 100],
    "choice": [SURROGATE, NUL, [1], {}, 1, True, "nonsense", "x" * 5000, None],
    "id": [SURROGATE, 99999999999999999999999 % 10**17, True, {"id": 1}, "", "1", "0" * 32, "x" * 36, NOBODY + "0", 1],
    "number": ["1", 1.5, True, [], {}, "NaN", "٣"],
    "flag": ["true", 1, 0, [], "yes"],
    "day": [
        "2026-02-30", "0000-01-01", "10000-01-01", "99999-01-01", "2026-1-1", "20260101", "2026-W01-1", "-5-01-01",
        "2026-01-01T00:00:00Z", "٢٠٢٦-٠١-٠١", 20260101, True, "",
    ],
    "instant": [
        "2026-01-01T00:00:00", "2026-03-29T02:30:00", "2026-10-25T02:30:00", "9999-12-31T23:59:59-14:00",
        "0001-01-01T00:00:00+14:00", "0000-01-01T00:00:00Z", "2026-01-01T00:00:00+24:00", "2026-06-30T23:59:60Z",
        "2026-01-01", 1767225600, SURROGATE, "", "2026-01-01T00:00:00Z" + " " * 50,
    ],
    "date": [
        "0000", "2016-13", "2016-02-30", "2016/2015", "../2016", "2016-11-21/", "/", "~", "X", "10000-01-01",
        "2016-11-21?~", "٢٠١٦", "tomorrow", NUL, SURROGATE, 2016, True, "2016" * 20,
    ],
    "by_language": [
        [], "x", 1, {"en": 1}, {"\ud800": "x"}, {"EN": "x"}, {"en": NUL}, {"en": {"en": "x"}}, {"en": "x" * 501},
    ],
    "clause": [
        [], "x", 1, {}, {"kind": "nonsense"}, {"kind": ["all_of"]}, {"kind": "fixed_day", "day": SURROGATE},
        {"kind": "ratifications", "number": 10**17}, {"kind": "all_of", "clauses": []},
        {"kind": "signature_by_all", "after": "P1Y" * 100},
        {"kind": "all_of", "clauses": [{"kind": "all_of", "clauses": [{"kind": "all_of", "clauses": [{}]}]}]},
    ],
    "list": [{}, "x", 1, [None], [[]], [{"\ud800": 1}], [1] * 501],
    "object": [[], "x", 1, True, {"colour": "red"}],
}

#: Values that mean something, or nearly: taken or refused with a reason, one field at a time.
DOUBTFUL: dict[str, list[Any]] = {
    "text": [
        "", "XX", None,
    ],
    "duration": ["", "P9999Y", "P99999999999999Y", "P0D", "P1Y1M1D", "PT1H", "P-1Y", "P1.5Y", "p1y", "1Y", "P", None],
    "choice": [""],
    "id": [NOBODY, None],
    "number": [-1, 0, 32767, 32768, 2**31, 10**17, None],
    "flag": [None],
    "day": ["9999-12-31", "0001-01-01", None],
    "instant": ["9998-12-31T23:59:59Z", "0002-01-01T00:00:00Z", "2026-03-29T02:30:00+01:00", None],
    "date": ["9999-12-31", "0001-01-01", "9999", "999X", "0001/9999", "2016~", None],
    "by_language": [{}, {"en": ""}, None],
    "clause": [{"kind": "signature_by_all", "after": "P9999Y"}, {"kind": "fixed_day", "day": "9999-12-31"}, None],
    "list": [[], None],
    "object": [{}, None],
}

# fmt: on
#: Texts that are odd and harmless; each is put into all texts of a body at once.
HARMLESS = [
    "   ",
    "x" * 30_000,
    "\U0001f600 🇸🇬 é e\u0301 ﷽ ߷ 한국어",
    "'; DROP TABLE records_entry; --",
    "%s %(x)s {0} {x.__class__} ${x} \\N{x}",
    "<script>alert(1)</script>",
    "../../etc/passwd",
]
_DEEP = "[" * 100_000 + "]" * 100_000
#: Bodies that are refused before anybody looks at a field.
BODIES: dict[str, bytes] = {
    "nothing": b"",
    "null": b"null",
    "a list": b"[1]",
    "a text": b'"x"',
    "a number": b"1",
    "cut off": b'{"reason": "x"',
    "two": b"{} {}",
    "a comment": b"{} // x",
    "single quotes": b"{'reason': 'x'}",
    "no UTF-8": b'{"reason": "\xff"}',
    "UTF-16": '{"reason": "x"}'.encode("utf-16"),
    "a byte order mark": b'\xef\xbb\xbf{"reason": "x"}',
    "a raw NUL": b'{"reason": "a\x00b"}',
    "a key twice": b'{"reason": "x", "reason": "y"}',
    "a key twice in depth": b'{"sources": [{"url": "x", "url": "y"}]}',
    "NaN": b'{"number": NaN}',
    "infinity": b'{"number": -Infinity}',
    "1e400": b'{"number": 1e400}',
    "5,000 digits": b'{"number": ' + b"9" * 5000 + b"}",
    "100,000 deep": b'{"notes": ' + _DEEP.encode() + b"}",
    "33 deep": b'{"notes": ' + b"[" * 33 + b"]" * 33 + b"}",
    "deep in objects": b'{"a":' * 5000 + b"1" + b"}" * 5000,
    "a key that is no text": b'{"\\ud800": 1}',
    "a key with NUL": b'{"a\\u0000": 1}',
    "a key of Python": b'{"__class__": "x", "_meta": 1}',
    "a long key": json.dumps({"k" * 100_000: 1}).encode(),
    "a form": b"reason=x",
}


Place = tuple[Any, ...]
#: Fields whose type their schema does not tell.
_BY_NAME = {
    "duration": "duration",
    "tacit_renewal": "duration",
    "notice_period": "duration",
    "entry_into_force": "clause",
}


@dataclass(frozen=True)
class Leaf:
    """A field of a body: where it is (of a list, the first), our name for its type, and which shape says so."""

    place: Place
    kind: str
    shape: str
    has_more: bool

    @property
    def pointer(self) -> str:
        return "".join(f"/{step}" for step in self.place)


@cache
def leaves(item: Operation) -> tuple[Leaf, ...]:
    """Return every field of a body, lists with one element."""
    reference = item.told["requestBody"]["content"]["application/json"]["schema"]["$ref"]
    return tuple(_leaves(item.body_schema, (), reference))


def _leaves(schema: dict[str, Any], place: Place, shape: str) -> Iterator[Leaf]:
    for name, below in schema["properties"].items():
        yield from _of(below, (*place, name), f"{shape}/{name}")


def _of(told: dict[str, Any], place: Place, shape: str) -> Iterator[Leaf]:
    schema = _real(told)
    kind = type_of(schema, place)
    inside: list[Leaf] = []
    if kind == "list":
        inside = list(_of(schema["items"], (*place, 0), f"{shape}/0"))
    elif kind == "object":
        inside = list(_leaves(schema, place, schema["reference"]))
    yield Leaf(place, kind, shape, has_more=bool(inside))
    yield from inside


def _real(told: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of what is neither null nor blank, without the wrapping that descriptions need."""
    for branch in told.get("oneOf") or told.get("allOf") or [told]:
        found = resolved(branch)
        if _types(found) != ["null"] and found.get("enum") != [""]:
            description = f"{told.get('description', '')} {found.get('description', '')}"
            return {**found, "description": description, "reference": branch.get("$ref", "")}
    raise ValueError(told)


def _types(schema: dict[str, Any]) -> list[str]:
    found = schema.get("type", [])
    return [found] if isinstance(found, str) else found


def type_of(schema: dict[str, Any], place: Place) -> str:
    """Return our name for the type of a field."""
    if "enum" in schema:
        return "choice"
    if place[-1] in _BY_NAME:
        return _BY_NAME[place[-1]]
    simple = {"integer": "number", "boolean": "flag", "array": "list"}
    if "object" in _types(schema):
        return "object" if "properties" in schema else "by_language"
    return next((simple[name] for name in _types(schema) if name in simple), "") or _type_of_text(schema)


def _type_of_text(schema: dict[str, Any]) -> str:
    if "EDTF" in schema["description"] and schema.get("maxLength") == 32:
        return "date"
    return {"uuid": "id", "date": "day", "date-time": "instant"}.get(schema.get("format", ""), "text")


def body_with(item: Operation, number: int) -> tuple[dict[str, Any], list[str]]:
    """Return a body in which every leaf has the value of that number of its type, and the pointers of all leaves."""
    ends = [leaf for leaf in leaves(item) if not leaf.has_more]
    body: dict[str, Any] = {}
    for leaf in ends:
        _put(body, leaf.place, REFUSED[leaf.kind][number % len(REFUSED[leaf.kind])])
    return body, [leaf.pointer for leaf in ends]


def _put(body: Any, place: Place, value: Any) -> None:
    for step, following in pairwise(place):
        empty: Any = [] if following == 0 else {}
        if isinstance(body, list):
            if not body:
                body.append(empty)
            body = body[0]
        else:
            body = body.setdefault(step, empty)
    if isinstance(body, list):
        body[:] = [value]
    else:
        body[place[-1]] = value


def with_value(body: Any, place: Place, value: Any) -> Any | None:
    """Return a copy of a body with one value in its place; None when the body has no such place."""
    made = json.loads(json.dumps(body))
    at = made
    for step in place[:-1]:
        if isinstance(at, dict) and step in at and at[step]:
            at = at[step]
        elif isinstance(at, list) and at:
            at = at[0]
        else:
            return None
    if isinstance(at, list) and at:
        at[0] = value
    elif isinstance(at, dict):
        at[place[-1]] = value
    else:
        return None
    return made
