"""What a service or the database refused, as texts with the pointers of their fields."""

from django.db import IntegrityError

from sgoffice.records.constraints import violation_of
from sgoffice.records.errors import InvalidEntry, RegisterError, RuleViolation


class Refusal:
    """The texts of a refusal; each is shown once, at its field, its row, or above the form."""

    def __init__(self, error: RegisterError) -> None:
        self.error = error
        self.left: list[tuple[str, str]] = list(_texts(error))

    def take(self, heads: set[str]) -> list[tuple[str, str]]:
        """Return the texts about rows of one list, as (rest of the pointer, text), and leave the others."""
        taken, left = [], []
        for pointer, detail in self.left:
            head, _, below = pointer.strip("/").partition("/")
            if head in heads and below:
                taken.append((below, detail))
            else:
                left.append((pointer, detail))
        self.left = left
        return taken


def refusal_of(error: Exception) -> RegisterError | None:
    """Return what the register refused; None for a fault of the program."""
    if isinstance(error, RegisterError):
        return error
    return violation_of(error) if isinstance(error, IntegrityError) else None


def _texts(error: RegisterError) -> list[tuple[str, str]]:
    if isinstance(error, InvalidEntry):
        return error.errors
    if isinstance(error, RuleViolation):
        basis = f" ({error.basis})" if error.basis else ""
        return [(error.pointer, f"{error.detail}{basis}")]
    return [("", error.detail)]
