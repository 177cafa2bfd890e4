"""Posts, terms, bodies, sessions, decisions and mandates in the admin."""

from django.contrib import admin

from appointments import services
from appointments.models import Appointment, Body, Decision, Mandate, Post, Session, TermRule
from sgoffice.admin.columns import date_column, marking_column, owner_column
from sgoffice.admin.record_admin import RecordAdmin
from sgoffice.directory.admin import NamedAdmin
from sgoffice.records.actors import Actor, Permission
from sgoffice.records.models import Record

_APPROVERS = Permission.APPROVE


def _enter(entry: services.AppointmentEntry, *, by: Actor) -> Record:
    return (
        services.propose_appointment(entry, by=by) if entry.start is None else services.record_appointment(entry, by=by)
    )


@admin.register(Post)
class PostAdmin(RecordAdmin):
    """Posts that one person holds at a time."""

    entry = services.PostEntry
    enter = staticmethod(services.set_up_post)
    correct = staticmethod(services.correct_post)
    writes_with = _APPROVERS
    list_display = ("label", "slug", "organization")
    ordering = ("slug",)


@admin.register(Body)
class BodyAdmin(NamedAdmin):
    """Bodies that take decisions: ours, the United Nations', partners' councils."""

    entry = services.BodyEntry
    enter = staticmethod(services.set_up_body)
    correct = staticmethod(services.correct_body)
    writes_with = _APPROVERS
    list_display = ("name", "slug", "organization")
    ordering = ("sort", "pk")


@admin.register(TermRule)
class TermRuleAdmin(RecordAdmin):
    """Rules of the Constitution for posts, by period."""

    entry = services.TermRuleEntry
    enter = staticmethod(services.set_up_term_rule)
    correct = staticmethod(services.correct_term_rule)
    writes_with = _APPROVERS
    list_display = ("post", "legal_basis", "valid_from", "term_months", "reappointments_allowed")
    ordering = ("post", "pk")
    left_out = frozenset({"first_day", "until"})


@admin.register(Session)
class SessionAdmin(RecordAdmin):
    """Sessions of bodies: held, planned, not held."""

    entry = services.SessionEntry
    enter = staticmethod(services.convene_session)
    correct = staticmethod(services.correct_session)
    list_display = ("number", "body", "city", "country", date_column("begins", label="Begins"), "status")
    list_display_links = ("number", "city")
    list_filter = ("status", "body")
    ordering = ("-begins_earliest", "-pk")
    steps = services.SESSION_STEPS


@admin.register(Decision)
class DecisionAdmin(RecordAdmin):
    """Resolutions, decisions and recommendations."""

    entry = services.DecisionEntry
    enter = staticmethod(services.record_decision)
    correct = staticmethod(services.correct_decision)
    list_display = ("symbol", "title", "body", date_column("adopted", label="Adopted"), marking_column)
    list_display_links = ("symbol", "title")
    list_filter = ("kind", "body")
    ordering = ("-adopted_earliest", "-pk")


@admin.register(Mandate)
class MandateAdmin(RecordAdmin):
    """What decisions ask of the Secretariat, and its implementation."""

    entry = services.MandateEntry
    enter = staticmethod(services.add_mandate)
    correct = staticmethod(services.correct_mandate)
    list_display = (
        "reference", owner_column("decision", label="Decision"), "paragraph", "responsible_unit", "due_on", "status",
    )  # fmt: skip
    list_filter = ("status",)
    ordering = ("due_on", "-pk")
    left_out = frozenset({"status", "evidence"})
    steps = services.MANDATE_STEPS


@admin.register(Appointment)
class AppointmentAdmin(RecordAdmin):
    """Terms of office: proposed, appointed, assumed, extended, ended."""

    entry = services.AppointmentEntry
    enter = staticmethod(_enter)
    correct = staticmethod(services.correct_appointment)
    list_display = (
        "person", "post", "kind", "state", date_column("start", label="Since"), date_column("end", label="Until"),
        marking_column,
    )  # fmt: skip
    list_filter = ("post", "state", "kind")
    ordering = ("-start_earliest", "-pk")
    left_out = frozenset({"deviation"})
    together = (
        ("post", "person"), ("kind", "number"), ("proposed", "proposed_by"), ("appointed", "appointed_by"),
        ("start", "end"), ("expected_end", "end_reason"), ("scope", "instrument"),
    )  # fmt: skip
    steps = services.STEPS
