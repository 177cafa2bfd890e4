"""Members of staff: invite them, assign roles, let them sign in or not."""

import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from sgoffice.accounts.models import User
from sgoffice.accounts.rules import is_username
from sgoffice.accounts.services.members import change_member, end_sign_ins
from sgoffice.accounts.services.readerships import end_readerships, leaving
from sgoffice.accounts.services.roles import needs_two, propose_role, require_another_administrator, require_role
from sgoffice.accounts.vocabulary import Role
from sgoffice.changes.door import open_rows
from sgoffice.places.zones import zone_called
from sgoffice.records.actors import OFFICE, Actor, Permission
from sgoffice.records.errors import InvalidEntry, RuleViolation
from sgoffice.records.models import HistoryEntry

#: What history says of whom the operator of the server named.
_NAMING = "name_first_staff"
#: With whom a newcomer tries the register: who manages staff, who logs, who approves.
_EXAMPLES = (Role.ADMINISTRATOR, Role.OFFICER, Role.APPROVER)


@dataclass(frozen=True, kw_only=True)
class StaffEntry:
    """A member of staff to invite. They choose their password themselves, with a link."""

    username: str
    role: str = Role.VIEWER
    display_name: str = ""
    email: str = ""
    language: str = ""
    time_zone: str = "UTC"


@dataclass(frozen=True)
class Example:
    """A made-up member of staff to try the register with."""

    username: str
    password: str


def invite_staff(entry: StaffEntry, *, by: Actor) -> User:
    """Add a member of staff, who cannot sign in before they choose a password.

    A role that two people give is proposed; until it is approved they are a viewer. Raises InvalidEntry for a user name
    that is none or taken, or an unknown role.
    """
    by.require(Permission.ADMINISTER)
    _require_username(entry.username)
    if User.objects.filter(username=entry.username).exists():
        raise InvalidEntry([("/username", "This user name is taken.")])
    require_role(entry.role)
    waits = needs_two(entry.role, by)
    user = User(**asdict(replace(entry, role=Role.VIEWER) if waits else entry), is_staff=True)
    user.set_unusable_password()
    with transaction.atomic():
        with open_rows(user, verb="invite", by=by):
            user.save(force_insert=True)
        if waits:
            propose_role(user, entry.role, by=by)
    return user


def set_active(user_id: UUID, *, is_active: bool, by: Actor, at: datetime) -> User:
    """Allow a member of staff to sign in, or stop them at once.

    All sign-ins, tokens, links and readerships end, and do not come back when they may sign in again. Who has a role
    that two people give comes back once a second person approves it. Raises RuleViolation when the last administrator
    would be stopped.
    """
    by.require(Permission.ADMINISTER)
    with leaving(user_id, verb="activate" if is_active else "deactivate", by=by) as user:
        if user.is_active == is_active:
            return user
        if is_active and needs_two(user.role, by):
            propose_role(user, user.role, by=by, activates=True)
            return user
        if not is_active:
            if user.role == Role.ADMINISTRATOR:
                require_another_administrator(user)
            end_sign_ins(user, at=at)
            end_readerships(user, by=by)
        user.is_active = is_active
    return user


def ensure_examples() -> list[Example]:
    """Add an administrator, an officer and an approver to try an empty register with; nobody if there is staff.

    Their names say that they are examples, wherever they are shown. Theirs are the only passwords that nobody chose.
    """
    with transaction.atomic():
        if User.objects.exists():
            return []
        return [_add_example(role) for role in _EXAMPLES]


def name_first_staff(administrator: str, approvers: Sequence[str], *, at: datetime) -> list[User]:
    """Name who manages staff and who approves, where the register has nobody who could.

    For a command on the server: an administrator where none is active, approvers where fewer than two are. Names are
    those of new members of staff or of existing ones. Raises InvalidEntry for a name that is none or given twice,
    RuleViolation where nobody is missing, and when the last administrator would lose their role.
    """
    wanted = [(administrator, Role.ADMINISTRATOR)] if administrator else []
    wanted += [(name, Role.APPROVER) for name in approvers]
    _require_different([name for name, _ in wanted])
    with transaction.atomic():
        for role, most in ((Role.ADMINISTRATOR, 1), (Role.APPROVER, 2)):
            _require_missing(role, most, count=sum(given == role for _, given in wanted))
        return [_name(username, role, at=at) for username, role in wanted]


def named_on_the_server(*, since: datetime) -> list[tuple[User, datetime]]:
    """Return who was named by the operator of the server alone, and when: everybody is told of it for a while."""
    staff = {user.pk: user for user in User.objects.filter(is_example=False)}
    entries = HistoryEntry.objects.filter(
        table_name=User._meta.db_table, row_id__in=staff, verb=_NAMING, at__gte=since
    ).order_by("-pk")
    return [(staff[entry.row_id], entry.at) for entry in entries]


def _require_different(names: Sequence[str]) -> None:
    for name in names:
        _require_username(name)
    if len({name.casefold() for name in names}) < len(names):
        raise InvalidEntry([("/username", "Name each of them once: it takes different people to agree.")])


def _require_username(name: str) -> None:
    if not is_username(name):
        detail = "A user name has letters, digits and @ . + - _, at least one and 150 at most."
        raise InvalidEntry([("/username", detail)])


def _require_missing(role: Role, most: int, *, count: int) -> None:
    active = User.objects.filter(role=role, is_active=True, is_example=False).count()
    if count > max(0, most - active):
        detail = (
            f"{active} with the role {role} can sign in: an administrator invites others, and proposes their roles."
        )
        raise RuleViolation(detail, rule="first-staff")


def _name(username: str, role: Role, *, at: datetime) -> User:
    known = User.objects.filter(username=username).first()
    if known is None:
        user = User(username=username, role=role, is_staff=True)
        user.set_unusable_password()
        with open_rows(user, verb=_NAMING, by=OFFICE):
            user.save(force_insert=True)
        return user
    if known.is_example:
        raise InvalidEntry([("/username", f"{username} is an example: choose another user name.")])
    with leaving(known.pk, verb=_NAMING, by=OFFICE) as user:
        if user.role == Role.ADMINISTRATOR != role and user.is_active:
            require_another_administrator(user)
        user.role, user.is_active = role, True
        end_sign_ins(user, at=at)
        end_readerships(user, by=OFFICE)
    return user


def _add_example(role: Role) -> Example:
    password = secrets.token_urlsafe(12)
    label = f"{role.value.capitalize()} (example)"
    user = User(username=role.value, role=role, display_name=label, is_staff=True, is_example=True)
    user.set_password(password)
    with open_rows(user, verb="add_example", by=OFFICE):
        user.save(force_insert=True)
    return Example(user.username, password)


def choose_language(user: User, language: str) -> User:
    """Let a member of staff choose the language of their pages; empty: as the browser asks. Raises InvalidEntry."""
    if language and language not in dict(settings.LANGUAGES):
        raise InvalidEntry([("/language", f"Choose one of: {', '.join(dict(settings.LANGUAGES))}.")])
    with change_member(user.pk, verb="choose_language", by=user.as_actor()) as member:
        member.language = language
    return member


def choose_time_zone(user: User, place: str) -> User:
    """Let a member of staff choose by whose clocks pages show hours: an IANA name or a city. Raises InvalidEntry."""
    zone = zone_called(place)
    if not zone:
        raise InvalidEntry([("/time_zone", "No time zone is known by this name: write a city, such as Lyon or Tokyo.")])
    with change_member(user.pk, verb="choose_time_zone", by=user.as_actor()) as member:
        member.time_zone = zone
    return member
