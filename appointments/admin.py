"""Posts, terms, bodies, sessions, decisions and mandates in the admin."""

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from django.contrib import admin

from appointments import services
from appointments.models import Appointment, Body, Decision, Mandate, Post, Session, TermRule
from appointments.vocabulary import AppointmentState, SessionStatus
from sgoffice.admin.columns import date_column, marking_column
from sgoffice.admin.record_admin import RecordAdmin
from sgoffice.admin.steps import Step
from sgoffice.records.actors import Actor, Permission
from sgoffice.records.models import Record

_APPROVERS = Permission.APPROVE


@dataclass(frozen=True, kw_only=True)
class Settlement:
    """Whether a session took place, and why not."""

    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Assumption:
    """The first day in office."""

    on: date


def _settle(status: SessionStatus) -> Any:
    def call(record_id: UUID, entry: Settlement, **door: Any) -> Record:
        return services.settle_session(record_id, status=status, reason=entry.reason, **door)

    return call


def _assume(record_id: UUID, entry: Assumption, **door: Any) -> Record:
    return services.assume(record_id, on=entry.on, **door)


def _in(*states: AppointmentState) -> Any:
    return lambda term: term.state in states


def _enter(entry: services.AppointmentEntry, *, by: Actor) -> Record:
    return services.propose(entry, by=by) if entry.start is None else services.appoint(entry, by=by)


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
class BodyAdmin(RecordAdmin):
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
    steps: ClassVar = (
        Step(
            name="hold",
            label="Was held",
            call=_settle(SessionStatus.HELD),
            entry=Settlement,
            when=lambda session: session.status != SessionStatus.HELD,
        ),
        Step(
            name="cancel",
            label="Was not held",
            call=_settle(SessionStatus.NOT_HELD),
            entry=Settlement,
            when=lambda session: session.status != SessionStatus.NOT_HELD,
        ),
    )


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
    list_display = ("reference", "decision", "paragraph", "responsible_unit", "due_on", "status")
    list_filter = ("status",)
    ordering = ("due_on", "-pk")
    left_out = frozenset({"status", "evidence"})
    steps: ClassVar = (
        Step(
            name="report",
            label="Report implementation",
            call=services.report_implementation,
            entry=services.ImplementationEntry,
            columns=Mandate,
        ),
    )


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
        ("start", "end"), ("expected_end", "end_reason"),
    )  # fmt: skip
    steps: ClassVar = (
        Step(
            name="appoint",
            label="Appoint",
            call=services.approve_proposal,
            entry=services.StartEntry,
            columns=Appointment,
            left_out=frozenset({"session"}),
            when=_in(AppointmentState.PROPOSED),
            tone="primary",
        ),
        Step(
            name="assume",
            label="Assume office",
            call=_assume,
            entry=Assumption,
            when=_in(AppointmentState.DESIGNATE),
            tone="primary",
        ),
        Step(
            name="extend",
            label="Extend",
            call=services.extend,
            entry=services.ExtensionEntry,
            columns=Appointment,
            left_out=frozenset({"session"}),
            when=_in(AppointmentState.ASSUMED, AppointmentState.ENDED, AppointmentState.DESIGNATE),
        ),
        Step(
            name="end",
            label="End",
            call=services.end_appointment,
            entry=services.EndEntry,
            columns=Appointment,
            when=_in(AppointmentState.ASSUMED, AppointmentState.DESIGNATE),
        ),
    )
