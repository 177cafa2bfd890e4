"""Agreements in the admin: parties with their signatories, acts, and the timeline."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db.models import prefetch_related_objects
from django.utils import timezone
from unfold.widgets import UnfoldAdminSelectWidget

from engagements.agreements import services
from engagements.agreements.models import Act, Agreement, Party, Period
from engagements.agreements.rules import with_names
from engagements.agreements.services.presenters import NAMED_PARTS, names_of
from engagements.agreements.vocabulary import ENDED, RATIFYING, Basis, Status
from sgoffice.admin.columns import date_column, marking_column
from sgoffice.admin.formatting import badge
from sgoffice.admin.inlines import PartForm, PartInline
from sgoffice.admin.record_admin import RecordAdmin
from sgoffice.admin.row_fields import RowsField, columns_of
from sgoffice.changes.steps import Step

_COLORS = {
    Status.IN_FORCE: "success",
    Status.PROVISIONALLY_APPLIED: "success",
    Status.SUSPENDED: "warning",
    Status.NOT_KNOWN: "warning",
    **dict.fromkeys(ENDED, "danger"),
}


def parties_of(agreement: Agreement) -> list[tuple[str, str]]:
    """Return key and name of the parties, as steps and acts name them."""
    return [(party.key, str(party)) for party in agreement.parties.select_related("organization", "country")]


class PartyForm(PartForm):
    """A party, and who signed for it."""

    signatories = RowsField(columns_of(services.SignatoryEntry), required=False, label="Signed by")

    def further_values(self) -> dict[str, Any]:
        """Return who signed."""
        if self.is_new:
            return {}
        names = ("name", "title", "capacity", "on_behalf_of")
        return {
            "signatories": [
                {name: getattr(one, name) for name in names} | {"person": str(one.person_id or "")}
                for one in self.instance.signatories.all()
            ]
        }


class PartyInline(PartInline):
    """Who is bound."""

    model = Party
    entry = services.PartyEntry
    name = "parties"
    form = PartyForm
    fields = (("organization", "country"), ("through", "side"), "signatories")
    prefetched = ("signatories",)
    verbose_name_plural = "Parties"

    @admin.display(description="Signed by", empty_value="—")
    def signatories(self, party: Party) -> str:
        """Return who signed, for those who may not change it."""
        return ", ".join(one.name for one in party.signatories.all())


class ActForm(PartForm):
    """An act; its party is chosen among those of the agreement."""

    party = forms.ChoiceField(required=False, widget=UnfoldAdminSelectWidget(), label="By the party")
    on_behalf_of = forms.ChoiceField(required=False, widget=UnfoldAdminSelectWidget(), label="On behalf of")
    offered: ClassVar[list[tuple[str, str]]] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("party", "on_behalf_of"):
            self.fields[name].choices = [("", "—"), *self.offered]  # type: ignore[attr-defined] # it is a ChoiceField

    def further_values(self) -> dict[str, Any]:
        """Return the keys of the parties that the act names."""
        keys = {} if self.is_new else {name: getattr(self.instance, name) for name in ("party", "on_behalf_of")}
        return {name: party.key if party else "" for name, party in keys.items()}


class ActInline(PartInline):
    """What was done, by whom, when."""

    model = Act
    entry = services.ActEntry
    name = "acts"
    form = ActForm
    fk_name = "agreement"
    fields = (
        ("kind", "date"), ("date_basis", "date_of_effect", "until"), ("party", "on_behalf_of"), ("by_body", "attests"),
        ("document", "text"), ("place_city", "place_country"), ("source", "verification"),
    )  # fmt: skip
    related = ("party", "on_behalf_of")
    verbose_name_plural = "Acts"

    def get_formset(self, request: Any, obj: Any = None, **kwargs: Any) -> Any:
        """Offer the parties of this agreement."""
        kwargs["form"] = self.form_for(request, offered=parties_of(obj) if obj is not None else [])
        return super().get_formset(request, obj, **kwargs)


@admin.register(Agreement)
class AgreementAdmin(RecordAdmin):
    """Cooperation agreements, from talks to termination."""

    entry = services.AgreementEntry
    enter = staticmethod(services.open_agreement)
    correct = staticmethod(services.correct_agreement)
    may_merge = True
    several: ClassVar = {"topics": ("subjects", "topic")}
    left_out = frozenset({"entry_into_force"})
    together = (
        ("instrument", "is_bilateral"), ("duration", "tacit_renewal"), ("notice_period", "expires"),
        ("registration_number", "depositary"),
    )  # fmt: skip
    inlines = (PartyInline, ActInline)
    list_display = ("title", "instrument", date_column("signed", label="Signed"), "status_today", marking_column)
    list_filter = ("instrument", "is_bilateral", "marking", "is_in_error")
    ordering = ("-sort_day", "sort", "-pk")
    steps = services.STEPS

    def get_queryset(self, request: Any) -> Any:
        """Return the agreements with their periods."""
        return super().get_queryset(request).prefetch_related("periods")

    @admin.display(description="Today")
    def status_today(self, agreement: Agreement) -> Any:
        """Return today's status with its basis."""
        period = _period_today(agreement)
        if period is None:
            return "—"
        basis = " (attested)" if period.basis == Basis.ATTESTED else ""
        return badge(f"{period.get_status_display()}{basis}", _COLORS.get(Status(period.status), "info"))

    def likely_steps(self, record: Agreement) -> tuple[str, ...]:
        """Return those that fit the status of today."""
        period = _period_today(record)
        return services.LIKELY_STEPS.get(Status(period.status), ()) if period else ()

    def step_choices(self, step: Step, record: Agreement) -> dict[str, list[tuple[str, str]]]:
        """Offer the agreement's own parties."""
        parties = parties_of(record)
        kinds = [(kind.value, str(kind.label)) for kind in RATIFYING]
        ratifying = {"kind": kinds} if step.entry is services.RatificationEntry else {}
        return {"party": parties, "on_behalf_of": parties} | ratifying

    def panel(self, record: Agreement) -> dict[str, Any]:
        """Return the timeline: the periods, each with its reason, and what to do next."""
        prefetch_related_objects([record], *NAMED_PARTS)
        names = names_of(record)
        today = timezone.localdate()
        return {
            "register_panel": "agreements/time_line.html",
            "register_next": [with_names(due.sentence, names) for due in services.due_about(record, today)],
            "register_periods": [
                {
                    "label": period.get_status_display(),
                    "color": _COLORS.get(Status(period.status), "info"),
                    "start": period.during.lower,
                    "end": period.during.upper,
                    "sentence": with_names(period.sentence, names),
                    "is_now": today in period.during,
                }
                for period in record.periods.all()
            ],
        }

    def badges(self, record: Any) -> list[Any]:
        """Put today's status first."""
        return [self.status_today(record), *super().badges(record)]


def _period_today(agreement: Agreement) -> Period | None:
    today = timezone.localdate()
    return next((one for one in agreement.periods.all() if today in one.during), None)
