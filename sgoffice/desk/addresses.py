"""Where people read a record: on its sheet, or on its page in the admin. Each domain registers its own sheets."""

from typing import Any
from uuid import UUID

from django.urls import reverse

from sgoffice import documents

#: By kind: the name of the route, what it takes before, and whether it takes the reference or the id.
_SHEETS: dict[str, tuple[str, tuple[str, ...], str]] = {}


def register_sheet(kind: str, route: str, *before: str, by: str = "reference") -> None:
    """Let records of a kind be read on a page of the desk."""
    _SHEETS[kind] = (route, before, by)


def address_of(kind: str, record_id: UUID | str, reference: str = "") -> str:
    """Return the address of the page on which people read a record."""
    if kind in _SHEETS:
        route, before, by = _SHEETS[kind]
        key = reference if by == "reference" else record_id
        if key:
            return reverse(route, args=[*before, key])
    return reverse(f"admin:{_name_of(kind)}_change", args=[record_id])


def admin_address_of(record: Any, page: str = "change") -> str:
    """Return the address of a page of a record in the admin."""
    return reverse(f"admin:{_name_of(record.record_kind)}_{page}", args=[record.pk])


def _name_of(kind: str) -> str:
    options = documents.model_of(kind)._meta
    return f"{options.app_label}_{options.model_name}"
