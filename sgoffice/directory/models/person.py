"""Person, and Membership of a person in an organization."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from sgoffice.directory.models.names import FollowingRecord
from sgoffice.directory.models.organization import Organization
from sgoffice.directory.querysets import MembershipManager
from sgoffice.directory.rules import sort_key
from sgoffice.records.constraints import explains
from sgoffice.records.models import PartialDateField, Record, partial_date_check
from sgoffice.records.triggers import Scribe


class Person(FollowingRecord):
    """A person whom the office meets, or who holds a post."""

    family_name = models.CharField(max_length=150, blank=True)
    given_name = models.CharField(max_length=150, blank=True)
    sort_name = models.CharField(max_length=300, blank=True, help_text="The name as lists put it in order.")
    honorific_prefix = models.CharField(max_length=80, blank=True, help_text="What stands before the name.")
    identifiers = models.JSONField(default=list, blank=True, help_text="[{scheme, identifier}]")
    contact_details = models.JSONField(default=list, blank=True, help_text="[{type, value, note}]")

    class Meta(FollowingRecord.Meta):
        verbose_name_plural = "people"

    def sorted_by(self) -> str:
        """Return the name by which lists are in order."""
        return self.sort_name or self.name


class Membership(Record):
    """A period in which a person had a role in an organization; read by whoever may read both."""

    readers_follow = True

    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=300, help_text="The title, as it was.")
    start_date = PartialDateField(help_text="Since when.")
    end_date = PartialDateField(help_text="Until when.")
    role_key = models.CharField(max_length=200, editable=False, default="", db_collation="C")

    objects: ClassVar[MembershipManager[Self]] = MembershipManager()

    class Meta(Record.Meta):
        triggers: ClassVar = [Scribe(of="id", omit=("role_key",))]
        indexes: ClassVar = [models.Index(fields=["role_key", "organization"], name="membership_by_role")]
        constraints: ClassVar = [
            partial_date_check("start_date", of="membership"),
            partial_date_check("end_date", of="membership"),
            models.CheckConstraint(
                condition=Q(start_date_earliest=None)
                | Q(end_date_latest=None)
                | Q(start_date_earliest__lte=F("end_date_latest")),
                name="membership_ends_after_it_starts",
            ),
        ]

    def refresh_role(self) -> None:
        """Bring the folded role, by which it is found, up to date."""
        self.role_key = sort_key(self.role)

    def __str__(self) -> str:
        return f"{self.person}, {self.role}"


explains(
    "membership_ends_after_it_starts", rule="end-after-start", detail="It ends before it starts.", pointer="/end_date"
)
