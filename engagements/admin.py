"""The engagement log in the admin: engagements with their participants, papers, attachments, action items."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from unfold.widgets import UnfoldAdminFileFieldWidget, UnfoldAdminTextInputWidget

from engagements import services
from engagements.models import ActionItem, Attachment, Capacity, Engagement, Paper, Participant
from engagements.querysets import NEWEST, model_with_action_items
from engagements.rules import MOST_BYTES
from engagements.vocabulary import ABOUT, ATTACHED_TO
from sgoffice.admin.columns import date_column, marking_column, owner_column
from sgoffice.admin.forms import RecordForm
from sgoffice.admin.inlines import PartForm, PartInline
from sgoffice.admin.inputs import record_choice
from sgoffice.admin.marked_keys import seen_through
from sgoffice.admin.record_admin import RecordAdmin

_ENGAGEMENT = owner_column("engagement", label="Engagement")


class ParticipantForm(PartForm):
    """A participant with the first capacity; further capacities are kept."""

    capacity_title = forms.CharField(
        required=False, max_length=300, label="Title on that day", widget=UnfoldAdminTextInputWidget()
    )
    called = forms.CharField(
        required=False, max_length=300, label="Name used there", widget=UnfoldAdminTextInputWidget()
    )

    def further_values(self) -> dict[str, Any]:
        """Return the first capacity."""
        capacities = [] if self.is_new else list(self.instance.capacities.all())
        if not capacities:
            return {}
        first = capacities[0]
        return {
            "capacity_title": first.title,
            "called": first.called,
            "speaks_for": first.organization_id,
            "country": first.country_id,
        }

    def entry_values(self) -> dict[str, Any]:
        """Return the participant, its group and its capacities."""
        values = super().entry_values()
        description, count = values.pop("group_description", ""), values.pop("group_count", None)
        if description:
            values["group"] = services.GroupEntry(description=description, count=count)
        first = services.CapacityEntry(
            title=values.pop("capacity_title", ""),
            called=values.pop("called", ""),
            organization=values.pop("speaks_for", None),
            country=values.pop("country", None) or None,
        )
        is_given = first.title or first.organization or first.country
        values["capacities"] = [*([first] if is_given else []), *self._further()]
        return values

    def _further(self) -> list[services.CapacityEntry]:
        if self.is_new:
            return []
        return [
            services.CapacityEntry(
                title=one.title, called=one.called, organization=one.organization_id, country=one.country_id
            )
            for one in list(self.instance.capacities.all())[1:]
        ]


class ParticipantInline(PartInline):
    """Participants of an engagement."""

    model = Participant
    entry = services.ParticipantEntry
    name = "participants"
    form = ParticipantForm
    fields = (
        ("person", "organization"), ("capacity_title", "speaks_for"), ("country", "called"), ("side", "role"),
        ("response", "attendance"), ("mode", "note"), ("group_description", "group_count"),
    )  # fmt: skip
    prefetched = ("capacities",)

    def form_for(self, request: HttpRequest, **terms: Any) -> Any:
        """Add the choices of the first capacity, which are no columns of a participant."""
        choices = {
            "speaks_for": record_choice(Capacity, "organization", self.admin_site, label="Organization"),
            "country": record_choice(Capacity, "country", self.admin_site, label="Country"),
        }
        return super().form_for(request, **choices, **terms)


@admin.register(Engagement)
class EngagementAdmin(RecordAdmin):
    """Engagements: the inbox, the diary and the log."""

    entry = services.EngagementEntry
    enter = staticmethod(services.log_engagement)
    correct = staticmethod(services.correct_engagement)
    may_merge = True
    needs_time = True
    several: ClassVar = {"topics": ("subjects", "topic")}
    left_out = frozenset({"occasion", "status_reason"})
    only_at_entry = frozenset({"status"})
    together = (
        ("kind", "meeting_format"), ("initiative", "level"), ("held", "date_basis"), ("venue", "city"),
        ("country", "country_name_then"), ("at_headquarters", "office"), ("principal", "principal_post"),
        ("principal_attendance", "principal_mode"), ("principal_title", "represented_by"), ("reply_by", "responsible"),
    )  # fmt: skip
    inlines = (ParticipantInline,)
    list_display = (
        date_column("held", label="Date", order="sort_day"), "title", "kind", "city", "country", "status",
        marking_column,
    )  # fmt: skip
    list_display_links = ("title",)
    list_filter = ("status", "kind", "meeting_format", "marking", "is_in_error")
    ordering = NEWEST
    steps = services.STEPS


@admin.register(Paper)
class PaperAdmin(RecordAdmin):
    """Papers of engagements."""

    entry = services.PaperEntry
    only_at_entry = frozenset({"engagement"})
    enter = staticmethod(services.add_paper)
    correct = staticmethod(services.correct_paper)
    list_display = ("reference", "kind", "title", "language", _ENGAGEMENT, marking_column)
    list_filter = ("kind", "language")
    ordering = ("-pk",)


class AttachmentForm(RecordForm):
    """An attachment with its file, or a file to replace it."""

    file = forms.FileField(
        required=False, max_length=500, label="File", widget=UnfoldAdminFileFieldWidget(),
        help_text="PDF, PNG, JPEG, plain text or an office document, of at most 10 MB.",
    )  # fmt: skip

    def clean_file(self) -> services.Upload | None:
        """Return the file as services take it; above the limit only its size was read."""
        sent = self.cleaned_data["file"]
        if not sent:
            return None
        if sent.size > MOST_BYTES:
            raise forms.ValidationError(f"A file may have at most {MOST_BYTES // 1_000_000} MB.", code="too-large")
        sent.seek(0)  # a refused form is cleaned again to be shown
        return services.Upload(name=sent.name, content=sent.read(), media_type=sent.content_type or "")


class AboutAdmin(RecordAdmin):
    """Records that are about one other record, which is chosen when they are entered and may be an agreement."""

    about_keys: ClassVar[tuple[str, ...]] = ()
    # its key refers to a record of any kind: the form offers agreements
    left_out = frozenset({"agreement"})

    @admin.display(description="About", empty_value="—")
    def about(self, record: Any) -> str:
        """Return the engagement, or the reference of the mandate or agreement, as far as the user may see it."""
        found: Any = next((one for key in self.about_keys if (one := seen_through(record, key)) is not None), None)
        if found is None:
            return ""
        return str(found) if isinstance(found, Engagement) else str(found.reference)

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        """Return a choice by typing; of agreements, by the key with which they refer to each other."""
        if db_field.name != "agreement":
            return super().formfield_for_foreignkey(db_field, request, **kwargs)
        labels = {"label": "Agreement", "help_text": db_field.help_text}
        return record_choice(model_with_action_items(db_field.name), "merged_into", self.admin_site, **labels)

    def form_columns(self, obj: Any) -> list[str]:
        """Put what it may be about together, when it is entered."""
        names = super().form_columns(obj)
        return names if obj is not None else [*self.about_keys, *(one for one in names if one not in self.about_keys)]


@admin.register(Attachment)
class AttachmentAdmin(AboutAdmin):
    """Attachments of engagements and texts of agreements, stored here or at an address."""

    form = AttachmentForm
    entry = services.AttachmentEntry
    about_keys = ATTACHED_TO
    only_at_entry = frozenset({"engagement"})
    enter = staticmethod(services.add_attachment)
    correct = staticmethod(services.correct_attachment)
    list_display = ("reference", "title", "media_type", "size", "language", "about", marking_column)
    ordering = ("-pk",)

    def panel(self, record: Attachment) -> dict[str, Any]:
        """Return the download address of a file that is stored here."""
        if record.content_id is None:
            return {}
        download = reverse("attachment-content", kwargs={"pk": record.pk})
        return {"register_panel": "engagements/file.html", "register_download": download}

    def form_columns(self, obj: Any) -> list[str]:
        """Put the file before its metadata."""
        names = super().form_columns(obj)
        return [*names[: names.index("title") + 1], "file", *names[names.index("title") + 1 :]]


@admin.register(ActionItem)
class ActionItemAdmin(AboutAdmin):
    """What is owed from an engagement, a mandate or an agreement, by which side and by when."""

    entry = services.ActionItemEntry
    about_keys = ABOUT
    only_at_entry = frozenset({"engagement", "mandate"})
    enter = staticmethod(services.add_action_item)
    correct = staticmethod(services.correct_action_item)
    list_display = ("text", "owed_by", "owner_unit", "due_on", "status", "about", marking_column)
    list_filter = ("status", "owed_by")
    ordering = ("sort_due", "pk")
    steps = services.ACTION_ITEM_STEPS
