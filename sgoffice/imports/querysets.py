"""Querysets of imports."""

from typing import Any, Self

from django.db import models

from sgoffice.records.querysets import RecordQuerySet


class ImportQuerySet(RecordQuerySet[Any]):
    """Imports; each is restricted to who brought the file and the approvers."""

    def with_mapping(self, name: str) -> Self:
        """Keep those whose mapping was saved under a name, the newest first."""
        return self.live().filter(mapping_name=name).order_by("-pk")


ImportManager = models.Manager.from_queryset(ImportQuerySet)
