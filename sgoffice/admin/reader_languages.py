"""The language of pages for people: their own choice, else what the browser asks for, else English."""

import re
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

#: Pages that are there in every language; the rest of the admin and what programs read are in English.
_PAGES = re.compile(r"/(desk|second-factor|organization|password|language|admin/log(in|out))(/|$)")


def in_language_of_reader(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Make pages for people in their reader's language; half a translation helps nobody, so all others are English."""

    def handle(request: HttpRequest) -> HttpResponse:
        is_page = _PAGES.match(request.path) is not None
        language = language_of(request) if is_page else settings.LANGUAGE_CODE
        with translation.override(language):
            response = get_response(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ("Accept-Language",))
        return response

    return handle


def language_of(request: Any) -> str:
    """Return the language in which somebody reads pages."""
    own = getattr(getattr(request, "user", None), "language", "")
    return own if own in dict(settings.LANGUAGES) else translation.get_language_from_request(request)
