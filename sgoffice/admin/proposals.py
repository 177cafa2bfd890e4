"""Tells people in the admin what waits for a second person."""

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from sgoffice.records.models import Record


def tell_of_proposals(request: HttpRequest, proposed: Iterable[Record]) -> None:
    """Say of each proposal that it waits, and lead to it."""
    for proposal in proposed:
        page = reverse("admin:approvals_approval_change", args=[proposal.pk])
        text = 'A part of this waits for a second person: <a class="text-link" href="{}">{}</a>.'
        messages.warning(request, format_html(text, page, proposal))
