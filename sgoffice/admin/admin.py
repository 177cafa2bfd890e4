"""The trace in the admin, for auditors: to read, filter and export, never to change."""

import json
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from unfold.admin import ModelAdmin

from sgoffice.admin.access import ActorAccess
from sgoffice.admin.actor_names import name_of
from sgoffice.records.actors import Permission
from sgoffice.records.models import Entry, TraceItem


@admin.register(TraceItem)
class TraceItemAdmin(ActorAccess, ModelAdmin):
    """Who read what is restricted, exported, signed in, decided or was refused. It names records, never contents."""

    reads_with = Permission.AUDIT
    list_display = ("at", "act", "who", "door", "method", "path", "status", "records", "address")
    list_filter = ("act", "door", "at")
    search_fields = ("actor", "path", "request_id", "address")
    ordering = ("-id",)
    date_hierarchy = None
    show_full_result_count = False
    list_per_page = 50
    actions = None
    fields: ClassVar = (
        "at",
        "act",
        "who",
        "door",
        "address",
        "method",
        "path",
        "status",
        "request_id",
        "records",
        "said",
    )
    readonly_fields = fields

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    @admin.display(description="Who")
    def who(self, item: TraceItem) -> str:
        return name_of(item.actor) if item.actor else "nobody known"

    @admin.display(description="Restricted records shown")
    def records(self, item: TraceItem) -> str:
        found = Entry.objects.filter(pk__in=item.entries).values_list("kind", "reference", "pk")
        return ", ".join(f"{kind} {reference or key}" for kind, reference, key in found)

    @admin.display(description="About")
    def said(self, item: TraceItem) -> str:
        return json.dumps(item.about, ensure_ascii=False)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """Show the list, with the address of the file for spreadsheets."""
        file = f"{reverse('trace')}?{urlencode({'format': 'csv'})}"
        return super().changelist_view(request, {"register_export": file} | (extra_context or {}))
