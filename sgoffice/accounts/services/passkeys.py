"""Passkeys (WebAuthn): asked of the browser, and verified by Yubico's library; what is signed names our origin."""

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fido2.cose import UnsupportedKey
from fido2.server import Fido2Server
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from sgoffice.accounts.models import SecondFactor, User
from sgoffice.accounts.services.members import change_member
from sgoffice.accounts.vocabulary import FactorKind

#: What the browser is asked, and what must be kept until it answers.
Begun = tuple[dict[str, Any], dict[str, Any]]
#: What the library raises for an answer that is not what was asked for, or no answer at all.
_NO_ANSWER = (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, struct.error)


@dataclass(frozen=True)
class Origin:
    """Where the browser is, such as https://register.example.org; the name is what passkeys are made for."""

    address: str
    host: str

    @property
    def may_have_passkeys(self) -> bool:
        """Whether browsers make passkeys here: for names, not for numbers, by HTTPS or on the machine itself."""
        is_name = self.host.rpartition(".")[2].isalpha()
        return is_name and (self.address.startswith("https://") or self.host == "localhost")


def begin_passkey(user: User, origin: Origin) -> Begun:
    """Return what to ask the browser for a new passkey, and what to keep."""
    person = PublicKeyCredentialUserEntity(id=user.pk.bytes, name=user.username, display_name=str(user))
    asked, state = _server(origin).register_begin(
        person,
        credentials=_credentials(user),
        resident_key_requirement=ResidentKeyRequirement.DISCOURAGED,
        user_verification=UserVerificationRequirement.PREFERRED,
    )
    return dict(asked), state


def read_passkey(state: Mapping[str, Any], answer: Any, origin: Origin) -> bytes | None:
    """Return the public key of a new passkey; None for an answer that is not what was asked for."""
    try:
        made = _server(origin).register_complete(state, answer)
        if made.credential_data is None or isinstance(made.credential_data.public_key, UnsupportedKey):
            return None
        return bytes(made.credential_data)
    except _NO_ANSWER:
        return None


def begin_passkey_use(user: User, origin: Origin) -> Begun | None:
    """Return what to ask the browser of a passkey, and what to keep; None if the person has none."""
    known = _credentials(user)
    if not known:
        return None
    asked, state = _server(origin).authenticate_begin(known, user_verification=UserVerificationRequirement.PREFERRED)
    return dict(asked), state


def use_passkey(user: User, state: Mapping[str, Any], answer: Any, origin: Origin, *, at: datetime) -> bool:
    """Tell whether a passkey of the person signed what was asked for; one whose count goes back is a copy."""
    with change_member(user.pk, verb="use_second_factor", by=user.as_actor()) as locked:
        factors = {bytes(AttestedCredentialData(bytes(one.material)).credential_id): one for one in _factors(locked)}
        try:
            known = _server(origin).authenticate_complete(state, _credentials(locked), answer)
            count = AuthenticationResponse.from_dict(answer).response.authenticator_data.counter
        except _NO_ANSWER:
            return False
        factor = factors[bytes(known.credential_id)]
        if (count or factor.counter) and count <= factor.counter:
            return False
        factor.counter, factor.last_used_at = count, at
        factor.save(update_fields=["counter", "last_used_at"])
        return True


def _factors(user: User) -> list[SecondFactor]:
    return list(SecondFactor.objects.filter(user=user, kind=FactorKind.PASSKEY, ended_at=None))


def _credentials(user: User) -> list[AttestedCredentialData]:
    return [AttestedCredentialData(bytes(factor.material)) for factor in _factors(user)]


def _server(origin: Origin) -> Fido2Server:
    party = PublicKeyCredentialRpEntity(id=origin.host, name="Register of the Office")
    return Fido2Server(party, verify_origin=lambda given: given == origin.address)
