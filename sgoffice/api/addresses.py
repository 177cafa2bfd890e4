"""From which network address a request came: a header says so only where a proxy is trusted."""

from collections.abc import Mapping
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Any

from django.conf import settings

_UNKNOWN = "unknown"
_LONGEST = 64  # characters of an address
_HOST_BITS = 64  # what one household or office has of IPv6


def address_of(request: Any) -> str:
    """Return the address of the caller.

    `X-Forwarded-For` counts only if the connection comes from a trusted proxy (`SGOFFICE_TRUSTED_PROXIES`): then it is
    the last address there that is no such proxy.
    """
    meta: Mapping[str, str] = request.META
    found = _parsed(meta.get("REMOTE_ADDR", ""))
    hops = [hop.strip() for hop in meta.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    while found is not None and hops and _is_trusted(found):
        before = _parsed(hops.pop())
        if before is None:
            break
        found = before
    return str(found) if found is not None else _UNKNOWN


def is_from_proxy(meta: Mapping[str, str]) -> bool:
    """Tell whether a connection comes from a trusted proxy, whose headers are believed."""
    found = _parsed(meta.get("REMOTE_ADDR", ""))
    return found is not None and _is_trusted(found)


def network_of(address: str) -> str:
    """Return what counts as one place: an IPv4 address, or the /64 of an IPv6 address."""
    found = _parsed(address)
    return str(IPv6Network((found, _HOST_BITS), strict=False)) if isinstance(found, IPv6Address) else address


def _is_trusted(address: IPv4Address | IPv6Address) -> bool:
    return any(address in network for network in settings.TRUSTED_PROXIES)


def _parsed(text: str) -> IPv4Address | IPv6Address | None:
    """Return the address that a text is; those who come again are known, but nothing long is kept."""
    return _known(text) if len(text) <= _LONGEST else _read(text)


@lru_cache(maxsize=4096)
def _known(text: str) -> IPv4Address | IPv6Address | None:
    return _read(text)


def _read(text: str) -> IPv4Address | IPv6Address | None:
    try:
        found = ip_address(text)
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found
