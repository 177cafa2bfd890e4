"""Forms of records. They collect values for a service, which writes; the instance is never changed."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from types import new_class
from typing import Any, ClassVar, TypeVar, cast
from uuid import UUID

from django import forms
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from unfold.widgets import UnfoldAdminTextInputWidget, UnfoldBooleanWidget

from sgoffice import history
from sgoffice.admin.actor_names import name_of
from sgoffice.admin.formatting import label_of, readable, readable_time
from sgoffice.admin.inputs import LabelledSelect, limit_to_visible
from sgoffice.admin.refusals import ANOTHER, refusal_texts
from sgoffice.admin.time_fields import ZONE, put_in_zone
from sgoffice.admin.values import plain_value
from sgoffice.records.actors import ANONYMOUS, Actor
from sgoffice.records.errors import RegisterError
from sgoffice.records.models import Entry, Record

F = TypeVar("F", bound=forms.ModelForm)
_OURS = frozenset({"version_seen", "reason"})


def version_of(record_id: UUID) -> int:
    """Return the current version of a record; 0 if it does not exist."""
    return Entry.objects.filter(pk=record_id).values_list("version", flat=True).first() or 0


class ActorForm(forms.ModelForm):
    """A form that offers only what the actor may see, remembers what the user saw, and changes no instance."""

    actor: ClassVar[Actor] = ANONYMOUS
    #: Fields that choose several records, with the name of the parts and of their foreign key.
    several: ClassVar[Mapping[str, tuple[str, str]]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_new = self.instance._state.adding
        self.initial = {**self.initial, **self.further_values()}
        put_in_zone(self.fields, self.instance)
        for name, field in self.fields.items():
            # a hidden copy of what the user saw distinguishes their changes from those of others
            field.show_hidden_initial = not self.is_new and name not in _OURS
            if isinstance(field, forms.ModelChoiceField):
                self._limit(name, field)

    def further_values(self) -> dict[str, Any]:
        """Return initial values of fields that are not columns of the record."""
        if self.is_new:
            return {}
        return {
            name: list(getattr(self.instance, parts).values_list(key, flat=True))
            for name, (parts, key) in self.several.items()
        }

    def _limit(self, name: str, field: forms.ModelChoiceField) -> None:
        """Offer what the actor may see, and label the current choice without another query."""
        limit_to_visible(field, self.actor)
        widget = getattr(field.widget, "widget", field.widget)
        if isinstance(widget, LabelledSelect) and name in self.instance._state.fields_cache:
            chosen = self.instance._state.fields_cache[name]
            if chosen is not None:
                widget.labels = {str(field.prepare_value(chosen)): str(chosen)}

    def plain_values(self, names: Iterable[str]) -> dict[str, Any]:
        """Return the cleaned values as services take them."""
        return {
            name: plain_value(self.fields.get(name), self.cleaned_data[name])
            for name in names
            if name in self.cleaned_data and name not in _OURS
        }

    def _post_clean(self) -> None:
        """Do not change the instance: services read the record again under its lock."""

    def validate_constraints(self) -> None:
        """Do nothing: the service checks constraints and explains them."""


class VersionSeenField(forms.IntegerField):
    """The version that the user saw. A page that is shown again carries the version that it now shows."""

    def bound_data(self, data: Any, initial: Any) -> Any:
        return initial


class RecordForm(ActorForm):
    """The form of a whole record, with the version that the user saw and the reason for the change."""

    version_seen = VersionSeenField(widget=forms.HiddenInput, required=False)
    reason = forms.CharField(
        required=False,
        max_length=500,
        label="Reason for the change",
        help_text="Shown in the history of the record.",
        widget=UnfoldAdminTextInputWidget(),
    )
    allow_duplicate = forms.BooleanField(
        required=False,
        label="Enter it as another one",
        help_text="It is none of those that the register has under this name, or nearly.",
        widget=UnfoldBooleanWidget(),
    )
    #: What the service or the database refused in a first pass, to show in the second.
    refusal: ClassVar[RegisterError | None] = None
    #: The question whether it is another one, once a possible duplicate was refused.
    asked: ClassVar[Collection[str]] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if ANOTHER not in self.asked:
            del self.fields[ANOTHER]
        if self.is_new:
            del self.fields["reason"], self.fields["version_seen"]
        else:
            self.initial["version_seen"] = version_of(self.instance.pk)

    def clean(self) -> dict[str, Any] | None:
        """Tell what others changed since the user opened the page."""
        if not self.is_new:
            self._notice_newer_version(self.instance)
        return super().clean()

    def _notice_newer_version(self, record: Record) -> None:
        if self.cleaned_data.get("version_seen") == self.initial["version_seen"]:
            return
        newest = next(iter(history.of_record(record.pk, by=self.actor, limit=1)), None)
        address = reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_change", args=[record.pk])
        message = format_html(
            "{} changed this record while you were writing. {}What you typed is still here: save again to put it on "
            'top of theirs, or <a class="text-link" href="{}" target="_blank">open the record as it is now</a>.',
            name_of(newest.actor) if newest else "Somebody",
            format_html_join("", "{} is now: {}. ", self._changed_meanwhile()),
            address,
        )
        self.add_error(None, forms.ValidationError(message, code="stale"))

    def _changed_meanwhile(self) -> list[tuple[str, str]]:
        """Return label and present value of the fields that are not what the user saw."""
        found = []
        for bound in self:
            field = bound.field
            if not field.show_hidden_initial or bound.html_initial_name not in self.data:
                continue
            seen = field.hidden_widget().value_from_datadict(self.data, self.files, bound.html_initial_name)
            now = self.initial.get(bound.name)
            if field.has_changed(now, seen):
                found.append((str(bound.label), self._in_words(bound.name, now)))
        return found

    def _in_words(self, name: str, value: Any) -> str:
        field = self.fields[name]
        if isinstance(field, forms.ModelChoiceField) and not isinstance(value, list):
            return str(getattr(self.instance, name, None) or "—")
        if isinstance(value, datetime):
            return readable_time(value, getattr(self.instance, ZONE, ""))
        return dict(getattr(field, "choices", ())).get(value) or readable(value)

    def _post_clean(self) -> None:
        """Show a refusal on its field, or above the form."""
        super()._post_clean()
        if self.refusal is None:
            return
        for pointer, detail in refusal_texts(self.refusal):
            head, _, below = pointer.strip("/").partition("/")
            if head in self.fields:
                self.add_error(head, f"{_row_label(below)}{detail}")
            else:
                self.add_error(None, f"{label_of(pointer)}: {detail}" if pointer.strip("/") else detail)


def _row_label(below: str) -> str:
    """Return a pointer into a list of rows in words: `0/url` becomes “Row 1, url: ”."""
    number, _, column = below.partition("/")
    if not number.isdigit():
        return ""
    return f"Row {int(number) + 1}{', ' + label_of(column).lower() if column else ''}: "


def with_attributes(form: type[F], **attributes: object) -> type[F]:
    """Return a subclass of a form for one request, with the actor and with what was refused."""
    return cast("type[F]", new_class(form.__name__, (form,), exec_body=lambda namespace: namespace.update(attributes)))
