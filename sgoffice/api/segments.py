"""Addresses found by the first segment after a prefix: the last kind of record costs as much as the first."""

import re
from collections.abc import Iterable
from functools import cached_property
from importlib import import_module
from typing import Any

from django.urls import URLPattern, URLResolver
from django.urls.resolvers import RoutePattern

Pattern = URLPattern | URLResolver
#: The literal beginning of a route, as `path()` and as the routers of REST framework write it, and what may follow.
_SEGMENT = re.compile(r"\^?([A-Za-z0-9-]+)(?:[/$]|\\Z|$)")


class SegmentResolver(URLResolver):
    """Asks only those patterns that can match, in their order; everything else is as in Django."""

    @cached_property
    def narrowed(self) -> dict[str, URLResolver]:
        """The patterns of each first segment, and under "" those that begin with none."""
        patterns: list[Pattern] = self.url_patterns
        segments = {pattern: _segment_of(pattern) for pattern in patterns}
        return {
            segment: URLResolver(self.pattern, [one for one in patterns if segments[one] in ("", segment)])
            for segment in {"", *segments.values()}
        }

    def resolve(self, path: Any) -> Any:
        """Return what Django would find among all of them."""
        matched = self.pattern.match(str(path))
        segment = matched[0].partition("/")[0] if matched else ""
        return self.narrowed.get(segment, self.narrowed[""]).resolve(path)


def by_segment(prefix: str, modules: Iterable[str]) -> URLResolver:
    """Return the resolver of the addresses in these modules, below a prefix."""
    patterns = [pattern for module in modules for pattern in import_module(module).urlpatterns]
    return SegmentResolver(RoutePattern(prefix), patterns)


def _segment_of(pattern: Pattern) -> str:
    found = _SEGMENT.match(str(pattern.pattern))
    return found[1] if found else ""
