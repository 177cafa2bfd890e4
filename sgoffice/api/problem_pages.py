"""GET /problems/{slug}: what a type of problem means and what to do about it; GET /problems/rules: every rule."""

from dataclasses import asdict

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.html import format_html, format_html_join
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from sgoffice.api.problems import TYPES
from sgoffice.api.rule_list import rules


@csrf_exempt
@require_safe
def problem_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Return the page of a problem type, as HTML or JSON by `Accept`."""
    kind = TYPES.get(slug)
    if kind is None:
        raise Http404
    if "text/html" in request.headers.get("Accept", ""):
        page = "<!doctype html><html lang=en><title>{}</title><h1>{}</h1><p>Status {}.</p><p>{}</p></html>"
        return HttpResponse(format_html(page, kind.title, kind.title, kind.status, kind.advice))
    return JsonResponse({"type": request.path, "title": kind.title, "status": kind.status, "advice": kind.advice})


@csrf_exempt
@require_safe
def rules_page(request: HttpRequest) -> HttpResponse:
    """Return every rule by which a request may be refused (409), with the articles behind it and its sentences."""
    if "text/html" not in request.headers.get("Accept", ""):
        return JsonResponse({"rules": [asdict(rule) for rule in rules()]})
    rows = format_html_join(
        "",
        "<tr id={}><td><code>{}</code><td>{}<td>{}",
        ((rule.rule, rule.rule, "; ".join(rule.basis), " / ".join(rule.details)) for rule in rules()),
    )
    page = (
        "<!doctype html><html lang=en><title>Rules</title><h1>Rules</h1><table><tr><th>Rule<th>Basis<th>Says{}</table>"
    )
    return HttpResponse(format_html(page, rows))
