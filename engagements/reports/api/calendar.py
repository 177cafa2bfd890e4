"""Deadlines by a calendar link, with the rights of its user."""

from typing import cast

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

from engagements.reports.api.deadline_calendar import calendar_answer
from engagements.reports.api.deadlines import deadlines_asked
from sgoffice.accounts.authentication import CalendarLinkAuthentication
from sgoffice.accounts.models import CalendarLink
from sgoffice.api.actors import actor_of
from sgoffice.api.icalendar import CalendarRenderer

#: A calendar looks a year ahead unless it is told otherwise.
_AHEAD = "365"


class DeadlineSubscriptionView(APIView):
    """The deadlines of a year for a calendar program."""

    http_method_names = ["get", "head"]
    authentication_classes = [CalendarLinkAuthentication]
    renderer_classes = [CalendarRenderer]

    @extend_schema(exclude=True)
    def get(self, request: Request, secret: str) -> HttpResponse:
        """Return the deadlines; takes the filters of /deadlines."""
        given = request.query_params.copy()
        given.setdefault("within", _AHEAD)
        wanted = deadlines_asked(request, given)
        name = f"Deadlines: {cast(CalendarLink, request.auth).name}"
        return calendar_answer(request, wanted, actor_of(request), name=name)
