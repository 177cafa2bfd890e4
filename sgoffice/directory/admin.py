"""The directory in the admin: countries, organizations, offices, people, topics, memberships and affiliations."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from unfold.widgets import UnfoldAdminTextInputWidget

from sgoffice.admin.access import actor_of
from sgoffice.admin.columns import date_column
from sgoffice.admin.forms import RecordForm
from sgoffice.admin.record_admin import RecordAdmin
from sgoffice.directory import services
from sgoffice.directory.models import Affiliation, Country, Membership, Office, Organization, Person, Topic
from sgoffice.directory.services.duplicates import find_duplicates
from sgoffice.records.actors import Permission


class NamedForm(RecordForm):
    """The form of a record with a name: with a new one it asks since when."""

    renamed_on = forms.CharField(
        required=False,
        max_length=32,
        label="Called so since",
        help_text="With a new name: the day, month or year, if known. The old name is kept as a former one.",
        widget=UnfoldAdminTextInputWidget(),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.is_new:
            del self.fields["renamed_on"]


class NamedAdmin(RecordAdmin):
    """A kind of record with a name that may change."""

    form = NamedForm

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Return the fields, with the question since when beside the name."""
        (title, options), *others = super().get_fieldsets(request, obj)
        if obj is not None and self.has_change_permission(request, obj):
            shown = [("name", "renamed_on") if one == "name" else one for one in options["fields"]]
            options = {**options, "fields": shown}
        return [(title, options), *others]


@admin.register(Country)
class CountryAdmin(NamedAdmin):
    """Countries, former States and reserved codes."""

    entry = services.CountryEntry
    enter = staticmethod(services.register_country)
    correct = staticmethod(services.correct_country)
    list_display = ("name", "code", "alpha3", "status")
    list_filter = ("status",)
    ordering = ("sort", "pk")


class NamesakesAdmin(NamedAdmin):
    """A kind of which two records may be one: with a page of the pairs that the user may see both of."""

    may_merge = True
    #: The list links to the page.
    lists_duplicates = True

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_duplicates"
        return [path("duplicates/", self.admin_site.admin_view(self.duplicates_view), name=name), *super().get_urls()]

    def duplicates_view(self, request: HttpRequest) -> HttpResponse:
        """List the pairs of this kind, each with its ways out: merge, or keep apart."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "title": "Possible duplicates",
            "opts": self.opts,
            "pairs": find_duplicates(by=actor_of(request), kinds=[self.model.record_kind]),
            "may_decide": actor_of(request).may(Permission.WRITE),
            "changes": f"admin:{self.opts.app_label}_{self.opts.model_name}_change",
            "steps": f"admin:{self.opts.app_label}_{self.opts.model_name}_step",
        }
        return TemplateResponse(request, "directory/duplicates.html", context)


@admin.register(Organization)
class OrganizationAdmin(NamesakesAdmin):
    """Organizations, their organs, ministries, police services."""

    entry = services.OrganizationEntry
    enter = staticmethod(services.register_organization)
    correct = staticmethod(services.correct_organization)
    together = (
        ("acronym", "classification"),
        ("parent", "successor"),
        ("seat_city", "seat_country"),
        ("founding_date", "dissolution_date"),
    )
    list_display = ("name", "acronym", "classification", "country", "status")
    list_filter = ("classification", "status")
    ordering = ("sort", "pk")


@admin.register(Office)
class OfficeAdmin(NamedAdmin):
    """Our own seats and offices."""

    entry = services.OfficeEntry
    enter = staticmethod(services.register_office)
    correct = staticmethod(services.correct_office)
    list_display = ("name", "kind", "city", "country", date_column("opened", label="Opened"))
    list_filter = ("kind",)
    ordering = ("sort", "pk")


@admin.register(Person)
class PersonAdmin(NamesakesAdmin):
    """People, under all their names."""

    entry = services.PersonEntry
    enter = staticmethod(services.register_person)
    correct = staticmethod(services.correct_person)
    together = (("given_name", "family_name"), ("sort_name", "honorific_prefix"))
    list_display = ("name", "honorific_prefix", "family_name", "given_name")
    ordering = ("sort", "pk")


@admin.register(Topic)
class TopicAdmin(NamedAdmin):
    """What engagements and agreements are about."""

    entry = services.TopicEntry
    enter = staticmethod(services.register_topic)
    correct = staticmethod(services.correct_topic)
    may_merge = True
    list_display = ("name", "kind")
    list_filter = ("kind",)
    ordering = ("sort", "pk")


@admin.register(Membership)
class MembershipAdmin(RecordAdmin):
    """Who held which function where, and when."""

    entry = services.MembershipEntry
    enter = staticmethod(services.record_membership)
    correct = staticmethod(services.correct_membership)
    list_display = ("role", "person", "organization", date_column("start_date", label="Since"))
    ordering = ("-pk",)


@admin.register(Affiliation)
class AffiliationAdmin(RecordAdmin):
    """Which organization takes part in which other one."""

    entry = services.AffiliationEntry
    enter = staticmethod(services.record_affiliation)
    correct = staticmethod(services.correct_affiliation)
    list_display = ("organization", "role", "affiliated_with", date_column("start_date", label="Since"))
    list_filter = ("role",)
    ordering = ("-pk",)
