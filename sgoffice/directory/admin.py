"""The directory in the admin: countries, organizations, offices, people, topics, memberships and affiliations."""

from django.contrib import admin

from sgoffice.admin.columns import date_column
from sgoffice.admin.record_admin import RecordAdmin
from sgoffice.directory import services
from sgoffice.directory.models import Affiliation, Country, Membership, Office, Organization, Person, Topic


@admin.register(Country)
class CountryAdmin(RecordAdmin):
    """Countries, former States and reserved codes."""

    entry = services.CountryEntry
    enter = staticmethod(services.register_country)
    correct = staticmethod(services.correct_country)
    list_display = ("name", "code", "alpha3", "status")
    list_filter = ("status",)
    ordering = ("sort", "pk")


@admin.register(Organization)
class OrganizationAdmin(RecordAdmin):
    """Organizations, their organs, ministries, police services."""

    entry = services.OrganizationEntry
    enter = staticmethod(services.register_organization)
    correct = staticmethod(services.correct_organization)
    may_merge = True
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
class OfficeAdmin(RecordAdmin):
    """Our own seats and offices."""

    entry = services.OfficeEntry
    enter = staticmethod(services.register_office)
    correct = staticmethod(services.correct_office)
    list_display = ("name", "kind", "city", "country", date_column("opened", label="Opened"))
    list_filter = ("kind",)
    ordering = ("sort", "pk")


@admin.register(Person)
class PersonAdmin(RecordAdmin):
    """People, under all their names."""

    entry = services.PersonEntry
    enter = staticmethod(services.register_person)
    correct = staticmethod(services.correct_person)
    may_merge = True
    together = (("given_name", "family_name"), ("sort_name", "honorific_prefix"))
    list_display = ("name", "honorific_prefix", "family_name", "given_name")
    ordering = ("sort", "pk")


@admin.register(Topic)
class TopicAdmin(RecordAdmin):
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
