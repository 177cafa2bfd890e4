"""User, a member of staff; AccessToken, with which their programs sign in; CalendarLink, for their calendars."""

from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models

from sgoffice.accounts.roles import PERMISSIONS
from sgoffice.accounts.vocabulary import Role
from sgoffice.records.actors import Actor
from sgoffice.records.identifiers import uuid7


class User(AbstractUser):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    role = models.CharField(max_length=20, choices=Role, default=Role.VIEWER, help_text="Decides what they may do.")
    display_name = models.CharField(max_length=200, blank=True, help_text="The name that colleagues see.")
    language = models.CharField(max_length=8, default="en", help_text="ISO 639 code of their language.")
    time_zone = models.CharField(max_length=64, default="UTC", help_text="IANA name of their time zone.")

    is_example = models.BooleanField(
        default=False, db_default=False, editable=False, help_text="Made up, to try the register with."
    )

    class Meta(AbstractUser.Meta):
        verbose_name = "member of staff"
        verbose_name_plural = "staff"

    def as_actor(self) -> Actor:
        permissions = PERMISSIONS[self.role] if self.is_active else frozenset()
        return Actor("staff", str(self.pk), self.display_name or self.username, permissions)

    def __str__(self) -> str:
        return self.display_name or self.username


class AccessToken(models.Model):
    """A bearer token; only its digest is stored, so nobody can read it back."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=100, help_text="What it is for.")
    digest = models.BinaryField(unique=True, editable=False, help_text="SHA-256 of the token.")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(help_text="When it stops working.")
    last_used_at = models.DateTimeField(null=True, help_text="Accurate to the minute.")
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.name} of {self.user}"


class CalendarLink(models.Model):
    """An address from which a calendar program reads as its user; only the digest of its secret is stored."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="calendar_links")
    name = models.CharField(max_length=100, help_text="Which calendar reads it.")
    digest = models.BinaryField(unique=True, editable=False, help_text="SHA-256 of the secret in the address.")
    created_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, help_text="Accurate to the minute.")
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.name} of {self.user}"


class PasswordLink(models.Model):
    """An address at which a member of staff chooses a password, once; only the digest of its secret is stored."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="password_links")
    digest = models.BinaryField(unique=True, editable=False, help_text="SHA-256 of the secret in the address.")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(help_text="When it stops working.")
    ended_at = models.DateTimeField(null=True, help_text="When it was used or another one took its place.")
    issued_by = models.TextField(help_text="The actor who issued it.")
