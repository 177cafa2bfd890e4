"""The history page of a record: what changed, by whom, when and why."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.template.response import TemplateResponse

from sgoffice import history
from sgoffice.admin.access import actor_of
from sgoffice.admin.actor_names import names_of
from sgoffice.admin.formatting import label_of, readable, readable_time
from sgoffice.admin.stored_values import in_words, is_derived, name_of, names_in
from sgoffice.admin.time_fields import ZONE

_MOST = 500  # items on one page
#: An instant as the database writes it.
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?\+00:00", re.ASCII)
_HIDDEN_FIELDS = frozenset({"id", "position", "touched_by", "participant_id"})


def history_page(admin: Any, request: HttpRequest, object_id: str, extra_context: Any) -> TemplateResponse:
    """Return the page; raises Http404 for a record that the actor may not see."""
    record = admin.find(request, object_id)
    if record is None:
        raise Http404
    if not admin.has_view_permission(request, record):
        raise PermissionDenied
    actor = actor_of(request)
    items = history.without_hidden_references(history.of_record(record.pk, by=actor, limit=_MOST), actor)
    items = _with_instants(items, getattr(record, ZONE, ""))
    names, records = names_of(item.actor for item in items), names_in(items, actor)
    writes = [
        list(rows) for _, rows in groupby(items, key=lambda item: (item.at, item.actor, item.verb, item.request_id))
    ]
    context = {
        **admin.admin_site.each_context(request),
        "title": "History",
        "subtitle": str(record),
        "opts": admin.opts,
        "original": record,
        "object": record,
        "writes": [_write_for_display(rows, names, records, record.pk) for rows in writes],
        "is_cut": len(items) == _MOST,
        "preserved_filters": "",
        **(extra_context or {}),
    }
    request.current_app = admin.admin_site.name
    return TemplateResponse(request, "office_admin/history.html", context)


def _with_instants(items: Iterable[history.HistoryItem], zone: str) -> list[history.HistoryItem]:
    """Return items, newest first, with instants on the clocks of the zone that the record had then."""
    found = []
    for item in items:
        before, after = item.changes.get(ZONE, (zone, zone))
        changes = {
            name: [_in_zone(old, before or after or ""), _in_zone(new, after or "")]
            for name, (old, new) in item.changes.items()
        }
        found.append(replace(item, changes=changes))
        zone = before or ""
    return found


def _in_zone(value: Any, zone: str) -> Any:
    if not isinstance(value, str) or not _INSTANT.fullmatch(value):
        return value
    return readable_time(datetime.fromisoformat(value), zone)


def _write_for_display(
    rows: list[history.HistoryItem], names: dict[str, str], records: dict[str, str], own: UUID
) -> dict[str, object]:
    first = rows[0]
    return {
        "at": first.at,
        "who": names[first.actor],
        "verb": label_of(first.verb),
        "reason": first.reason,
        "request_id": first.request_id,
        # the record itself first, then its parts in their order
        "rows": [_row(item, records, own) for item in sorted(rows, key=lambda item: (item.row_id != own, item.place))],
    }


def _row(item: history.HistoryItem, records: dict[str, str], own: UUID) -> dict[str, object]:
    def said(value: Any, column: str) -> Any:
        return readable(in_words(value, records, table=item.table, column=column))

    changes = [
        {"name": name_of(name), "before": said(before, name), "after": said(after, name)}
        for name, (before, after) in item.changes.items()
        if name not in _HIDDEN_FIELDS
        and not is_derived(item.table, name)
        and after != str(own)
        and not (item.operation == "insert" and after in (None, "", [], {}))
    ]
    _, _, thing = item.table.partition("_")
    return {"thing": label_of(thing), "operation": item.operation, "changes": changes}
