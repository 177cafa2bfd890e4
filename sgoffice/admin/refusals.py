"""What a service or the database refused, as texts with pointers to their fields."""

from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from sgoffice import documents
from sgoffice.records.constraints import violation_of
from sgoffice.records.errors import InvalidEntry, PossibleDuplicates, RegisterError, RelatedRecord, RuleViolation

#: Says to a service that this is another one than those that may be the same.
ANOTHER = "allow_duplicate"
_REFUSAL = "register_refusal"
_DOUBLE = "The register may have it already. Open what it has, or tick “Enter it as another one” and save again."


def remember_refusal(request: HttpRequest, error: RegisterError) -> None:
    """Remember what was refused in a first pass, for the form of the second."""
    setattr(request, _REFUSAL, error)


def refused_of(request: HttpRequest) -> RegisterError | None:
    """Return what was refused in a first pass."""
    return getattr(request, _REFUSAL, None)


def questions_of(request: HttpRequest, entry: type[Any]) -> list[str]:
    """Return the question whether it is another one, once a possible duplicate of an entry was refused."""
    is_asked = ANOTHER in request.POST or isinstance(refused_of(request), PossibleDuplicates)
    return [ANOTHER] if is_asked and hasattr(entry, ANOTHER) else []


def refusal_of(error: Exception) -> RegisterError | None:
    """Return what the register refused, or None for a bug."""
    if isinstance(error, RegisterError):
        return error
    return violation_of(error) if isinstance(error, IntegrityError) else None


def refusal_texts(error: RegisterError) -> list[tuple[str, str]]:
    """Return the texts of a refusal, each with the JSON pointer of its field (empty if it has none)."""
    if isinstance(error, InvalidEntry):
        return error.errors
    if isinstance(error, RuleViolation):
        basis = f" ({error.basis})" if error.basis else ""
        return [(error.pointer, f"{error.detail}{basis}")]
    if isinstance(error, PossibleDuplicates):
        return [(pointer, _with_links(records)) for pointer, records in error.candidates.items()]
    return [("", error.detail)]


def _with_links(records: Iterable[RelatedRecord]) -> SafeString:
    """Return the records that may be meant, each with a link to it and the reason."""
    links = format_html_join(
        "; ",
        '<a class="text-link" href="{}" target="_blank">{}</a> ({})',
        ((_address_of(one), one.label, one.reason) for one in records),
    )
    return format_html("{} {}.", _DOUBLE, links)


def _address_of(one: RelatedRecord) -> str:
    meta: Any = documents.model_of(one.kind)._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[one.id])
