"""What can be proposed: each action with its label and what carries it out. Apps register theirs in `approvals.py`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sgoffice.records.actors import Actor

if TYPE_CHECKING:
    from sgoffice.approvals.models import Approval

#: Takes the approved proposal and who approved it.
Execution = Callable[["Approval", Actor], object]


@dataclass(frozen=True)
class Action:
    """Something that needs two people."""

    name: str
    label: str
    carry_out: Execution


_actions: dict[str, Action] = {}


def carries_out(name: str, label: str) -> Callable[[Execution], Execution]:
    """Register the decorated function as what carries out an action once it is approved."""

    def register(execution: Execution) -> Execution:
        if name in _actions:
            message = f"{name} is carried out already"
            raise ValueError(message)
        _actions[name] = Action(name, label, execution)
        return execution

    return register


def action_of(name: str) -> Action:
    return _actions[name]


def actions() -> dict[str, Action]:
    return dict(_actions)
