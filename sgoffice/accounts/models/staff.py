"""User, a member of staff; AccessToken, with which their programs sign in; CalendarLink, for their calendars.

All are rows of the register, written by the services alone, with a history that leaves out what is secret.
"""

from datetime import timedelta
from typing import Any, ClassVar

import pgtrigger
from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.db.models.functions import Now
from django.utils.crypto import salted_hmac

from sgoffice.accounts.roles import PERMISSIONS
from sgoffice.accounts.vocabulary import Role, Scope
from sgoffice.changes.door import open_rows
from sgoffice.records.actors import Actor
from sgoffice.records.constraints import explains
from sgoffice.records.identifiers import uuid7
from sgoffice.records.models import RegisterRow
from sgoffice.records.querysets import GuardedQuerySet
from sgoffice.records.triggers import Rule, Scribe


class StaffManager(UserManager.from_queryset(GuardedQuerySet)):  # type: ignore[misc] # made at run time
    """Staff by user name, written inside open_rows() only."""

    use_in_migrations = False


class User(RegisterRow, AbstractUser):
    """A member of staff. `sign_in_generation` is part of each open sign-in: when it moves on, they end."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    role = models.CharField(max_length=20, choices=Role, default=Role.VIEWER, help_text="Decides what they may do.")
    display_name = models.CharField(max_length=200, blank=True, help_text="The name that colleagues see.")
    language = models.CharField(
        max_length=8, default="", blank=True, help_text="ISO 639 code of their language; empty: as the browser asks."
    )
    time_zone = models.CharField(max_length=64, default="UTC", help_text="IANA name of their time zone.")

    is_example = models.BooleanField(
        default=False, db_default=False, editable=False, help_text="Made up, to try the register with."
    )
    password_changed_at = models.DateTimeField(null=True, editable=False, help_text="When they last chose a password.")
    sign_in_generation = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    second_factor_since = models.DateTimeField(
        null=True, editable=False, help_text="Since when a second factor is asked of them at each sign-in."
    )
    groups = None  # type: ignore[assignment] # rights come from the role alone
    user_permissions = None  # type: ignore[assignment] # as above

    objects: ClassVar[Any] = StaffManager()

    class Meta(AbstractUser.Meta):
        verbose_name = "member of staff"
        verbose_name_plural = "staff"
        triggers: ClassVar = [
            Scribe(of="id", omit=("password", "last_login"), is_record=False),
            Rule(
                name="roles_are_given_by_two",
                on=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.Before,
                body="""
                    IF TG_OP = 'UPDATE' THEN
                        IF OLD.role <> NEW.role
                            AND coalesce(current_setting('sgoffice.actor', true), '') = 'staff:' || NEW.id THEN
                            RAISE EXCEPTION '% changes the own role', NEW.username
                                USING ERRCODE = 'check_violation', CONSTRAINT = 'nobody_changes_the_own_role';
                        END IF;
                        IF OLD.role = NEW.role AND OLD.is_active AND OLD.is_example = NEW.is_example THEN
                            RETURN NEW;
                        END IF;
                    END IF;
                    IF NEW.role IN ('viewer', 'officer') OR NOT NEW.is_active THEN RETURN NEW; END IF;
                    IF NOT register_role_is_approved(NEW.id, NEW.role)
                        AND NOT register_staff_is_missing(NEW.id, NEW.role, NEW.is_example) THEN
                        RAISE EXCEPTION '% becomes % by one person alone', NEW.username, NEW.role
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'roles_are_given_by_two';
                    END IF;
                """,
            ),
            Rule(
                name="second_factor_is_asked",
                on=pgtrigger.Update,
                when=pgtrigger.Before,
                body="""
                    IF OLD.second_factor_since IS DISTINCT FROM NEW.second_factor_since
                        AND coalesce(current_setting('sgoffice.actor', true), '') <> 'staff:' || NEW.id
                        AND NOT (NEW.second_factor_since IS NULL AND register_ends_second_factor(NEW.id)) THEN
                        RAISE EXCEPTION 'the second factor of % is reset by one person alone', NEW.username
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'second_factor_is_asked';
                    END IF;
                """,
            ),
            Rule(
                name="staff_are_kept",
                on=pgtrigger.Delete,
                when=pgtrigger.Before,
                body="""
                    RAISE EXCEPTION 'a member of staff is never deleted'
                        USING ERRCODE = 'check_violation', CONSTRAINT = 'staff_are_kept';
                """,
            ),
        ]

    def save(self, *args: Any, **options: Any) -> None:
        """Save inside a service; only the time of a sign-in is saved by Django itself."""
        if options.get("update_fields") != ["last_login"]:
            super().save(*args, **options)
            return
        with open_rows(self, verb="sign_in", by=self.as_actor()):
            super().save(*args, **options)

    def as_actor(self) -> Actor:
        permissions = PERMISSIONS[self.role] if self.is_active else frozenset()
        return Actor("staff", str(self.pk), self.display_name or self.username, permissions)

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Return what an open sign-in must match: it ends with the password and with the generation."""
        signed = f"{self.password}:{self.sign_in_generation}"
        return salted_hmac("sgoffice.accounts.sign_in", signed, secret=secret, algorithm="sha256").hexdigest()

    def __str__(self) -> str:
        return self.display_name or self.username


class AccessToken(RegisterRow):
    """A bearer token; only its digest is stored, so nobody can read it back."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=100, help_text="What it is for.")
    scope = models.CharField(
        max_length=20, choices=Scope, default=Scope.WRITE, db_default=Scope.WRITE, help_text="What it may be used for."
    )
    digest = models.BinaryField(unique=True, editable=False, help_text="SHA-256 of the token.")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(help_text="When it stops working.")
    last_used_at = models.DateTimeField(null=True, help_text="Accurate to the minute.")
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-created_at"]
        triggers: ClassVar = [Scribe(of="user", omit=("digest", "last_used_at"))]

    def __str__(self) -> str:
        return f"{self.name} of {self.user}"


class CalendarLink(RegisterRow):
    """An address from which a calendar program reads as its user; only the digest of its secret is stored."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="calendar_links")
    name = models.CharField(max_length=100, help_text="Which calendar reads it.")
    digest = models.BinaryField(unique=True, editable=False, help_text="SHA-256 of the secret in the address.")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(
        db_default=Now() + timedelta(days=366), help_text="When the calendar stops reading."
    )
    last_used_at = models.DateTimeField(null=True, help_text="Accurate to the minute.")
    revoked_at = models.DateTimeField(null=True)

    #: The only thing that it is for.
    scope = Scope.CALENDAR

    class Meta:
        ordering: ClassVar = ["-created_at"]
        triggers: ClassVar = [Scribe(of="user", omit=("digest", "last_used_at"))]

    def __str__(self) -> str:
        return f"{self.name} of {self.user}"


class PasswordLink(RegisterRow):
    """An address at which a member of staff chooses a password, once; only the digest of its secret is stored."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="password_links")
    digest = models.BinaryField(unique=True, editable=False, help_text="SHA-256 of the secret in the address.")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(help_text="When it stops working.")
    ended_at = models.DateTimeField(null=True, help_text="When it was used or another one took its place.")
    issued_by = models.TextField(help_text="The actor who issued it.")

    class Meta:
        triggers: ClassVar = [Scribe(of="user", omit=("digest",))]


explains(
    "roles_are_given_by_two",
    rule="second-person",
    detail="This role is proposed by one person and approved by another: see the queue of approvals.",
    basis="What opens the register needs two people",
    pointer="/role",
)
explains(
    "nobody_changes_the_own_role",
    rule="not-about-oneself",
    detail="Nobody changes their own role. Ask another administrator.",
    basis="What opens the register needs two people",
    pointer="/role",
)
explains(
    "second_factor_is_asked",
    rule="second-factor",
    detail="A second factor is set up and removed by its owner; two people together reset it.",
    basis="What opens the register needs two people",
)
explains("staff_are_kept", rule="staff-kept", detail="A member of staff is never deleted: deactivate them instead.")
