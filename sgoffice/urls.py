"""Every URL prefix; apps are named as strings, never imported."""

from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView
from drf_spectacular.views import SpectacularSwaggerSplitView

from sgoffice import health
from sgoffice.api.schema import served
from sgoffice.api.segments import by_segment

_APPS = [
    "sgoffice.accounts",
    "sgoffice.approvals",
    "sgoffice.archives",
    "sgoffice.directory",
    "sgoffice.imports",
    "sgoffice.partners",
    "sgoffice.redactions",
    "appointments",
    "engagements",
    "engagements.agreements",
    "engagements.reports",
    "engagements.public_register",
]

_SAFE = ["get", "head"]

urlpatterns = [
    by_segment(
        "api/v1/", [*(f"{app}.api.urls" for app in _APPS), "sgoffice.api.search_urls", "sgoffice.api.trace_urls"]
    ),
    path("", RedirectView.as_view(url="/desk/", http_method_names=_SAFE)),
    path("desk/", include("sgoffice.desk.urls")),
    path("desk/", include("sgoffice.accounts.desk.urls")),
    path("desk/", include("sgoffice.approvals.desk.urls")),
    path("desk/", include("sgoffice.archives.desk.urls")),
    path("desk/", include("sgoffice.imports.desk.urls")),
    path("desk/", include("sgoffice.redactions.desk.urls")),
    path("desk/", include("appointments.desk.urls")),
    path("desk/", include("engagements.desk.urls")),
    path("desk/", include("engagements.agreements.desk.urls")),
    path("desk/", include("engagements.reports.desk.urls")),
    path("desk/", include("engagements.reminders.desk.urls")),
    path("desk/", include("engagements.public_register.desk.urls")),
    path("livez", health.live),
    path("readyz", health.ready),
    path("problems/", include("sgoffice.api.urls")),
    path(".well-known/", include("sgoffice.partners.api.well_known_urls")),
    path("api/openapi.json", served.staff_document, name="openapi"),
    path("api/partner/openapi.json", served.partner_document, name="partner-openapi"),
    path(
        "api/docs", SpectacularSwaggerSplitView.as_view(url_name="openapi", template_name="api/docs.html"), name="docs"
    ),
    path("api/partner/", include("sgoffice.partners.api.context_urls")),
    path(
        "api/partner/docs",
        SpectacularSwaggerSplitView.as_view(url_name="partner-openapi", template_name="api/docs.html"),
        name="partner-docs",
    ),
    path("", include("sgoffice.accounts.urls")),
    path("admin/", admin.site.urls),
    path("calendars/", include("engagements.api.calendar_urls")),
    path("calendars/", include("engagements.reports.api.calendar_urls")),
]

handler400 = "sgoffice.api.problems.bad_request"
handler403 = "sgoffice.api.problems.forbidden"
handler404 = "sgoffice.api.problems.not_found"
handler500 = "sgoffice.api.problems.server_error"
