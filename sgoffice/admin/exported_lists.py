"""A list of the admin as a file: its filters, search and order, all of its rows."""

from typing import Any

from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from sgoffice.admin.access import actor_of
from sgoffice.exports.answers import file_answer

#: What people open; programs ask the API.
_OFFERED = frozenset({"csv", "xlsx"})


def export_path(admin: Any) -> URLPattern:
    """Return the address of the files of an admin's list."""

    @require_safe
    def view(request: HttpRequest, form: str) -> HttpResponseBase:
        return exported_list(admin, request, form)

    name = f"{admin.opts.app_label}_{admin.opts.model_name}_export"
    return path("export/<slug:form>/", admin.admin_site.admin_view(view), name=name)


def exported_list(admin: Any, request: HttpRequest, form: str) -> HttpResponseBase:
    """Return the file; raises Http404 for another form. Filters that mean nothing lead back to the list, as there."""
    if form not in _OFFERED:
        raise Http404
    if not admin.has_view_permission(request):
        raise PermissionDenied
    try:
        rows = admin.get_changelist_instance(request).queryset
    except IncorrectLookupParameters:
        return redirect(f"{reverse(f'admin:{admin.opts.app_label}_{admin.opts.model_name}_changelist')}?e=1")
    # some columns are sorted by what the list alone computes; a search annotates how well each row answers it
    columns = {field.name for field in admin.model._meta.fields} | {"pk", *rows.query.annotations}
    ordering = [name for name in rows.query.order_by if str(name).lstrip("-") in columns]
    by, today = actor_of(request), timezone.localdate()
    return file_answer(request, admin.model, rows, (*ordering, "pk"), form, by=by, on=today, with_bom=True)
