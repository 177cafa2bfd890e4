"""The buttons above a form: each step has a page of its own with the fields of its entry, and calls its service."""

import dataclasses
import typing
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, models, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from unfold.widgets import (
    UnfoldAdminDateWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
    UnfoldBooleanWidget,
)

from sgoffice.admin.access import actor_of
from sgoffice.admin.form_fields import PartialDateInput, TextListField
from sgoffice.admin.formatting import label_of
from sgoffice.admin.forms import version_of
from sgoffice.admin.inputs import limit_to_visible, record_choice
from sgoffice.admin.proposals import tell_of_proposals
from sgoffice.admin.refusals import refusal_of, refusal_texts
from sgoffice.admin.time_fields import put_in_zone, time_input_for
from sgoffice.admin.values import entry_of, plain_value
from sgoffice.changes import corrections, merging, redactions
from sgoffice.changes.door import ANY_VERSION, Expected
from sgoffice.changes.retries import retry_once
from sgoffice.changes.second_person import noting_proposals
from sgoffice.changes.steps import Step
from sgoffice.records.actors import Actor
from sgoffice.records.entries import without_none
from sgoffice.records.errors import RegisterError
from sgoffice.records.models import PartialDateField, Record

_LONG = frozenset({"reason", "outcome", "text"})


@dataclass(frozen=True, kw_only=True)
class ReasonEntry:
    reason: str


@dataclass(frozen=True, kw_only=True)
class MergeEntry:
    merged_into: UUID
    reason: str


@dataclass(frozen=True, kw_only=True)
class KeepApartEntry:
    #: `metadata` names the column whose choices these are, and says what is chosen.
    other: UUID = field(metadata={"column": "merged_into", "help": "The record that is another one."})
    reason: str


def is_open(step: Step, record: Record) -> bool:
    """Whether the record can take the step now: one in error can only be restored, a merged one only unmerged."""
    if bool(record.is_in_error) != (step.name == "restore") or bool(record.merged_into_id) != (step.name == "unmerge"):
        return False
    return step.may_be_taken(record, at=timezone.now())


def general_steps(model: type[Record]) -> tuple[Step, ...]:
    """Return the steps of every kind of record."""

    def service(work: Callable[..., Record]) -> Callable[..., Record]:
        return lambda record_id, entry, **door: work(model, record_id, reason=entry.reason, **door)

    return (
        Step(
            name="enter-in-error",
            label="Mark as entered in error",
            service=service(corrections.enter_in_error),
            entry=ReasonEntry,
            tone="danger",
        ),
        Step(name="restore", label="Restore", service=service(corrections.restore), entry=ReasonEntry),
        Step(
            name="redact",
            label="Erase for good",
            service=lambda record_id, entry, **door: redactions.propose_redaction(
                model, record_id, pointers=entry.pointers, reason=entry.reason, **door
            ),
            entry=redactions.RedactionEntry,
            tone="danger",
        ),
    )


def merging_steps(model: type[Record]) -> tuple[Step, ...]:
    """Return the steps of a kind whose records can be merged.

    A merge overwrites nothing, so it does not need the version of the survivor, which is not on the page.
    """

    def merge(record_id: UUID, entry: MergeEntry, *, by: Actor, expected: Expected) -> Record:
        return merging.merge(
            model, entry.merged_into, other=record_id, by=by, expected=ANY_VERSION, reason=entry.reason
        )

    def unmerge(record_id: UUID, entry: ReasonEntry, *, by: Actor, expected: Expected) -> Record:
        survivor = model.rows().visible_to(by).values_list("merged_into", flat=True).get(pk=record_id)
        return merging.unmerge(model, survivor, other=record_id, by=by, expected=ANY_VERSION, reason=entry.reason)

    def keep_apart(record_id: UUID, entry: KeepApartEntry, *, by: Actor, expected: Expected) -> Record:
        return merging.keep_apart(model, record_id, other=entry.other, by=by, expected=expected, reason=entry.reason)

    return (
        Step(name="merge", label="Merge into another", service=merge, entry=MergeEntry, columns=model),
        Step(name="unmerge", label="Unmerge", service=unmerge, entry=ReasonEntry),
        Step(
            name="keep-apart", label="Keep apart from another", service=keep_apart, entry=KeepApartEntry, columns=model
        ),
    )


def step_page(admin: Any, request: HttpRequest, object_id: str, name: str) -> HttpResponse:
    """Show the page of a step or perform it; raises Http404 if the actor may not see the record, PermissionDenied."""
    record = admin.find(request, object_id)
    step = next((step for step in admin.all_steps() if step.name == name), None)
    if record is None or step is None:
        raise Http404
    if not actor_of(request).may(step.permission):
        raise PermissionDenied
    form = _form_of(step, admin, record, actor_of(request))(
        request.POST or None, initial={**_chosen(request), "version_seen": version_of(record.pk)}
    )
    back = reverse(f"admin:{admin.opts.app_label}_{admin.opts.model_name}_change", args=[record.pk])
    if request.method == "POST" and form.is_valid() and _take(step, request, record.pk, form):
        messages.success(request, f"{step.label}: done.")
        return HttpResponseRedirect(back)
    context = {
        **admin.admin_site.each_context(request),
        "title": step.label,
        "subtitle": str(record),
        "opts": admin.opts,
        "original": record,
        "form": form,
        "media": form.media,
        "step": step,
        "back": back,
    }
    return TemplateResponse(request, "office_admin/step.html", context)


def _chosen(request: HttpRequest) -> dict[str, UUID]:
    """Return the other record that a link to the page chose; what the user may not see is no choice."""
    found = {}
    for name in ("merged_into", "other"):
        with suppress(ValueError):
            found[name] = UUID(request.GET.get(name, ""))
    return found


def _take(step: Step, request: HttpRequest, record_id: UUID, form: forms.Form) -> bool:
    """Call the service in its own transaction; show a refusal on the form."""
    values = {
        name: plain_value(form.fields[name], value)
        for name, value in form.cleaned_data.items()
        if name != "version_seen"
    }
    by, expected = actor_of(request), form.cleaned_data["version_seen"]

    def work() -> Record:
        proposed.clear()  # what a first try proposed is undone with it
        with transaction.atomic():
            return step.take(record_id, entry_of(step.entry, values), by=by, expected=expected, at=timezone.now())

    try:
        with noting_proposals() as proposed:
            retry_once(work)
    except (RegisterError, DatabaseError) as error:
        refused = refusal_of(error)
        if refused is None:
            raise
        for pointer, detail in refusal_texts(refused):
            head = pointer.strip("/").partition("/")[0]
            form.add_error(head if head in form.fields else None, detail)
        return False
    tell_of_proposals(request, proposed)
    return True


def _form_of(step: Step, admin: Any, record: Record, actor: Actor) -> type[forms.Form]:
    hints = typing.get_type_hints(step.entry)
    choices = admin.step_choices(step, record)
    members: dict[str, Any] = {"version_seen": forms.IntegerField(widget=forms.HiddenInput)}
    for item in dataclasses.fields(step.entry):
        if item.name in step.not_in_form:
            continue
        is_needed = item.default is dataclasses.MISSING and item.default_factory is dataclasses.MISSING
        initial = None if is_needed or item.default is dataclasses.MISSING else item.default
        options = {"required": is_needed, "label": label_of(item.name), "initial": initial}
        column = _column(step.columns, item.metadata.get("column", item.name))
        if column is not None:
            options["help_text"] = item.metadata.get("help", column.help_text)
        offered = choices.get(item.name) or getattr(column, "choices", None)
        input_field = _field(item.name, hints[item.name], column, options, offered, site=admin.admin_site)
        if isinstance(input_field, forms.ModelChoiceField):
            limit_to_visible(input_field, actor)
        if input_field is not None:
            members[item.name] = input_field
    put_in_zone(members, record)
    return type(f"{step.name}Form", (forms.Form,), members)


def _column(model: type[models.Model] | None, name: str) -> "models.Field[Any, Any] | None":
    return next((field for field in model._meta.fields if field.name == name), None) if model else None


def _field(
    name: str, hint: Any, column: Any, options: dict[str, Any], offered: Any, *, site: AdminSite
) -> forms.Field | None:
    """Return the input of one field of an entry, or None if steps have no input for it."""
    plain = without_none(hint)[0]
    if offered:
        blank = [] if options["required"] else [("", "—")]
        return forms.ChoiceField(choices=[*blank, *offered], widget=UnfoldAdminSelectWidget(), **options)
    if isinstance(column, models.ForeignKey) and column.related_model in site._registry:
        return record_choice(column.model, column.name, site, **{**options, "initial": None})
    if isinstance(column, PartialDateField):
        return PartialDateInput(**options)
    if column is not None and (own := time_input_for(column, options)):
        return own
    return _simple(name, plain, options)


def _simple(name: str, plain: Any, options: dict[str, Any]) -> forms.Field | None:
    options.pop("initial", None)
    if plain is str:
        widget = UnfoldAdminTextareaWidget(attrs={"rows": 3}) if name in _LONG else UnfoldAdminTextInputWidget()
        return forms.CharField(widget=widget, max_length=20_000, **options)
    if typing.get_origin(plain) is tuple and typing.get_args(plain)[0] is str:
        return TextListField(**options | {"help_text": "One per line."})
    if plain is bool:
        return forms.BooleanField(widget=UnfoldBooleanWidget(), **options | {"required": False})
    if isinstance(plain, type) and plain.__name__ == "date":
        return forms.DateField(widget=UnfoldAdminDateWidget(), **options)
    if plain is UUID:
        return forms.UUIDField(widget=UnfoldAdminTextInputWidget(), **options)
    return None
