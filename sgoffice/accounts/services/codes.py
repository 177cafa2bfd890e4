"""Codes that somebody types as a second factor: those of an authenticator app (RFC 6238), and recovery codes."""

import base64
import hmac
import secrets
from datetime import datetime
from urllib.parse import quote, urlencode

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

from sgoffice.accounts.models import RecoveryCode, SecondFactor, User
from sgoffice.accounts.services.members import change_member
from sgoffice.accounts.services.sealing import unseal
from sgoffice.accounts.services.tokens import digest_of
from sgoffice.accounts.vocabulary import FactorKind

_ISSUER = "Register of the Office"
_DIGITS, _SECONDS = 6, 30
#: How many steps the clock of a telephone may be off.
_TOLERANCE = 1
_HOW_MANY, _ALPHABET = 10, "23456789abcdefghjkmnpqrstuvwxyz"


def new_app_secret() -> bytes:
    return secrets.token_bytes(20)


def key_to_type(secret: bytes) -> str:
    """Return the secret of an app as people type it."""
    return base64.b32encode(secret).decode()


def app_address(user: User, secret: bytes) -> str:
    """Return the address that an authenticator app reads from a picture."""
    asked = urlencode({"secret": key_to_type(secret), "issuer": _ISSUER}, quote_via=quote)
    return f"otpauth://totp/{quote(f'{_ISSUER}:{user.username}')}?{asked}"


def step_of(secret: bytes, code: str, *, at: datetime) -> int | None:
    """Return the step of 30 seconds for which an app shows this code, a step more or less; None for a wrong code."""
    now, shown = int(at.timestamp()) // _SECONDS, TOTP(secret, _DIGITS, SHA1(), _SECONDS)  # noqa: S303 - apps know no other
    for step in range(now - _TOLERANCE, now + _TOLERANCE + 1):
        if hmac.compare_digest(shown.generate(step * _SECONDS), _plain(code).encode()):
            return step
    return None


def use_code(user: User, code: str, *, at: datetime) -> bool:
    """Tell whether a code is one of the person's, and use it up: no code is good twice."""
    with change_member(user.pk, verb="use_second_factor", by=user.as_actor()) as locked:
        return _use_app(locked, code, at) or _use_recovery_code(locked, code, at)


def replace_recovery_codes(user: User, *, at: datetime) -> list[str]:
    """End the recovery codes of an open member of staff and return others: they cannot be read back later."""
    RecoveryCode.objects.filter(user=user, ended_at=None).update(ended_at=at)
    made = ["".join(secrets.choice(_ALPHABET) for _ in range(16)) for _ in range(_HOW_MANY)]
    for code in made:
        RecoveryCode.objects.create(user=user, digest=digest_of(code), created_at=at)
    return ["-".join(code[start : start + 4] for start in range(0, 16, 4)) for code in made]


def _use_app(user: User, code: str, at: datetime) -> bool:
    for factor in SecondFactor.objects.filter(user=user, kind=FactorKind.APP, ended_at=None):
        secret = unseal(factor.material)
        step = step_of(secret, code, at=at) if secret is not None else None
        if step is not None and step > factor.counter:
            factor.counter, factor.last_used_at = step, at
            factor.save(update_fields=["counter", "last_used_at"])
            return True
    return False


def _use_recovery_code(user: User, code: str, at: datetime) -> bool:
    unused = RecoveryCode.objects.filter(user=user, ended_at=None, digest=digest_of(_plain(code)))
    return bool(unused.update(ended_at=at))


def _plain(code: str) -> str:
    return "".join(letter for letter in code.lower() if letter.isalnum())
