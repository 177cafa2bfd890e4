"""System checks: every database rule has an explanation, and every table of the register has a history."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error, register
from django.db import models

from sgoffice.records.constraints import explanations
from sgoffice.records.models import RegisterRow
from sgoffice.records.triggers import Rule, scribes_of

#: A constraint that the body of a trigger names: as it raises, or in a variable with which it raises.
_NAMED = re.compile(r"(?:CONSTRAINT\s*=|:=|THEN)\s*'([a-z0-9_]+)'")


@register
def rules_are_explained(app_configs: Any, **options: Any) -> list[CheckMessage]:
    """Return an error for each constraint and rule trigger without an explanation."""
    known = explanations()
    return [
        Error(
            f"Nobody explains {name}.",
            hint="Say with sgoffice.records.constraints.explains() what it refuses, and by which article.",
            obj=model,
            id="records.E001",
        )
        for model in apps.get_models()
        if issubclass(model, RegisterRow)
        for name in refusals_of(model)
        if name not in known
    ]


def refusals_of(model: Any) -> Iterator[str]:
    """Yield the constraint names with which the database refuses rows of a model."""
    for constraint in model._meta.constraints:
        yield constraint.name
    for trigger in model._meta.triggers:
        if isinstance(trigger, Rule):
            yield from _NAMED.findall(str(trigger.func)) or [trigger.name]


@register
def every_row_has_its_history(app_configs: object, **options: object) -> list[CheckMessage]:
    """Return an error for each table of the register that does not have exactly one scribe."""
    return without_history(apps.get_models())


def without_history(known: Iterable[type[models.Model]]) -> list[CheckMessage]:
    return [
        Error(
            f"{model._meta.label} has {len(scribes_of(model))} triggers that write its history; it needs one.",
            hint='Say `triggers = [Scribe(of="…")]` in its Meta, with the field that holds the id of its record.',
            obj=model,
            id="records.E002",
        )
        for model in known
        if issubclass(model, RegisterRow) and len(scribes_of(model)) != 1
    ]
