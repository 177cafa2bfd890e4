"""What can be done with staff and with what they sign in by, one function for each act."""

from sgoffice.accounts.services.calendar_links import (
    issue_calendar_link,
    revoke_calendar_link,
    use_calendar_link,
)
from sgoffice.accounts.services.codes import app_address, key_to_type, new_app_secret, use_code
from sgoffice.accounts.services.credentials import revoke_credential
from sgoffice.accounts.services.members import (
    is_asked_second_factor,
    lacks_second_factor,
    may_sign_in,
    must_have_second_factor,
)
from sgoffice.accounts.services.passkeys import (
    Origin,
    begin_passkey,
    begin_passkey_use,
    read_passkey,
    use_passkey,
)
from sgoffice.accounts.services.passwords import (
    change_password,
    choose_password,
    end_password,
    hash_anew,
    issue_password_link,
    owner_of_password_link,
)
from sgoffice.accounts.services.provider import Identity, link_provider_account, sign_in_by_provider
from sgoffice.accounts.services.readerships import readerships_of
from sgoffice.accounts.services.roles import assign_role
from sgoffice.accounts.services.sealing import seal, unseal
from sgoffice.accounts.services.second_factors import (
    add_app,
    add_passkey,
    make_recovery_codes,
    remove_second_factor,
    reset_second_factor,
)
from sgoffice.accounts.services.staff import (
    Example,
    StaffEntry,
    choose_language,
    choose_time_zone,
    ensure_examples,
    invite_staff,
    name_first_staff,
    named_on_the_server,
    set_active,
)
from sgoffice.accounts.services.staff_names import find_member_of_staff
from sgoffice.accounts.services.tokens import digest_of, find_token, issue_token, revoke_token

__all__ = [
    "Example",
    "Identity",
    "Origin",
    "StaffEntry",
    "add_app",
    "add_passkey",
    "app_address",
    "assign_role",
    "begin_passkey",
    "begin_passkey_use",
    "change_password",
    "choose_language",
    "choose_password",
    "choose_time_zone",
    "digest_of",
    "end_password",
    "ensure_examples",
    "find_member_of_staff",
    "find_token",
    "hash_anew",
    "invite_staff",
    "is_asked_second_factor",
    "issue_calendar_link",
    "issue_password_link",
    "issue_token",
    "key_to_type",
    "lacks_second_factor",
    "link_provider_account",
    "make_recovery_codes",
    "may_sign_in",
    "must_have_second_factor",
    "name_first_staff",
    "named_on_the_server",
    "new_app_secret",
    "owner_of_password_link",
    "read_passkey",
    "readerships_of",
    "remove_second_factor",
    "reset_second_factor",
    "revoke_calendar_link",
    "revoke_credential",
    "revoke_token",
    "seal",
    "set_active",
    "sign_in_by_provider",
    "unseal",
    "use_calendar_link",
    "use_code",
    "use_passkey",
]
