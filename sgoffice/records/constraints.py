"""Turns an IntegrityError into the rule that its constraint enforces."""

from dataclasses import dataclass

from django.db import IntegrityError, models

from sgoffice.records.actors import ANONYMOUS, Actor, Permission
from sgoffice.records.errors import RuleViolation


@dataclass(frozen=True)
class Explanation:
    rule: str
    detail: str
    basis: str = ""
    pointer: str = ""
    #: It compares the record with others, some of which the actor may not see.
    compares: bool = False


_explanations: dict[str, Explanation] = {}


def explains(
    constraint: str, *, rule: str, detail: str, basis: str = "", pointer: str = "", compares: bool = False
) -> None:
    """Explain the rule behind a database constraint; each constraint has one explanation.

    With `compares` the rule compares marked records with each other. Services explain what they find among records
    that the actor may see; what only the database finds is hidden from the actor, and only approvers read why.
    """
    if constraint in _explanations:
        message = f"{constraint} is explained already"
        raise ValueError(message)
    _explanations[constraint] = Explanation(rule, detail, basis, pointer, compares)


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


def ask_an_approver() -> RuleViolation:
    """Return the refusal for whoever may not see all records that a rule compares, the same for every such rule."""
    detail = "You cannot enter this as it stands: ask an approver to check it and to enter it."
    return RuleViolation(detail, rule="ask-an-approver")


def explanations() -> dict[str, Explanation]:
    return dict(_explanations)


def constraint_of(error: Exception) -> str:
    """Return the name of the constraint that raised the error, or an empty string."""
    diagnosis = getattr(error.__cause__, "diag", None)
    return getattr(diagnosis, "constraint_name", None) or ""


def violation_of(error: IntegrityError, *, by: Actor = ANONYMOUS) -> RuleViolation | None:
    """Return the broken rule, or None when nobody explains the constraint: a bug, not a refusal."""
    explanation = _explanations.get(constraint_of(error))
    if explanation is None:
        return None
    if explanation.compares and not by.may(Permission.APPROVE):
        return ask_an_approver()
    return RuleViolation(
        explanation.detail, rule=explanation.rule, basis=explanation.basis, pointer=explanation.pointer
    )
