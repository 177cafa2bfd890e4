"""Turns an IntegrityError into the rule that its constraint enforces."""

from dataclasses import dataclass

from django.db import IntegrityError, models

from sgoffice.records.errors import RuleViolation


@dataclass(frozen=True)
class Explanation:
    rule: str
    detail: str
    basis: str = ""
    pointer: str = ""


_explanations: dict[str, Explanation] = {}


def explains(constraint: str, *, rule: str, detail: str, basis: str = "", pointer: str = "") -> None:
    """Explain the rule behind a database constraint; each constraint has one explanation."""
    if constraint in _explanations:
        message = f"{constraint} is explained already"
        raise ValueError(message)
    _explanations[constraint] = Explanation(rule, detail, basis, pointer)


def explain_columns(model: type[models.Model]) -> None:
    """Explain the constraints of single columns, which PostgreSQL names.

    A taken reference has no rule: the door draws another one (`sgoffice.changes.retries`).
    """
    table = model._meta.db_table
    for field in model._meta.local_concrete_fields:
        name = field.name.replace("_", " ")
        if field.unique and not field.primary_key and field.name != "reference":
            detail = f"Another {model._meta.verbose_name} has this {name}."
            explains(f"{table}_{field.column}_key", rule=f"{field.name}-taken", detail=detail, pointer=f"/{field.name}")
        if field.get_internal_type().startswith("Positive"):
            detail = f"The {name} is below zero."
            explains(f"{table}_{field.column}_check", rule="not-negative", detail=detail, pointer=f"/{field.name}")


def explanations() -> dict[str, Explanation]:
    return dict(_explanations)


def constraint_of(error: Exception) -> str:
    """Return the name of the constraint that raised the error, or an empty string."""
    diagnosis = getattr(error.__cause__, "diag", None)
    return getattr(diagnosis, "constraint_name", None) or ""


def violation_of(error: IntegrityError) -> RuleViolation | None:
    """Return the broken rule, or None when nobody explains the constraint: a bug, not a refusal."""
    explanation = _explanations.get(constraint_of(error))
    if explanation is None:
        return None
    return RuleViolation(
        explanation.detail, rule=explanation.rule, basis=explanation.basis, pointer=explanation.pointer
    )
