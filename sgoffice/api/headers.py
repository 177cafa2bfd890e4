"""The headers of every answer, decided in one place: who may keep it, what a page may do, what a browser may use."""

import re
from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.cache import patch_vary_headers

Handler = Callable[[HttpRequest], HttpResponse]

#: What is not a page loads and does nothing.
NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
#: Pages of our own: scripts, styles and pictures from files of ours, nothing inline, nothing evaluated.
PAGE = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
#: The theme of the admin evaluates expressions in attributes and sets styles (docs/decisions/0021).
ADMIN = (
    "default-src 'none'; script-src 'self' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
_PAGES = re.compile(
    r"/(api/(partner/)?docs|desk|language|password|second-factor|organization|problems|admin/log(in|out))(/|$)"
)
_FEATURES = (
    "accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "fullscreen", "geolocation",
    "gyroscope", "hid", "identity-credentials-get", "idle-detection", "magnetometer", "microphone", "midi",
    "payment",
    "picture-in-picture", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking",
)  # fmt: skip
#: The same for all answers; views may say more exactly what holds for theirs.
_ALWAYS = {
    "Permissions-Policy": ", ".join(f"{name}=()" for name in _FEATURES),
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
}

#: The same answer for everybody.
_PUBLIC = re.compile(
    r"/($|livez$|readyz$|problems/|api/(partner/)?openapi\.json$|api/partner/(context\.jsonld|guide)$|\.well-known/|static/)"
)
#: What belongs to one record of staff: its history, links, versions. They need not name its marking.
_OF_A_RECORD = re.compile(r"/api/v1/(?!partner/)[^/]+/[0-9A-Za-z-]{8,}/.")
_RESTRICTED = re.compile(rb'"marking": ?"restricted"|class="marking restricted"|\nCLASS:CONFIDENTIAL')
_RESTRICTED_ROW = re.compile(rb"\brestricted\b")
#: One of these is in whatever the patterns above find; to look for it takes a twentieth of the time.
_TELLING = (b"restricted", b"CONFIDENTIAL")
_KEPT = "private, no-cache"
_NOT_KEPT = "no-store"


def complete(get_response: Handler) -> Handler:
    """Complete the headers of every answer, those of static files too."""

    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        for name, value in _ALWAYS.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Content-Security-Policy", _policy(request.path))
        _limit_keeping(request, response)
        rate = getattr(request, "rate_state", None)
        for name, value in rate.headers().items() if rate is not None else ():
            response[name] = value
        return response

    return handle


def health_headers() -> list[tuple[str, str]]:
    """Return the headers of `/livez` where the server answers it by itself."""
    lines = _ALWAYS | {
        "Content-Security-Policy": NOTHING,
        "Cache-Control": _NOT_KEPT,
        "Content-Type": "application/json",
    }
    return [(name.lower(), value) for name, value in lines.items()]


def _policy(path: str) -> str:
    if _PAGES.match(path):
        return PAGE
    return ADMIN if path.startswith("/admin/") else NOTHING


def _limit_keeping(request: HttpRequest, response: HttpResponse) -> None:
    """Say who may keep the answer, and what of the request chose it."""
    if _PUBLIC.match(request.path):
        response.headers.setdefault(
            "Cache-Control", "no-cache" if response.status_code < HTTPStatus.BAD_REQUEST else _NOT_KEPT
        )
        if request.path.startswith("/problems/"):
            patch_vary_headers(response, ["Accept"])
        return
    patch_vary_headers(response, ["Accept", "Authorization", "Cookie"])
    if (
        request.method not in {"GET", "HEAD"}
        or response.status_code >= HTTPStatus.BAD_REQUEST
        or _shows_restricted(response)
    ):
        response["Cache-Control"] = _NOT_KEPT
    elif "Cache-Control" not in response.headers:
        is_part = _OF_A_RECORD.match(request.path)
        response["Cache-Control"] = _NOT_KEPT if is_part else _KEPT


def _shows_restricted(response: HttpResponse) -> bool:
    """Tell whether anything in the answer is marked as restricted; of a stream nobody knows."""
    if isinstance(response, StreamingHttpResponse):
        return True
    if not any(word in response.content for word in _TELLING):
        return False
    marked = _RESTRICTED_ROW if response.get("Content-Type", "").startswith("text/csv") else _RESTRICTED
    return marked.search(response.content) is not None
