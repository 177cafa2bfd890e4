"""GET /problems/{slug}: what a kind of problem means and what to do about it."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.html import format_html
from django.views.decorators.http import require_safe

from sgoffice.api.problems import TYPES


@require_safe
def problem_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Return the page of a problem type, for people or for programs."""
    kind = TYPES.get(slug)
    if kind is None:
        raise Http404
    if "text/html" in request.headers.get("Accept", ""):
        page = "<!doctype html><html lang=en><title>{}</title><h1>{}</h1><p>Status {}.</p><p>{}</p></html>"
        return HttpResponse(format_html(page, kind.title, kind.title, kind.status, kind.advice))
    return JsonResponse({"type": request.path, "title": kind.title, "status": kind.status, "advice": kind.advice})
