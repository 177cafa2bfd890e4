"""Rules of releases (content and approval) and pings (allowed URLs and retries)."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sgoffice.partners.vocabulary import ReleaseCondition, ReleaseState
from sgoffice.records.errors import InvalidEntry, RuleViolation
from sgoffice.records.markings import Marking

#: For how long after the first attempt a failed ping is repeated.
PING_PATIENCE = timedelta(days=3)
_FIRST_REST, _LONGEST_REST, _GROWTH = timedelta(seconds=5), timedelta(hours=6), 4
#: A host name ends in a top-level domain of letters, so no notation of an IP address matches.
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
    """The parts of a ping URL. `is_loopback` means this machine, which is allowed for trials only."""

    scheme: str
    host: str
    port: int
    path: str
    is_loopback: bool


def require_consistent(condition: str, *, kind: str, records: Collection[UUID], kinds: Collection[str]) -> None:
    """Raise InvalidEntry for a list without records, a standing rule with records, or a kind that is not published."""
    problems = []
    if condition == ReleaseCondition.LISTED:
        if not records:
            problems.append(("/records", "List the records to release."))
        if kind:
            problems.append(("/kind", "Leave this out: a list needs no kind."))
    else:
        if records:
            problems.append(("/records", "Leave this out: a standing rule lists no records."))
        if kind not in kinds:
            problems.append(("/kind", f"Use one of: {', '.join(sorted(kinds))}."))
    if problems:
        raise InvalidEntry(problems)


def require_releasable(markings: Mapping[UUID, str]) -> None:
    """Raise RuleViolation for a restricted record."""
    if Marking.RESTRICTED in markings.values():
        detail = "Restricted records cannot be released. Lower the marking first, with a reason."
        raise RuleViolation(detail, rule="restricted-stays", pointer="/records")


def require_state(state: str, *wanted: str) -> None:
    """Raise RuleViolation unless the release is in one of these states."""
    if state not in wanted:
        detail = f"The release is {ReleaseState(state).name.lower()}. Propose another one."
        raise RuleViolation(detail, rule="release-state", pointer="/state")


def is_host_name(text: str) -> bool:
    """Return whether pings may be sent to a host of this name, once it resolves to a public address."""
    return re.fullmatch(_NAME, text, re.ASCII) is not None


def require_allowed_host(address: PingAddress, hosts: Collection[str]) -> None:
    """Raise RuleViolation unless the office allowed a partner's system to register endpoints at this host."""
    if address.host not in hosts and not address.is_loopback:
        allowed = f"It allows {', '.join(hosts)}." if hosts else "It has allowed none yet."
        detail = f"The office has not allowed {address.host} for pings. {allowed} Ask it to add this host."
        raise RuleViolation(detail, rule="allowed-host", pointer="/url")


def require_not_held(*, is_held: bool) -> None:
    """Raise RuleViolation for an endpoint that the office disabled."""
    if is_held:
        raise RuleViolation("The office disabled an endpoint at this host. Ask it why.", rule="endpoint-held")


def ping_address(url: str, *, ports: Collection[int], to_loopback: bool = False) -> PingAddress:
    """Return the parts of a ping URL; its host name is resolved when a ping is sent.

    Raises InvalidEntry unless it has https, an ASCII host name and an allowed port; no IP address, user or fragment.
    `to_loopback` also allows this machine, with http and any port.
    """
    found = None if len(url) > _LONGEST_URL else _PUBLIC_URL.fullmatch(url)
    is_loopback = found is None and to_loopback
    if is_loopback:
        found = _LOOPBACK_URL.fullmatch(url)
    if found is None:
        detail = (
            "Write https://, a host name in lower-case ASCII (no IP address, user or trailing dot) and a path, "
            "without a fragment."
        )
        raise InvalidEntry([("/url", detail)])
    scheme = url.partition(":")[0]
    port = int(found["port"][1:]) if found["port"] else {"http": 80, "https": 443}[scheme]
    if not 0 < port < 2**16 or not (is_loopback or port in ports):
        raise InvalidEntry([("/url", f"Use port {' or '.join(map(str, sorted(ports)))}.")])
    return PingAddress(scheme, found["host"].strip("[]"), port, found["path"] or "/", is_loopback)


def next_attempt(attempts: int, *, first: datetime, failed: datetime, chance: float) -> datetime | None:
    """Return the time of the next attempt; None to give up, three days after the first attempt.

    The wait grows fourfold from five seconds to six hours. It is multiplied by 0.5 + `chance` (0 to 1), so that
    endpoints that failed together are not retried together.
    """
    end = first + PING_PATIENCE
    if failed >= end:
        return None
    rest = min(_FIRST_REST * _GROWTH ** min(attempts - 1, 20), _LONGEST_REST)
    return min(failed + rest * (0.5 + chance), end)
