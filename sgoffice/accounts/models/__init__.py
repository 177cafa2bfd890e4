"""Members of staff, and what they sign in by: rows of the register, written by the services alone."""

from sgoffice.accounts.models.provider_accounts import ProviderAccount
from sgoffice.accounts.models.second_factors import RecoveryCode, SecondFactor
from sgoffice.accounts.models.staff import AccessToken, CalendarLink, PasswordLink, StaffManager, User

__all__ = [
    "AccessToken",
    "CalendarLink",
    "PasswordLink",
    "ProviderAccount",
    "RecoveryCode",
    "SecondFactor",
    "StaffManager",
    "User",
]
