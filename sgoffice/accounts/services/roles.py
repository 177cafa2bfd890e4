"""Roles of staff: an administrator assigns viewer and officer alone; the other roles are given by two people."""

from datetime import datetime
from uuid import UUID

from sgoffice.accounts.models import User
from sgoffice.accounts.roles import GIVEN_BY_TWO
from sgoffice.accounts.services.members import end_sign_ins, may_sign_in
from sgoffice.accounts.services.readerships import end_readerships, leaving
from sgoffice.accounts.vocabulary import Role
from sgoffice.approvals.rules import require_not_about
from sgoffice.approvals.services import ProposalEntry, propose
from sgoffice.changes import second_person
from sgoffice.records.actors import Actor, Permission
from sgoffice.records.errors import InvalidEntry, RuleViolation, UnknownRecord

#: The action that a second person approves.
GIVE_ROLE = "give_role"


def assign_role(user_id: UUID, role: str, *, by: Actor, at: datetime) -> User:
    """Assign a role; all sign-ins, tokens, links and readerships that came with the one before end.

    A role that two people give is proposed, and changes nothing before it is approved. Raises InvalidEntry for an
    unknown role, RuleViolation for the actor's own, and when the last administrator would lose theirs.
    """
    by.require(Permission.ADMINISTER)
    require_role(role)
    user: User | None = User.objects.filter(pk=user_id).first()
    if user is None:
        raise UnknownRecord("user", user_id)
    if user.role == role:
        return user
    require_not_about(str(user_id), by.id)
    if needs_two(role, by):
        propose_role(user, role, by=by)
        return user
    return give_role(user_id, role, by=by, at=at)


def give_role(
    user_id: UUID, role: str, *, by: Actor, at: datetime, before: str = "", activates: bool = False, reason: str = ""
) -> User:
    """Give a role, at the hand of whoever may; all that came with the one before ends.

    The database refuses a role that two people give unless an approval of it is carried out, or the operator of the
    server names who is missing. Raises RuleViolation when the last administrator would lose theirs, and if the role is
    no longer the one `before`.
    """
    with leaving(user_id, verb="assign_role", by=by, reason=reason) as user:
        if before and (user.role != before or (activates and user.is_active)):
            detail = "The role of this member of staff has changed since: refuse it, and ask for a new proposal."
            raise RuleViolation(detail, rule="proposal-is-stale", pointer="/member")
        if user.role == Role.ADMINISTRATOR and role != Role.ADMINISTRATOR:
            require_another_administrator(user)
        user.role, user.is_active = role, user.is_active or activates
        end_sign_ins(user, at=at)
        end_readerships(user, by=by)
    return user


def needs_two(role: str, by: Actor) -> bool:
    """Tell whether an actor can only propose a role."""
    return role in GIVEN_BY_TWO and second_person.is_one_person(by)


def propose_role(user: User, role: str, *, by: Actor, activates: bool = False) -> None:
    """Propose a role in place of what waits already; with `activates`, that a member of staff comes back with it."""
    content = {"role": str(role), "role_before": user.role, "activates": activates}
    second_person.note_proposal(propose(ProposalEntry(action=GIVE_ROLE, member=user.pk, content=content), by=by))


def require_role(role: str) -> None:
    """Raise InvalidEntry for an unknown role."""
    if role not in Role.values:
        raise InvalidEntry([("/role", f"There is no such role; there are: {', '.join(Role.values)}.")])


def require_another_administrator(user: User) -> None:
    """Raise RuleViolation unless somebody else manages staff."""
    others = User.objects.select_for_update(no_key=True).filter(role=Role.ADMINISTRATOR, is_active=True)
    if not any(other.pk != user.pk and may_sign_in(other) for other in others):
        raise RuleViolation("This is the last administrator: make another one first.", rule="last-administrator")
