"""My page: name, role and zone, second factors, and links by which calendar programs show the diary."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from sgoffice.accounts import services
from sgoffice.accounts.models import ProviderAccount, User
from sgoffice.admin.access import actor_of
from sgoffice.admin.formatting import label_of, zone_label
from sgoffice.admin.refusals import refusal_texts
from sgoffice.desk.pages import REFUSED, attempt, desk_page, show, zone_of_reader
from sgoffice.records.characters import without_forbidden

_LONGEST = 100  # characters of a name
_NAME = "My calendar"


@desk_page("GET", "HEAD")
def me(request: HttpRequest) -> HttpResponse:
    """Show the page of the reader."""
    return _page(request)


@desk_page("POST")
def subscribe(request: HttpRequest) -> HttpResponse:
    """Make a link for a calendar program; its address is shown this once."""
    user, now = _user(request), timezone.now()
    name = without_forbidden(request.POST.get("name", "")).strip()[:_LONGEST] or _NAME
    secret, refused = attempt(lambda: services.issue_calendar_link(user, name=name, at=now))
    if secret is None:
        texts = [text for _, text in refusal_texts(refused)] if refused else []
        return _page(request, more={"refused": texts}, status=REFUSED)
    address = request.build_absolute_uri(reverse("calendar", kwargs={"secret": secret}))
    deadlines = request.build_absolute_uri(reverse("deadline-calendar", kwargs={"secret": secret}))
    more = {"address": address, "webcal": f"webcal:{address.partition(':')[2]}", "deadlines": deadlines}
    return _page(request, more=more)


@desk_page("POST")
def unsubscribe(request: HttpRequest, link: UUID) -> HttpResponse:
    """End a link of the reader's own."""
    user = _user(request)
    done, _ = attempt(lambda: services.revoke_calendar_link(link, of=user, by=actor_of(request), at=timezone.now()))
    if done is None:
        raise Http404
    messages.success(request, "The link is ended: the calendar program gets nothing more by it.")
    return redirect("desk-me")


@desk_page("POST")
def choose_zone(request: HttpRequest) -> HttpResponse:
    """Show hours by the clocks of a city from now on."""
    place = without_forbidden(request.POST.get("zone", "")).strip()[:_LONGEST]
    chosen, refused = attempt(lambda: services.choose_time_zone(_user(request), place))
    if chosen is None:
        texts = [text for _, text in refusal_texts(refused)] if refused else []
        return _page(request, more={"refused": texts, "typed_zone": place}, status=REFUSED)
    return redirect("desk-me")


def _user(request: HttpRequest) -> User:
    user: Any = request.user
    return user


def _page(request: HttpRequest, *, more: dict[str, Any] | None = None, status: int = 200) -> HttpResponse:
    user, now = _user(request), timezone.now()
    zone = zone_of_reader(request)
    links = user.calendar_links.filter(revoked_at=None, expires_at__gt=now)
    context = {
        "person": str(user),
        "role": label_of(user.role),
        "zone": zone_label(now.astimezone(zone), zone.key),
        "links": [
            {"id": one.pk, "name": one.name, "until": one.expires_at.astimezone(zone), "used": one.last_used_at}
            for one in links
        ],
        "provider": settings.OIDC_NAME if settings.OIDC_ISSUER else "",
        "is_linked": ProviderAccount.objects.filter(user=user).exists(),
        "has_second_factor": user.second_factor_since is not None,
        "factors": user.second_factors.filter(ended_at=None),
        "codes_left": user.recovery_codes.filter(ended_at=None).count(),
    }
    return show(request, "accounts/desk/me.html", context | (more or {}), status=status)
