"""Appointments by post, by day in office, and by expiry."""

from datetime import date
from typing import Self
from uuid import UUID

from django.db.models import F, Manager, Q

from appointments.vocabulary import RUNNING, AppointmentState
from sgoffice.records.querysets import RecordQuerySet


class AppointmentQuerySet(RecordQuerySet):
    def of_post(self, post_id: UUID) -> Self:
        """Keep the appointments to one post."""
        return self.filter(post=post_id)

    def perhaps_in_office(self, first: date, last: date | None = None) -> Self:
        """Keep whoever may have held the post on some day of a period (inclusive), imprecise boundaries included."""
        last = last or first
        ended = Q(end_latest=None) & (Q(during__endswith=None) | Q(during__endswith__gte=first))
        expected = Q(end_latest=None, expected_end_latest__gte=first)
        return self.exclude(state=AppointmentState.PROPOSED).filter(
            Q(start_earliest__lte=last), ended | expected | Q(end_latest__gte=first)
        )

    def running_out(self, until: date) -> Self:
        """Keep terms that have expired by a day without a recorded end."""
        return self.filter(state__in=sorted(RUNNING), during__endswith__lte=until)

    def surely_over(self, day: date) -> Self:
        """Leave out terms that are expected to end in a month or a year that is not over."""
        is_imprecise = Q(expected_end_latest__gt=F("expected_end_earliest"))
        return self.exclude(is_imprecise, end_latest=None, expected_end_latest__gte=day)


AppointmentManager = Manager.from_queryset(AppointmentQuerySet)
