"""The guide for partner engineers (docs/partners.md), served to them: they have no copy of this program."""

from functools import cache
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from sgoffice.api.preconditions import tagged_answer

_PAGE = Path(__file__).parents[3] / "docs" / "partners.md"


@cache
def _text() -> bytes:
    return _PAGE.read_bytes()


@csrf_exempt
@require_safe
def served_guide(request: HttpRequest) -> HttpResponse:
    """Return the guide to anybody, as text: whoever reads it has no token yet."""
    answer = tagged_answer(request, _text())
    if answer.content:
        answer["Content-Type"] = "text/plain; charset=utf-8"
    answer["Cache-Control"] = "no-cache"
    return answer
