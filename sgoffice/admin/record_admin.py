"""RecordAdmin: list, form and history of one kind of record. Saving a form with its rows is one service call."""

import dataclasses
import typing
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar, cast
from uuid import UUID

from django.contrib.admin import AdminSite
from django.db import DatabaseError, models, transaction
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.safestring import SafeString
from unfold.admin import ModelAdmin

from sgoffice.admin.access import ActorAccess, actor_of
from sgoffice.admin.actor_names import name_of
from sgoffice.admin.columns import columns_to_read
from sgoffice.admin.exported_lists import export_path
from sgoffice.admin.formatting import MARKING_COLORS, VERIFICATION_COLORS, badge, label_of
from sgoffice.admin.forms import ActorForm, RecordForm, with_attributes
from sgoffice.admin.history_pages import history_page
from sgoffice.admin.inputs import LabelledSelect, input_for, record_choice, with_new_link
from sgoffice.admin.marked_keys import hidden_keys_of, keys_to_join, with_visible_owners
from sgoffice.admin.owned_records import owned_record_links
from sgoffice.admin.proposals import tell_of_proposals
from sgoffice.admin.refusals import questions_of, refusal_of, refused_of, remember_refusal
from sgoffice.admin.step_buttons import step_buttons
from sgoffice.admin.step_pages import general_steps, merging_steps, step_page
from sgoffice.admin.time_fields import moved_with_zone
from sgoffice.admin.values import correction_of, entry_of
from sgoffice.changes.second_person import noting_proposals
from sgoffice.changes.steps import Step
from sgoffice.records.errors import RegisterError
from sgoffice.records.models import MarkedRecord, Marking, Record
from sgoffice.records.querysets import RecordQuerySet
from sgoffice.search import by_relevance, holding

_DOUBT_FIELDS = ("sources", "caveats", "conflicts", "notes")
_READER_FIELDS = ("marking", "readers")


class RecordAdmin(ActorAccess, ModelAdmin):
    """A subclass sets `entry`, the services `enter` and `correct` (as staticmethod), its columns and its `steps`.

    `steps` are the buttons above the form.
    """

    entry: ClassVar[type[Any]]
    enter: ClassVar[Callable[..., Record] | None] = None
    correct: ClassVar[Callable[..., Record] | None] = None
    #: The services take `at=`, the current instant.
    needs_time: ClassVar[bool] = False
    steps: ClassVar[Iterable[Step]] = ()
    #: Records of this kind can be merged.
    may_merge: ClassVar[bool] = False
    form = RecordForm
    #: Fields of the entry that the form does not offer.
    left_out: ClassVar[frozenset[str]] = frozenset()
    #: Fields that are set when the record is entered, and later only by steps or not at all.
    only_at_entry: ClassVar[frozenset[str]] = frozenset()
    #: Fields to show side by side, at most two.
    together: ClassVar[Sequence[tuple[str, ...]]] = ()
    #: Fields that choose several records, with the name of the parts and of their foreign key.
    several: ClassVar[Mapping[str, tuple[str, str]]] = {}
    change_form_outer_before_template = "office_admin/before_form.html"
    list_before_template = "office_admin/before_list.html"
    #: Django shows no box for a search without it; get_search_results() looks elsewhere.
    search_fields: ClassVar = ("pk",)
    list_per_page = 50
    show_full_result_count = False
    list_filter_submit = True
    warn_unsaved_form = True
    compressed_fields = True
    actions = None

    def __init__(self, model: type[models.Model], admin_site: AdminSite) -> None:
        super().__init__(model, admin_site)
        self.hints = typing.get_type_hints(self.entry)
        self.columns = [item.name for item in dataclasses.fields(self.entry) if self._is_offered(item.name)]
        keys = [name for name in self.columns if isinstance(model._meta.get_field(name), models.ForeignKey)]
        self.autocomplete_fields = [name for name in keys if name != "readers"]
        self.shown = columns_to_read(model)
        self.list_select_related = keys_to_join(model, self.list_display) or False

    def records(self) -> RecordQuerySet[Record]:
        return cast("type[Record]", self.model).rows()

    def _is_offered(self, name: str) -> bool:
        known = {field.name for field in self.model._meta.fields}
        return name in known and name not in {"origin", *self.left_out}

    # -- what is shown

    def get_queryset(self, request: HttpRequest) -> RecordQuerySet[Record]:
        """Return what the actor may see; lists show only live records unless filtered by `is_in_error`."""
        rows = with_visible_owners(self.records().visible_to(actor_of(request)), request)
        match = request.resolver_match
        is_list = match is not None and (match.url_name or "").endswith(("_changelist", "_export", "autocomplete"))
        if is_list and not any(name.startswith("is_in_error") for name in request.GET):
            rows = rows.live()
        ordering = self.get_ordering(request)
        return rows.order_by(*ordering) if ordering else rows

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """Search as the API does, with the obvious first unless a column was chosen to sort by."""
        term, is_choice = search_term.replace("\x00", "").strip(), request.path.endswith("/autocomplete/")
        found = holding(queryset, term, by=actor_of(request))
        if not term or "o" in request.GET or not (is_choice or self.model.is_embedded):
            return found, False
        return by_relevance(found, term).order_by("-score", *queryset.query.order_by), False

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Return the fields of the record, then tabs for sources and readers."""
        left_out = {*_DOUBT_FIELDS, *_READER_FIELDS, *hidden_keys_of(obj)}
        own = [name for name in self.form_columns(obj) if name not in left_out]
        main: list[Any] = [*questions_of(request, self.entry), *own, *self.several]
        doubts: list[Any] = [name for name in _DOUBT_FIELDS if name in self.columns]
        if obj is not None and self.has_change_permission(request, obj):
            main += ["reason", "version_seen"]
        elif obj is not None:
            main, doubts = ([self.shown.get(one, one) for one in names] for names in (main, doubts))
        sets: list[Any] = [(None, {"fields": self._side_by_side(main)})]
        sets.append(("Sources and doubts", {"fields": doubts, "classes": ["tab"]}))
        if readers := [name for name in _READER_FIELDS if name in self.columns]:
            sets.append(("Who may read it", {"fields": readers, "classes": ["tab"]}))
        return sets

    def form_columns(self, obj: object) -> list[str]:
        """Return the columns that the form of a record (or of a new one) offers."""
        return [name for name in self.columns if obj is None or name not in self.only_at_entry]

    def _side_by_side(self, names: list[str]) -> list[Any]:
        """Return the names, with those of a group as one line in the place of its first."""
        groups = {group[0]: tuple(name for name in group if name in names) for group in self.together}
        inside = {name for group in self.together for name in group[1:] if group[0] in names}
        return [groups.get(name, name) for name in names if name not in inside]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:  # noqa: FBT001, FBT002 - Django's signature
        """Return the form for this request, with its actor and with what was refused in a first pass."""
        # nobody can mean to change what they do not see
        kwargs["fields"] = [name for name in self.form_columns(obj) if name not in hidden_keys_of(obj)]
        form = super().get_form(request, obj, change, **kwargs)
        chosen = {
            name: record_choice(_parts(self.model, parts), key, self.admin_site, is_many=True, label=label_of(name))
            for name, (parts, key) in self.several.items()
        }
        terms: dict[str, Any] = {"actor": actor_of(request), "refusal": refused_of(request), "several": self.several}
        terms["asked"] = questions_of(request, self.entry)
        return with_attributes(form, **terms, **chosen)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        own = input_for(db_field, self.hints.get(db_field.name))
        return own or with_new_link(super().formfield_for_dbfield(db_field, request, **kwargs))

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field: Any = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name in self.autocomplete_fields:
            field.widget = LabelledSelect(db_field, self.admin_site)
        return field

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """Add what is above the form: badges, warnings, steps and links to belongings."""
        record = kwargs.get("obj")
        if record is not None:
            context |= {"register_badges": self.badges(record), **step_buttons(self, request, record)}
            context["register_warnings"] = [item["detail"] for item in getattr(record, "warnings", None) or ()]
            context |= self.panel(record)
            context["register_entered_by"] = name_of(getattr(record, "entered_by", "") or "")
            context["register_belongings"] = owned_record_links(record, actor_of(request))
        return super().render_change_form(request, context, *args, **kwargs)

    def badges(self, record: Record) -> list[SafeString]:
        """Return the labels above the form."""
        found = []
        if record.is_in_error:
            found.append(badge("entered in error", "danger"))
        if record.merged_into_id:
            found.append(badge("merged into another", "warning"))
        if isinstance(record, MarkedRecord):
            found.append(badge(Marking(record.marking).label, MARKING_COLORS[Marking(record.marking)]))
        checked = {source.get("verification", "unverified") for source in record.sources}
        if record.sources and "primary" not in checked:
            best = next(word for word in ("secondary", "inferred", "unverified") if word in checked)
            found.append(badge(f"uncertain: {best} source", VERIFICATION_COLORS[best]))
        return found

    def panel(self, record: Any) -> dict[str, Any]:
        """Return what else is above the form: the template `register_panel` and its context."""
        return {}

    # -- what is written

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        """Show the form; after a refusal nothing is written and the form shows it on the right field."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except (RegisterError, DatabaseError) as error:
            refused = refusal_of(error)
            if refused is None:
                raise
            remember_refusal(request, refused)
        with transaction.atomic():
            return super().changeform_view(request, object_id, form_url, extra_context)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: object) -> None:
        """Do nothing: save_related() calls the service when the rows are read too."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: object) -> None:
        """Call one service with the form and its rows."""
        values = self.values_of(form, change=bool(change))
        for formset, inline in zip(formsets, self.get_inline_instances(request, form.instance), strict=False):
            if not change or formset.has_changed():
                values[inline.name] = formset.entries(inline.entry)
        with noting_proposals() as proposed:
            record = self.write(request, form, values, change=bool(change))
        tell_of_proposals(request, proposed)
        form.instance.pk = record.pk
        form.instance.refresh_from_db()  # what follows names and links the record as the service left it

    def values_of(self, form: ActorForm, *, change: bool) -> dict[str, Any]:
        """Return the values for the service: all for a new record, the changed ones for an existing one."""
        names = moved_with_zone(form.fields, form.changed_data) if change else list(form.fields)
        return form.plain_values(names)

    def write(self, request: HttpRequest, form: RecordForm, values: dict[str, Any], *, change: bool) -> Record:
        door: dict[str, Any] = {"by": actor_of(request)} | self._time()
        if not change:
            return type(self).enter(entry_of(self.entry, values), **door)  # type: ignore[misc] # every admin of a record sets it
        door |= {"expected": form.cleaned_data["version_seen"], "reason": form.cleaned_data.get("reason") or ""}
        return type(self).correct(form.instance.pk, correction_of(self.entry, values), **door)  # type: ignore[misc] # every admin of a record sets it

    def _time(self) -> dict[str, datetime]:
        return {"at": timezone.now()} if self.needs_time else {}

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return type(self).enter is not None and super().has_add_permission(request, obj)

    def construct_change_message(self, request: HttpRequest, form: Any, formsets: Any, add: bool = False) -> list[Any]:  # noqa: FBT001, FBT002 - Django's signature
        """Return nothing: the database writes history."""
        return []

    def log_addition(self, request: HttpRequest, obj: Any, message: object) -> None:
        """Do nothing: the database writes history."""

    def log_change(self, request: HttpRequest, obj: Any, message: object) -> None:
        """Do nothing: the database writes history."""

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_step"
        step = path("<path:object_id>/step/<slug:step>/", self.admin_site.admin_view(self.step_view), name=name)
        return [step, export_path(self), *super().get_urls()]

    def all_steps(self) -> tuple[Step, ...]:
        """Return the steps of this kind, then those of every kind."""
        merging = merging_steps(self.model) if self.may_merge else ()
        steps = (step for step in self.steps if step.has_button)
        return (*steps, *merging, *general_steps(self.model))

    def step_choices(self, step: Step, record: Any) -> dict[str, list[tuple[str, str]]]:
        """Return the choices of fields, by name, that a step's form offers for this very record."""
        return {}

    def likely_steps(self, record: Any) -> Collection[str]:
        """Return the names of the steps that have a button of their own; the others are unfolded."""
        return [step.name for step in self.steps]

    def step_view(self, request: HttpRequest, object_id: str, step: str) -> HttpResponse:
        return step_page(self, request, object_id, step)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        return history_page(self, request, object_id, extra_context)

    def find(self, request: HttpRequest, object_id: str) -> Record | None:
        """Return the record with the id in the URL, if the actor may see it."""
        try:
            key = UUID(object_id)
        except ValueError:
            return None
        return self.records().visible_to(actor_of(request)).filter(pk=key).first()


def _parts(model: type[models.Model], name: str) -> type[models.Model]:
    relation: Any = model._meta.get_field(name)
    return relation.related_model
