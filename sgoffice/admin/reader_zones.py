"""Show times that have no place, such as when something was changed, in the zone of who reads the page."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from sgoffice.records.time_zones import time_zone_names

_PAGES = ("/admin/", "/desk/")


def in_zone_of_reader(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Make pages for people in their reader's zone; what programs read stays in UTC."""

    def handle(request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(_PAGES):
            return get_response(request)
        zone = getattr(request.user, "time_zone", "")
        if zone not in time_zone_names():
            return get_response(request)
        with timezone.override(ZoneInfo(zone)):
            return get_response(request)

    return handle
