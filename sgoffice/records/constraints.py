"""From the name of a database constraint to the rule it holds: what IntegrityError becomes on its way out."""

from dataclasses import dataclass

from django.db import IntegrityError

from sgoffice.records.errors import RuleViolation


@dataclass(frozen=True)
class Explanation:
    """What a constraint means to the person whose change it refused."""

    rule: str
    detail: str
    basis: str = ""
    pointer: str = ""


_explanations: dict[str, Explanation] = {}


def explains(constraint: str, *, rule: str, detail: str, basis: str = "", pointer: str = "") -> None:
    """Say in words what the constraint of that name holds; a second explanation is an error."""
    if constraint in _explanations:
        message = f"{constraint} is explained already"
        raise ValueError(message)
    _explanations[constraint] = Explanation(rule, detail, basis, pointer)


def explained_constraints() -> frozenset[str]:
    """Return the names of all constraints with an explanation."""
    return frozenset(_explanations)


def constraint_of(error: Exception) -> str:
    """Return the name of the constraint that raised the error, or nothing."""
    diagnosis = getattr(error.__cause__, "diag", None)
    return getattr(diagnosis, "constraint_name", None) or ""


def violation_of(error: IntegrityError) -> RuleViolation | None:
    """Return the rule that the database found broken, or None for a fault of the program."""
    explanation = _explanations.get(constraint_of(error))
    if explanation is None:
        return None
    return RuleViolation(
        explanation.detail, rule=explanation.rule, basis=explanation.basis, pointer=explanation.pointer
    )
