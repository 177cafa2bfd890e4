"""What a service or the database refused, as texts with pointers to their fields."""

from django.db import IntegrityError

from sgoffice.records.constraints import violation_of
from sgoffice.records.errors import InvalidEntry, RegisterError, RuleViolation


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
    return [("", error.detail)]
