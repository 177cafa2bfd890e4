"""By which decision an agreement can be approved: one about it, of the body that approves, of that day."""

from dataclasses import dataclass

from engagements.agreements.rules.days import Window
from sgoffice.records.errors import RuleViolation


@dataclass(frozen=True)
class DecisionValue:
    """A decision as a plain value: its body, when it was adopted, and what it is known to approve besides.

    `is_of_ours`: its body belongs to a party, or the clause on entry into force names it. `approves` is the reference
    of another agreement, between others, that it approves; empty where the clause names its body.
    """

    body: str
    called: str
    adopted: Window | None = None
    is_of_ours: bool = True
    approves: str = ""


def require_fitting_decision(decision: DecisionValue, *, by_body: str, date: Window | None, pointer: str = "") -> None:
    """Refuse an approval by a decision of another body, of another day, or about another agreement."""
    if by_body and decision.body != by_body:
        detail = f"The decision is one of the {decision.called}: name the body that approved, or its own decision."
        raise RuleViolation(detail, rule="decision-of-the-body", pointer=f"{pointer}/decision")
    if not decision.is_of_ours:
        raise RuleViolation(
            f"The {decision.called} is no body of a party, and the clause on entry into force does not name it: "
            "say on behalf of which party it approved.",
            rule="decision-of-a-party",
            pointer=f"{pointer}/decision",
        )
    adopted = decision.adopted
    if adopted and date and (adopted.earliest > date.latest or adopted.latest < date.earliest):
        detail = (
            f"The decision was adopted {adopted.when}: give that day, or name the decision by which it was approved."
        )
        raise RuleViolation(detail, rule="decision-of-the-day", pointer=f"{pointer}/date")
    if decision.approves:
        detail = f"The decision approves another agreement, {decision.approves}: name the decision about this one."
        raise RuleViolation(detail, rule="decision-about-it", pointer=f"{pointer}/decision")


def require_body_of_a_party(*, is_of_ours: bool, called: str, pointer: str = "") -> None:
    """Refuse an approval by a body that acts for none of the parties."""
    if not is_of_ours:
        raise RuleViolation(
            f"The {called} is no body of a party, and the clause on entry into force does not name it: "
            "say on behalf of which party it approved.",
            rule="body-of-a-party",
            pointer=f"{pointer}/by_body",
        )
