"""Pages of the admin without the blanks of its theme's templates, which are two fifths of what is sent."""

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

#: What keeps its blanks; everywhere else one of them reads like many.
_KEPT = re.compile(r"(<(textarea|pre|script|style)\b.*?</\2>)", re.DOTALL)
_BLANKS = re.compile(r"\s*\n\s*")
#: A text between two things that are kept, the thing, and its tag.
_STEP = 3


def without_blanks(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Leave out indentation and empty lines of the admin's pages."""

    def handle(request: HttpRequest) -> HttpResponse:
        answer = get_response(request)
        is_page = answer.get("Content-Type", "").startswith("text/html") and not answer.streaming
        if is_page and request.path.startswith("/admin/"):
            pieces = _KEPT.split(answer.content.decode())
            pieces[::_STEP] = [_BLANKS.sub("\n", text) for text in pieces[::_STEP]]
            del pieces[2::_STEP]
            answer.content = "".join(pieces).encode()
        return answer

    return handle
