"""Querysets of approvals."""

from typing import Any, Self

from django.db import models

from sgoffice.approvals.vocabulary import ApprovalState
from sgoffice.records.querysets import RecordQuerySet


class ApprovalQuerySet(RecordQuerySet[Any]):
    """Proposals, pending and decided."""

    def pending(self) -> Self:
        """Keep what awaits an approver."""
        return self.live().filter(state=ApprovalState.PROPOSED)


ApprovalManager = models.Manager.from_queryset(ApprovalQuerySet)
