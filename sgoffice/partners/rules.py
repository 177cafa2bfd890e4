"""What a release may say and who approves it; where pings may go, and when one that failed is sent again."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sgoffice.partners.vocabulary import ReleaseCondition, ReleaseState
from sgoffice.records.errors import InvalidEntry, RuleViolation
from sgoffice.records.markings import Marking

_BASIS = "Two people release a record, one withdraws it"

#: A ping that fails is sent again for so long after it was sent first.
PING_PATIENCE = timedelta(days=3)
_FIRST_REST, _LONGEST_REST, _GROWTH = timedelta(seconds=5), timedelta(hours=6), 4
#: A name with a top-level domain of letters, which no way of writing a number is; an address is none.
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_NAME = rf"(?=.{{1,253}}(?:[:/?]|$))(?:{_LABEL}\.)+(?:[a-z]{{2,63}}|xn--[a-z0-9-]{{1,58}}[a-z0-9])"
_AFTER = r"(?P<path>/[A-Za-z0-9._~!$&'()*+,;=:@%/?-]*)?"
_PUBLIC_URL = re.compile(rf"https://(?P<host>{_NAME})(?P<port>:[0-9]{{1,5}})?{_AFTER}", re.ASCII)
_LOOPBACK_URL = re.compile(
    rf"https?://(?P<host>localhost|127\.0\.0\.1|\[::1\])(?P<port>:[0-9]{{1,5}})?{_AFTER}", re.ASCII
)
_LONGEST_URL = 500


@dataclass(frozen=True)
class PingAddress:
    """What a URL for pings says, taken apart once; `is_loopback` for this machine, which only a trial may name."""

    scheme: str
    host: str
    port: int
    path: str
    is_loopback: bool


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
    if Marking.RESTRICTED in markings.values():
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


def ping_address(url: str, *, ports: Collection[int], to_loopback: bool = False) -> PingAddress:
    """Return the parts of a URL to which pings may go; what its name stands for is asked when one is sent.

    Raises InvalidEntry for anything but https, a host name in ASCII and an allowed port: no address, user or fragment.
    With `to_loopback` this machine may be named too, by http and on any port.
    """
    found = None if len(url) > _LONGEST_URL else _PUBLIC_URL.fullmatch(url)
    is_loopback = found is None and to_loopback
    if is_loopback:
        found = _LOOPBACK_URL.fullmatch(url)
    if found is None:
        detail = "Write https://, a host name in ASCII letters (no address, no user, no dot at its end) and a path."
        raise InvalidEntry([("/url", detail)])
    scheme = url.partition(":")[0]
    port = int(found["port"][1:]) if found["port"] else {"http": 80, "https": 443}[scheme]
    if not 0 < port < 2**16 or not (is_loopback or port in ports):
        raise InvalidEntry([("/url", f"Pings go to port {' or '.join(map(str, sorted(ports)))} only.")])
    return PingAddress(scheme, found["host"].strip("[]"), port, found["path"] or "/", is_loopback)


def next_attempt(attempts: int, *, first: datetime, failed: datetime, chance: float) -> datetime | None:
    """Return when a ping that failed is sent again; None when it is given up, three days after it was sent first.

    The rest grows fourfold from five seconds to six hours, and is half to one and a half times as long by a `chance`
    from 0 to 1, so that endpoints that failed together do not come back together.
    """
    end = first + PING_PATIENCE
    if failed >= end:
        return None
    rest = min(_FIRST_REST * _GROWTH ** min(attempts - 1, 20), _LONGEST_REST)
    return min(failed + rest * (0.5 + chance), end)
