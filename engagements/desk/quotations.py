"""Erase what somebody typed and has not sent: drafts of the form “Log a meeting”."""

from collections.abc import Iterable
from uuid import UUID

from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session

from engagements.desk.log_starts import DRAFT
from sgoffice.changes.erasable import Erasure, also_erases
from sgoffice.changes.masks import masked


@also_erases
def erase_drafts(erasure: Erasure) -> Iterable[UUID]:
    """Drop drafts that have one of the texts."""
    for key in Session.objects.values_list("session_key", flat=True):
        session = SessionStore(key)
        draft = session.get(DRAFT)
        if draft and masked(draft, erasure.texts) != draft:
            del session[DRAFT]
            session.save()
    return ()
