"""Partners in the admin: their progress, credentials, ping endpoints and releases."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

import orjson
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from sgoffice.admin.access import actor_of
from sgoffice.admin.formatting import badge
from sgoffice.admin.forms import version_of
from sgoffice.admin.record_admin import RecordAdmin
from sgoffice.changes.door import Expected
from sgoffice.changes.steps import Step
from sgoffice.documents.publications import publications
from sgoffice.partners import services
from sgoffice.partners.models import Partner, Release
from sgoffice.partners.vocabulary import ReleaseCondition
from sgoffice.records.actors import Actor, Permission
from sgoffice.records.errors import InvalidEntry, RegisterError
from sgoffice.records.models import Entry

_PER_PAGE = 50


@dataclass(frozen=True, kw_only=True)
class ListProposal:
    """A list of records by reference, separated by spaces, and the purpose."""

    references: str
    purpose: str = ""


@dataclass(frozen=True, kw_only=True)
class RuleProposal:
    """A standing rule for the records of a kind that name the partner, and the purpose."""

    kind: str
    purpose: str = ""


def _propose_list(partner_id: UUID, entry: ListProposal, *, by: Actor, expected: Expected) -> Release:
    wanted = entry.references.replace(",", " ").split()
    found = dict(Entry.objects.visible_to(by).filter(reference__in=wanted).values_list("reference", "pk"))
    if missing := [reference for reference in wanted if reference not in found]:
        raise InvalidEntry([("/references", f"There is no {', '.join(missing)}.")])
    records = tuple(found[reference] for reference in wanted)
    proposal = services.ReleaseEntry(partner=partner_id, records=records, purpose=entry.purpose)
    return services.propose_release(proposal, by=by)


def _propose_rule(partner_id: UUID, entry: RuleProposal, *, by: Actor, expected: Expected) -> Release:
    condition = ReleaseCondition.PARTNER_IS_NAMED
    proposal = services.ReleaseEntry(partner=partner_id, condition=condition, kind=entry.kind, purpose=entry.purpose)
    return services.propose_release(proposal, by=by)


@admin.register(Partner)
class PartnerAdmin(RecordAdmin):
    """Partners. A partner is never deleted, but made inactive."""

    entry = services.PartnerEntry
    enter = staticmethod(services.register_partner)
    correct = staticmethod(services.correct_partner)
    writes_with = Permission.ADMINISTER
    only_at_entry = frozenset({"slug"})
    together = (("organization", "country"),)
    list_display = ("name", "slug", "organization", "country", "is_active", "pulled", "pings")
    list_filter = ("is_active",)
    ordering = ("name", "pk")
    steps: ClassVar = (
        Step(
            name="propose-records", label="Propose records", service=_propose_list, entry=ListProposal,
            columns=Release,
        ),
        Step(
            name="propose-rule", label="Propose a standing rule", service=_propose_rule, entry=RuleProposal,
            columns=Release,
        ),
    )  # fmt: skip

    def step_choices(self, step: Step, record: Any) -> dict[str, list[tuple[str, str]]]:
        return {"kind": [(kind, kind) for kind in sorted(publications())]} if step.entry is RuleProposal else {}

    def all_steps(self) -> tuple[Step, ...]:
        """Return the steps of a partner: it is never marked as entered in error, but made inactive."""
        return self.steps

    def get_queryset(self, request: HttpRequest) -> Any:
        """Add the time of the last pull and the numbers of active and disabled endpoints."""
        active = Count("ping_endpoints", filter=Q(ping_endpoints__is_active=True))
        disabled = Count("ping_endpoints", filter=Q(ping_endpoints__is_active=False))
        counted = Partner.objects.filter(pk=OuterRef("pk")).annotate(active=active, disabled=disabled).order_by()
        rows = super().get_queryset(request).annotate(pulled_at=F("pull__pulled_at"))
        return rows.annotate(active=Subquery(counted.values("active")), disabled=Subquery(counted.values("disabled")))

    @admin.display(description="Last pull", ordering="pulled_at", empty_value="never")
    def pulled(self, record: Any) -> datetime | None:
        return record.pulled_at

    @admin.display(description="Pings", ordering="disabled", empty_value="—")
    def pings(self, record: Any) -> str | None:
        """Whether its endpoints are notified."""
        if record.disabled:
            return badge(f"{record.disabled} of {record.disabled + record.active} disabled", "danger")
        return badge("active", "success") if record.active else None

    def get_urls(self) -> list[URLPattern]:
        """Add the pages of credentials, pings and records."""
        views = {"credentials": self.credentials_view, "pings": self.pings_view, "records": self.records_view}
        own = [
            path(f"<uuid:partner_id>/{name}/", self.admin_site.admin_view(view), name=f"partners_partner_{name}")
            for name, view in views.items()
        ]
        return [*own, *super().get_urls()]

    def panel(self, record: Partner) -> dict[str, Any]:
        """Return the progress, endpoints and releases shown above the form."""
        return {
            "register_panel": "partners/panel.html",
            "partner": record,
            "partner_progress": services.pull_progress(record.pk),
            "partner_endpoints": services.ping_progress(record.pk),
            "partner_releases": record.releases.order_by("-pk")[:20],
        }

    def credentials_view(self, request: HttpRequest, partner_id: UUID) -> HttpResponse:
        """List the secrets of a partner; issue one, which is shown once, or revoke one."""
        by, now = actor_of(request), timezone.now()
        partner = _administered(partner_id, by)
        secret = ""
        try:
            if "issue" in request.POST:
                _, secret = services.issue_secret(partner.pk, by=by, at=now)
            elif "revoke" in request.POST:
                services.revoke_secret(_id_in(request.POST, "revoke"), of=partner.pk, by=by, at=now)
                messages.success(request, "The secret is revoked; the next request with it is refused.")
        except RegisterError as error:
            messages.error(request, error.detail)
        shown = {"title": "Credentials", "secrets": partner.secrets.all(), "secret": secret, "now": now}
        return self._page_of(request, partner, "partners/credentials.html", shown)

    def pings_view(self, request: HttpRequest, partner_id: UUID) -> HttpResponse:
        """List the ping endpoints of a partner; register, test, disable or enable one, or rotate its secret."""
        by, now = actor_of(request), timezone.now()
        partner = _administered(partner_id, by)
        secret = ""
        refused: dict[str, str] = {}
        try:
            secret = _act_on_pings(request.POST, partner.pk, by=by, at=now)
            if request.POST and not secret:
                messages.success(request, "Done.")
        except InvalidEntry as error:
            refused = dict(error.errors)
        except RegisterError as error:
            messages.error(request, error.detail)
        shown = {"title": "Pings", "secret": secret, "refused": refused, "version": version_of(partner.pk)}
        shown |= {"endpoints": services.ping_progress(partner.pk), "given": request.POST if refused else {}}
        return self._page_of(request, partner, "partners/pings.html", shown)

    def records_view(self, request: HttpRequest, partner_id: UUID) -> HttpResponse:
        """List the records the partner may get now, or show one of them exactly as it gets it."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        partner = _partner(partner_id)
        if "record" in request.GET:
            line = services.available_line(partner.pk, _id_in(request.GET, "record"))
            if line is None:
                raise Http404
            shown = orjson.dumps(orjson.loads(line), option=orjson.OPT_INDENT_2).decode()
            one = {"title": "The record as the partner gets it", "shown": shown}
            return self._page_of(request, partner, "partners/records.html", one)
        page = Paginator(services.available_entries(partner.pk), _PER_PAGE).get_page(request.GET.get("page"))
        documents = services.available_documents(partner.pk, [row.pk for row in page])
        titles = {document["id"]: _title(document) for document in documents}
        found = [(row, titles.get(str(row.pk), "")) for row in page]
        listed = {"title": "Records of the partner", "page": page, "found": found}
        return self._page_of(request, partner, "partners/records.html", listed)

    def _page_of(self, request: HttpRequest, partner: Partner, template: str, shown: dict[str, Any]) -> HttpResponse:
        """Return a page about a partner that is not cached."""
        context = {
            **self.admin_site.each_context(request),
            "subtitle": str(partner),
            "opts": self.opts,
            "original": partner,
            "partner": partner,
            "back": reverse("admin:partners_partner_change", args=[partner.pk]),
            **shown,
        }
        answer = TemplateResponse(request, template, context)
        answer["Cache-Control"] = "no-store"
        return answer


@admin.register(Release)
class ReleaseAdmin(RecordAdmin):
    """Releases. They are proposed on the page of the partner."""

    entry = services.ReleaseEntry
    list_display = ("partner", "condition", "kind", "state", "purpose")
    list_filter = ("state", "condition")
    ordering = ("-pk",)
    steps: ClassVar = services.RELEASE_STEPS

    def all_steps(self) -> tuple[Step, ...]:
        """Return the steps of a release: it is never marked as entered in error, but withdrawn."""
        return tuple(self.steps)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody may change a release: withdraw it and propose another one."""
        return False

    def panel(self, record: Release) -> dict[str, Any]:
        """Return the records that the release grants, shown above the form."""
        return {
            "register_panel": "partners/release.html",
            "release_kinds": services.preview_release(record),
            "release_records": record.records.select_related("entry").order_by("position"),
        }


def _administered(partner_id: UUID, by: Actor) -> Partner:
    """Return a partner whose credentials the actor may manage; raises PermissionDenied or Http404."""
    if not by.may(Permission.ADMINISTER):
        raise PermissionDenied
    return _partner(partner_id)


def _partner(partner_id: UUID) -> Partner:
    partner = Partner.objects.filter(pk=partner_id).first()
    if partner is None:
        raise Http404
    return partner


def _title(document: dict[str, Any]) -> str:
    return document.get("title") or document.get("person", {}).get("name", "")


def _act_on_pings(posted: QueryDict, partner_id: UUID, *, by: Actor, at: datetime) -> str:
    """Carry out the button that was pressed on the page of pings; return a new secret to show, if there is one."""
    seen = posted.get("version_seen", "")
    expected = int(seen) if seen.isascii() and seen.isdigit() else 0
    if "register" in posted:
        url = posted.get("url", "").strip()
        _, secret = services.register_ping_endpoint(partner_id, url, by=by, at=at, expected=expected)
        return secret
    if "rotate" in posted:
        return services.rotate_ping_secret(partner_id, _id_in(posted, "rotate"), by=by, at=at)
    if "test" in posted:
        services.send_test_ping(partner_id, _id_in(posted, "test"), by=by, at=at)
    elif "enable" in posted:
        services.enable_ping_endpoint(partner_id, _id_in(posted, "enable"), by=by, at=at, expected=expected)
    elif "disable" in posted:
        endpoint_id, reason = _id_in(posted, "disable"), posted.get("reason", "").strip()
        services.disable_ping_endpoint(partner_id, endpoint_id, by=by, at=at, expected=expected, reason=reason)
    return ""


def _id_in(data: QueryDict, name: str) -> UUID:
    try:
        return UUID(data.get(name, ""))
    except ValueError:
        raise Http404 from None
