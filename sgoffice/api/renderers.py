"""JSON as bytes, by the same library that renders documents; and answers in several forms, chosen by name too."""

from typing import Any

import orjson
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

from sgoffice.api.pagination import invalid


class JSONRenderer(BaseRenderer):
    """Renders answers that are not stored documents."""

    media_type = "application/json"
    format = "json"
    charset = None

    def render(self, data: Any, accepted_media_type: str | None = None, renderer_context: Any = None) -> bytes:
        """Return the JSON of an answer; nothing for an answer without a body."""
        return b"" if data is None else orjson.dumps(data, default=str, option=orjson.OPT_NON_STR_KEYS)


class ChosenByName(DefaultContentNegotiation):
    """For what is answered in several forms: `format` names one, else `Accept` chooses."""

    def select_renderer(self, request: Request, renderers: Any, format_suffix: str | None = None) -> Any:
        """Return the renderer and its media type; raises ValidationError (400) for a form that there is not."""
        wanted = request.query_params.get("format")
        names = [renderer.format for renderer in renderers]
        if wanted is not None and wanted not in names:
            raise invalid("format", f"It is one of: {', '.join(names)}.")
        return super().select_renderer(request, renderers, wanted)
