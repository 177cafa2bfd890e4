"""Every URL prefix; apps are named as strings, never imported."""

from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView
from drf_spectacular.views import SpectacularJSONAPIView, SpectacularSwaggerSplitView

from sgoffice import health
from sgoffice.settings.http import PARTNER_DOCUMENT

_APPS = [
    "sgoffice.accounts",
    "sgoffice.directory",
    "sgoffice.partners",
    "appointments",
    "engagements",
    "engagements.agreements",
    "engagements.reports",
]

urlpatterns = [
    path("", RedirectView.as_view(url="/api/docs")),
    path("livez", health.live),
    path("readyz", health.ready),
    path("problems/", include("sgoffice.api.urls")),
    path("api/openapi.json", SpectacularJSONAPIView.as_view(), name="openapi"),
    path("api/partner/openapi.json", SpectacularJSONAPIView.as_view(custom_settings=PARTNER_DOCUMENT)),
    path("api/docs", SpectacularSwaggerSplitView.as_view(url_name="openapi"), name="docs"),
    path("admin/password_change/", RedirectView.as_view(pattern_name="change-password")),
    path("admin/", admin.site.urls),
    path("", include("sgoffice.accounts.urls")),
    path("calendars/", include("engagements.api.calendar_urls")),
    *[path("api/v1/", include(f"{app}.api.urls")) for app in _APPS],
    path("api/v1/", include("sgoffice.api.search_urls")),
]

handler400 = "sgoffice.api.problems.bad_request"
handler403 = "sgoffice.api.problems.forbidden"
handler404 = "sgoffice.api.problems.not_found"
handler500 = "sgoffice.api.problems.server_error"
