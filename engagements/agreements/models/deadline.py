"""Deadline: something an agreement asks of the office by a day. Computed, so without history."""

from typing import ClassVar

from django.contrib.postgres.fields import DateRangeField
from django.contrib.postgres.indexes import GistIndex
from django.db import models

from appointments.models import Body
from engagements.agreements.models.agreement import Agreement
from engagements.agreements.vocabulary import AgreementDeadlineKind, Status


class Deadline(models.Model):
    """What is to be done by a day, as seen from each day of a range; written with the periods, by the same services."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="deadlines")
    kind = models.CharField(max_length=24, choices=AgreementDeadlineKind)
    during = DateRangeField(help_text="The days on which it stands.")
    day = models.DateField(null=True, help_text="By when; where renewals follow, no later than that. None: not known.")
    status = models.CharField(max_length=24, choices=Status, blank=True, help_text="Where it stands then by itself.")
    sentence = models.TextField(blank=True, help_text="What to do; parties by their keys.")
    body = models.ForeignKey(Body, models.PROTECT, null=True, related_name="+", help_text="The body it waits for.")
    renews_from = models.DateField(null=True, help_text="The end of the first term, from which renewals are counted.")

    class Meta:
        indexes: ClassVar = [GistIndex(fields=["during", "day"], name="deadline_standing")]
