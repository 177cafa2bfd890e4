"""What a release may say, and who may approve it: two people, and nothing that is restricted."""

from collections.abc import Collection, Mapping
from uuid import UUID

from sgoffice.partners.vocabulary import ReleaseCondition, ReleaseState
from sgoffice.records.errors import InvalidEntry, RuleViolation

PUBLIC, INTERNAL, RESTRICTED = _WIDEST_FIRST = ("public", "internal", "restricted")
_BASIS = "Two people release a record, one withdraws it"


def is_raised(marking: str, since: str) -> bool:
    """Tell whether fewer people may see a record than when it had the other marking."""
    return _WIDEST_FIRST.index(marking) > _WIDEST_FIRST.index(since)


def require_sense(condition: str, *, kind: str, records: Collection[UUID], kinds: Collection[str]) -> None:
    """Raise InvalidEntry for a list without records, a standing rule with some, and a kind that is not published."""
    problems = []
    if condition == ReleaseCondition.LISTED:
        if not records:
            problems.append(("/records", "List the records that are to be released."))
        if kind:
            problems.append(("/kind", "A list says by itself of which kinds it is: leave this out."))
    else:
        if records:
            problems.append(("/records", "A standing rule names no records: leave them out."))
        if kind not in kinds:
            problems.append(("/kind", f"Say of which kind: {', '.join(sorted(kinds))}."))
    if problems:
        raise InvalidEntry(problems)


def require_releasable(markings: Mapping[UUID, str]) -> None:
    """Raise RuleViolation for a restricted record."""
    if RESTRICTED in markings.values():
        detail = "A restricted record is released to nobody: lower its marking first, with a reason."
        raise RuleViolation(detail, rule="restricted-stays", pointer="/records")


def require_second_person(proposed_by: str, approved_by: str) -> None:
    """Raise RuleViolation for somebody who approves what they proposed."""
    if proposed_by == approved_by:
        detail = "Whoever proposed a release does not approve it: ask a colleague."
        raise RuleViolation(detail, rule="second-person", basis=_BASIS)


def require_state(state: str, *wanted: str) -> None:
    """Raise RuleViolation unless the release is in one of these states."""
    if state not in wanted:
        detail = f"The release is {ReleaseState(state).name.lower()}: propose another one."
        raise RuleViolation(detail, rule="release-state", pointer="/state")
