"""One secret key for all machines of a register: which one it is stands in the database, as a fingerprint.

Cursors, sign-ins and links are signed with it. A machine with another key would take none of the others' for valid.
"""

import hmac

from django.conf import settings
from django.db.models.functions import Now

from sgoffice.database.models import SecretKey

_ROW = 1
ANOTHER = (
    "This register has another secret key than this machine: cursors of partners, sign-ins and links of the one would "
    "be invalid on the other. Copy the key (`secret_key` of the state folder, or SGOFFICE_SECRET_KEY) from the machine "
    "that served before; or, if it was lost or changed on purpose, run `manage.py accept_key`."
)


def fingerprint() -> str:
    """Return what tells this machine's key from others."""
    return hmac.digest(settings.SECRET_KEY.encode(), b"fingerprint of the register's key", "sha256").hex()[:32]


def note() -> bool:
    """Note this machine's key if the register has none yet; tell whether it is the register's."""
    kept, _ = SecretKey.objects.get_or_create(pk=_ROW, defaults={"fingerprint": fingerprint(), "noted_at": Now()})
    return kept.fingerprint == fingerprint()


def is_ours() -> bool:
    """Tell whether this machine's key is the register's, or none has been noted yet."""
    return not SecretKey.objects.exclude(fingerprint=fingerprint()).exists()


def accept() -> bool:
    """Make this machine's key the register's; tell whether it was another one before."""
    was_ours = is_ours()
    SecretKey.objects.update_or_create(pk=_ROW, defaults={"fingerprint": fingerprint(), "noted_at": Now()})
    return not was_ours
