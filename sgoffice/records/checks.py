"""The check that whatever the database refuses by a rule is explained to whoever asked for it."""

import re
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error, register

from sgoffice.records.constraints import explanations
from sgoffice.records.models import RegisterRow
from sgoffice.records.triggers import Rule

#: A constraint that the body of a trigger names: as it raises, or in a variable with which it raises.
_NAMED = re.compile(r"(?:CONSTRAINT\s*=|:=|THEN)\s*'([a-z0-9_]+)'")


@register
def rules_are_explained(app_configs: Any, **options: Any) -> list[CheckMessage]:
    """Return an error for each constraint and rule trigger of the register's tables that nobody explains."""
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
    """Yield the names under which the database refuses rows of a model; a trigger that names none by its own."""
    for constraint in model._meta.constraints:
        yield constraint.name
    for trigger in model._meta.triggers:
        if isinstance(trigger, Rule):
            yield from _NAMED.findall(str(trigger.func)) or [trigger.name]
