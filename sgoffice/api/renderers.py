"""JSON as bytes, by the library that renders documents; and the choice of a media type by a parameter."""

import re
from typing import Any

import orjson
from django.http import HttpRequest
from rest_framework.exceptions import NotAcceptable
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

from sgoffice.api.pagination import invalid
from sgoffice.api.problems import MEDIA_TYPE as PROBLEM

#: Letters of an `Accept` that are weighed; of a longer one the library reads the beginning.
_LONGEST = 8192


#: What a type says beyond its weight, such as its charset: no two that are offered differ in that alone.
_DETAIL = re.compile(r""";\s*(?!q\s*=)[^\s;,="]+\s*=\s*(?:"[^"]*"|[^\s;,"]+)""", re.IGNORECASE)

#: A type that is named with a weight of nothing.
_REFUSED = re.compile(r"([\w.+-]+/[\w.+-]+)\s*;\s*q=0(?:\.0*)?\s*(?:,|$)", re.IGNORECASE)


class JSONRenderer(BaseRenderer):
    """Renders responses that are not stored documents."""

    media_type = "application/json"
    format = "json"
    charset = None

    def render(self, data: Any, accepted_media_type: str | None = None, renderer_context: Any = None) -> bytes:
        return b"" if data is None else orjson.dumps(data, default=str, option=orjson.OPT_NON_STR_KEYS)


class CsvRenderer(BaseRenderer):
    """Offers CSV to negotiation; the view writes the file."""

    media_type = "text/csv"
    format = "csv"
    charset = "utf-8"

    def render(self, data: Any, accepted_media_type: str | None = None, renderer_context: Any = None) -> bytes:
        return JSONRenderer().render(data)


class Negotiation(DefaultContentNegotiation):
    """Chooses by `Accept` and its weights; what nearly everybody asks for needs no weighing.

    An empty `Accept` asks for anything. Whoever asks for problems alone gets what there is: so do clients by
    openapi-generator where the answer is a file.
    """

    def select_renderer(self, request: Request, renderers: Any, format_suffix: str | None = None) -> Any:
        """Return the renderer and its media type."""
        first = renderers[0]
        given = request.META.get("HTTP_ACCEPT", "").strip()
        if given in {"", "*/*", first.media_type, PROBLEM}:
            return first, first.media_type
        if len(given) > _LONGEST:
            return super().select_renderer(request, renderers, format_suffix)
        refused = {one.casefold() for one in _REFUSED.findall(given)}
        offered = {one.media_type: one for one in renderers if one.media_type not in refused}
        # the library looks at how exact a type is, and not at its weight
        asked = HttpRequest()
        asked.META["HTTP_ACCEPT"] = _DETAIL.sub("", given)
        found = asked.get_preferred_type(list(offered))
        if found is None:
            raise NotAcceptable(available_renderers=renderers)
        return offered[found], found


#: What `format` of lists was called before; who still writes it is understood.
FORMERLY = "as"


class FormatNegotiation(Negotiation):
    """Chooses the renderer by the parameter `format`, else by `Accept`."""

    def select_renderer(self, request: Request, renderers: Any, format_suffix: str | None = None) -> Any:
        """Return the renderer and its media type; raises ValidationError (400) for an unknown format."""
        name = "format" if "format" in request.query_params else FORMERLY
        if name == "format" and FORMERLY in request.query_params:
            raise invalid(FORMERLY, "It is the former name of `format`, which is given too: leave it out.")
        wanted = request.query_params.get(name)
        if wanted is None:
            return super().select_renderer(request, renderers)
        named = {renderer.format: renderer for renderer in renderers}
        if wanted not in named:
            raise invalid(name, f"Use one of: {', '.join(named)}.")
        return named[wanted], named[wanted].media_type
