"""Every route of the URL configuration, with an address that leads to it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

from tests.contract.operations import NOBODY

_GIVEN = {"slug": "not-found", "content_type_id": "1", "secret": "nobody", "app_label": "directory"}
_PARAMETER = re.compile(r"<(?:(\w+):)?(\w+)>|\(\?P<(\w+)>[^)]*\)")


@dataclass(frozen=True)
class Route:
    """`pattern` as the configuration writes it, and an address that it matches."""

    pattern: str
    address: str

    def __str__(self) -> str:
        return self.pattern


def routes() -> list[Route]:
    """Return every route once."""
    found = {pattern: Route(pattern, _address(pattern)) for pattern in _walk(get_resolver(), "/")}
    return list(found.values())


def _walk(resolver: URLResolver, prefix: str) -> Iterator[str]:
    for item in resolver.url_patterns:
        pattern = prefix + str(item.pattern).lstrip("^")
        if isinstance(item, URLPattern):
            yield pattern
        else:
            yield from _walk(item, pattern)


def _address(pattern: str) -> str:
    def value(found: re.Match[str]) -> str:
        name = found[2] or found[3]
        return _GIVEN.get(name, "1" if found[1] == "int" else NOBODY)

    address = _PARAMETER.sub(value, pattern)
    return address.replace("\\.", ".").replace("(?:directory)", "directory").rstrip("$").replace("\\Z", "").rstrip("?")
