"""JSON as bytes, by the library that renders documents; and the choice of a media type by a parameter."""

from typing import Any, ClassVar

import orjson
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

from sgoffice.api.pagination import invalid


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


class FormatNegotiation(DefaultContentNegotiation):
    """Chooses the renderer by the parameter `format`, else by `Accept`."""

    parameter: ClassVar[str] = "format"

    def select_renderer(self, request: Request, renderers: Any, format_suffix: str | None = None) -> Any:
        """Return the renderer and its media type; raises ValidationError (400) for an unknown format."""
        wanted = request.query_params.get(self.parameter)
        names = [renderer.format for renderer in renderers]
        if wanted is not None and wanted not in names:
            raise invalid(self.parameter, f"Use one of: {', '.join(names)}.")
        return super().select_renderer(request, renderers, wanted)
