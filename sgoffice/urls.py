"""Every URL prefix; apps are named as strings, never imported."""

from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView
from drf_spectacular.views import SpectacularSwaggerSplitView

from sgoffice import health
from sgoffice.api.schema import served

_APPS = [
    "sgoffice.accounts",
    "sgoffice.approvals",
    "sgoffice.directory",
    "sgoffice.partners",
    "appointments",
    "engagements",
    "engagements.agreements",
    "engagements.reports",
]

_SAFE = ["get", "head"]

urlpatterns = [
    path("", RedirectView.as_view(url="/desk/", http_method_names=_SAFE)),
    path("desk/", include("engagements.desk.urls")),
    path("desk/", include("engagements.reports.desk.urls")),
    path("livez", health.live),
    path("readyz", health.ready),
    path("problems/", include("sgoffice.api.urls")),
    path("api/openapi.json", served.staff_document, name="openapi"),
    path("api/partner/openapi.json", served.partner_document, name="partner-openapi"),
    path(
        "api/docs", SpectacularSwaggerSplitView.as_view(url_name="openapi", template_name="api/docs.html"), name="docs"
    ),
    path("", include("sgoffice.accounts.urls")),
    path("admin/", admin.site.urls),
    path("calendars/", include("engagements.api.calendar_urls")),
    *[path("api/v1/", include(f"{app}.api.urls")) for app in _APPS],
    path("api/v1/", include("sgoffice.api.search_urls")),
    path("api/v1/", include("sgoffice.api.trace_urls")),
]

handler400 = "sgoffice.api.problems.bad_request"
handler403 = "sgoffice.api.problems.forbidden"
handler404 = "sgoffice.api.problems.not_found"
handler500 = "sgoffice.api.problems.server_error"
