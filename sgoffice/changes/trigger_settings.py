"""What the triggers read from the session while a record is open, and the lock that keeps renames apart."""

from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Final

from django.db import connection

NAMES_LOCK: Final = 7261905202


@dataclass(frozen=True)
class TriggerSettings:
    """What the triggers read from the session while a record is open."""

    open: str = ""
    change: str = ""
    actor: str = ""
    verb: str = ""
    reason: str = ""
    request_id: str = ""
    approval: str = ""


CLOSED: Final = TriggerSettings()


def apply_settings(settings: TriggerSettings, *, shares_names: bool = False) -> None:
    """Set them until the transaction or its savepoint ends; `shares_names` takes the names lock in the same breath."""
    with connection.cursor() as cursor:
        cursor.execute(_SHARE_AND_APPLY if shares_names else _APPLY, list(_values_of(settings)))


SHARE_NAMES: Final = f"pg_advisory_xact_lock_shared({NAMES_LOCK})"
_NAMES = tuple(setting.name for setting in fields(TriggerSettings))
_values_of = attrgetter(*_NAMES)
_SET = ", ".join(f"set_config('sgoffice.{name}', %s, true)" for name in _NAMES)
_APPLY = f"SELECT {_SET}"
_SHARE_AND_APPLY = f"SELECT {SHARE_NAMES}, {_SET}"
