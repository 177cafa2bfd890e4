"""What can be done with staff and with what they sign in by, one function for each act."""

from sgoffice.accounts.services.calendar_links import (
    issue_calendar_link,
    revoke_calendar_link,
    use_calendar_link,
)
from sgoffice.accounts.services.credentials import revoke_credential
from sgoffice.accounts.services.members import may_sign_in
from sgoffice.accounts.services.passwords import (
    change_password,
    choose_password,
    end_password,
    hash_anew,
    issue_password_link,
    owner_of_password_link,
)
from sgoffice.accounts.services.readerships import readerships_of
from sgoffice.accounts.services.roles import assign_role
from sgoffice.accounts.services.staff import (
    Example,
    StaffEntry,
    ensure_examples,
    invite_staff,
    name_first_staff,
    named_on_the_server,
    set_active,
)
from sgoffice.accounts.services.tokens import digest_of, find_token, issue_token, revoke_token

__all__ = [
    "Example",
    "StaffEntry",
    "assign_role",
    "change_password",
    "choose_password",
    "digest_of",
    "end_password",
    "ensure_examples",
    "find_token",
    "hash_anew",
    "invite_staff",
    "issue_calendar_link",
    "issue_password_link",
    "issue_token",
    "may_sign_in",
    "name_first_staff",
    "named_on_the_server",
    "owner_of_password_link",
    "readerships_of",
    "revoke_calendar_link",
    "revoke_credential",
    "revoke_token",
    "set_active",
    "use_calendar_link",
]
