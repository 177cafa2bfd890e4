"""Period, the status of an agreement from a day until another, and Binding, that of one party. Both are computed."""

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.db.models import Q

from engagements.agreements.models.agreement import Agreement
from engagements.agreements.vocabulary import ActKind, Basis, Status
from sgoffice.records.constraints import explains


class Period(models.Model):
    """A status of an agreement in a half-open range of days; the service that changes an act writes them all anew."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="periods")
    during = DateRangeField(help_text="From the first day to the first day after it; an end may be open.")
    status = models.CharField(max_length=24, choices=Status)
    basis = models.CharField(max_length=12, choices=Basis)
    is_in_force = models.BooleanField(null=True, help_text="False: not, or not yet; null: not known.")
    as_of = models.DateField(null=True, help_text="The day of the act on which the status rests.")
    sentence = models.TextField(help_text="Why; parties and bodies by their keys.")

    class Meta:
        ordering: ClassVar = ["during"]
        constraints: ClassVar = [
            ExclusionConstraint(
                name="period_no_overlap",
                expressions=[("agreement", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
            ),
            models.CheckConstraint(
                condition=Q(status=Status.NOT_KNOWN, basis=Basis.NOT_KNOWN)
                | (~Q(status=Status.NOT_KNOWN) & ~Q(basis=Basis.NOT_KNOWN)),
                name="period_has_a_basis",
            ),
        ]
        indexes: ClassVar = [GistIndex(fields=["status", "during"], name="period_of_status")]


class Binding(models.Model):
    """Whether a party is bound in a half-open range of days; written with the periods of its agreement."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="bindings")
    party = models.UUIDField(help_text="The id of the party in the agreement.")
    during = DateRangeField(help_text="From the first day to the first day after it; an end may be open.")
    is_bound = models.BooleanField(null=True, help_text="Null: not known.")
    by = models.CharField(max_length=24, choices=ActKind, blank=True, help_text="The act of the party that decides it.")

    class Meta:
        ordering: ClassVar = ["party", "during"]
        constraints: ClassVar = [
            ExclusionConstraint(
                name="binding_no_overlap",
                expressions=[("party", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
            ),
        ]


explains(
    "binding_no_overlap",
    rule="one-binding-a-day",
    detail="A party is bound on a day, or it is not.",
    pointer="/parties",
)
explains(
    "period_no_overlap", rule="one-status-a-day", detail="An agreement has one status on a day.", pointer="/periods"
)
explains("period_has_a_basis", rule="basis", detail="Every status has a basis; what is not known has none.")
