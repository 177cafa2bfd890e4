"""Erase the bytes of files whose attachment no longer has them."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Exists, OuterRef

from engagements.models import Attachment
from engagements.models.paper import FileContent
from sgoffice.changes.erasable import Erasure, also_erases
from sgoffice.records.models import HistoryPayload


@also_erases
def erase_files(erasure: Erasure) -> Iterable[UUID]:
    """Erase files that these records had and that no other attachment has. What another one has stays with it."""
    states = HistoryPayload.objects.filter(
        entry__record_id__in=erasure.ids, entry__table_name=Attachment._meta.db_table
    ).values_list("old__content_id", "new__content_id")
    digests = {digest for pair in states for digest in pair if digest}
    attached = Attachment.objects.filter(content=OuterRef("pk"))
    FileContent.objects.filter(~Exists(attached), pk__in=digests).delete()
    return ()
