"""Where a request may go: to public addresses only, to exactly the one that was judged, and nowhere else from there.

A name is resolved once. Each of its addresses must be public, or nothing is connected; the connection then goes to one
of these very addresses, so that a name cannot stand for another one a moment later. The certificate is verified for the
name. No redirect is followed, no proxy is asked, and all of it together takes ten seconds at most.
"""

import http.client
import ipaddress
import socket
import ssl
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from io import BufferedReader, RawIOBase
from typing import Any

from sgoffice.partners.rules import PingAddress, ping_address
from sgoffice.records.errors import InvalidEntry

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
#: Returns the addresses of a name and a port, as text.
Resolver = Callable[[str, int], Sequence[str]]
#: How much of an answer is read after its head.
MOST_READ = 1024
_MOST_TRIED = 4

#: What the register of special addresses (IANA) takes out of the public ones, and ipaddress of some Python does not.
_SPECIAL_V4 = [ipaddress.IPv4Network(text) for text in ("192.0.0.0/24", "192.88.99.0/24")]
_SPECIAL_V6 = [ipaddress.IPv6Network(text) for text in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")]
_GLOBAL_V6 = ipaddress.IPv6Network("2000::/3")
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
#: The middle of an interface's number in which ISATAP wraps an IPv4 address.
_ISATAP = {0x0000_5EFE, 0x0200_5EFE}


class Unreachable(Exception):
    """No answer was had; the text says why, for administrators."""


class Refused(Unreachable):
    """Nothing was connected, because the address is none to which pings may go."""


@dataclass(frozen=True)
class Policy:
    """What may differ between installations: ports, authorities (a PEM file), and whether this machine may be asked."""

    ports: frozenset[int] = frozenset({443})
    ca_file: str = ""
    to_loopback: bool = False
    seconds: float = 10.0


def resolve(host: str, port: int) -> list[str]:
    """Return the addresses of a name by the resolver of this machine."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def is_public(address: Address) -> bool:
    """Tell whether an address is one that everybody reaches, with whatever IPv4 address it wraps."""
    if isinstance(address, ipaddress.IPv4Address):
        is_special = address.is_multicast or address.is_reserved or any(address in net for net in _SPECIAL_V4)
        return address.is_global and not is_special
    if (wrapped := address.ipv4_mapped) is not None:
        return is_public(wrapped)
    if address in _NAT64:
        return is_public(ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF))
    # 6to4 and Teredo are among the special ones: whatever they wrap, nobody serves from there any more
    is_special = any(address in net for net in _SPECIAL_V6) or int(address) >> 32 & 0xFFFF_FFFF in _ISATAP
    return address in _GLOBAL_V6 and address.is_global and not address.is_multicast and not is_special


def post(url: str, headers: Mapping[str, str], body: bytes, *, policy: Policy, resolver: Resolver = resolve) -> int:
    """Send a body and return the status of the answer.

    Raises Refused for a URL or address to which nothing may go, Unreachable when there is no answer in time.
    """
    end = time.monotonic() + policy.seconds
    try:
        address = ping_address(url, ports=policy.ports, to_loopback=policy.to_loopback)
    except InvalidEntry as error:
        raise Refused(error.detail) from error
    try:
        with _connected(address, _judged(address, resolver), policy, end) as connection:
            connection.settimeout(_left(end))
            connection.sendall(_head(address, headers, len(body)) + body)
            return _status(connection, end)
    except TimeoutError as error:
        raise Unreachable(f"There was no answer within {policy.seconds:g} seconds.") from error
    except (OSError, ValueError, http.client.HTTPException) as error:
        raise Unreachable(_printable(f"{type(error).__name__}: {error}")) from error


def _judged(address: PingAddress, resolver: Resolver) -> list[Address]:
    """Return the addresses of the host, after a look at each of them; raises Refused when one is not public."""
    found = [ipaddress.ip_address(text) for text in resolver(address.host, address.port)]
    if not found:
        raise Refused(f"{address.host} has no address.")
    for one in found:
        if not (is_public(one) or (address.is_loopback and one.is_loopback)):
            raise Refused(f"{address.host} stands for {one}, which is not a public address.")
    return found


@contextmanager
def _connected(address: PingAddress, found: Sequence[Address], policy: Policy, end: float) -> Iterator[socket.socket]:
    plain = _first_to_answer(found[:_MOST_TRIED], address.port, end)
    with plain:
        if address.scheme == "http":
            yield plain
            return
        plain.settimeout(_left(end))
        with _context(policy.ca_file).wrap_socket(plain, server_hostname=address.host) as secure:
            yield secure


def _first_to_answer(found: Sequence[Address], port: int, end: float) -> socket.socket:
    """Connect to the first address that answers; each has its share of the time that is left."""
    fault: OSError = TimeoutError()
    for place, one in enumerate(found):
        family = socket.AF_INET if isinstance(one, ipaddress.IPv4Address) else socket.AF_INET6
        plain = socket.socket(family, socket.SOCK_STREAM)
        try:
            plain.settimeout(_left(end) / (len(found) - place))
            plain.connect((str(one), port))
        except OSError as error:
            plain.close()
            fault = error
        else:
            return plain
    raise fault


@lru_cache(maxsize=4)
def _context(ca_file: str) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=ca_file or None)


def _head(address: PingAddress, headers: Mapping[str, str], length: int) -> bytes:
    host = f"[{address.host}]" if ":" in address.host else address.host
    usual = {"http": 80, "https": 443}[address.scheme]
    given = {
        "Host": host if address.port == usual else f"{host}:{address.port}",
        "User-Agent": "register-pings",
        "Content-Type": "application/json",
        "Content-Length": str(length),
        "Connection": "close",
        **headers,
    }
    lines = [f"POST {address.path} HTTP/1.1", *(f"{name}: {value}" for name, value in given.items()), "", ""]
    return "\r\n".join(lines).encode("ascii")


def _status(connection: socket.socket, end: float) -> int:
    """Read the head of the answer and a little of what follows, so that the other side can end in order."""
    answer = http.client.HTTPResponse(_Deadline(connection, end), method="POST")  # type: ignore[arg-type] # all it asks of a socket
    try:
        answer.begin()
        answer.read(MOST_READ)
    finally:
        answer.close()
    return answer.status


class _Deadline(RawIOBase):
    """A socket whose reads end at one instant together, however slowly an answer drips."""

    def __init__(self, connection: socket.socket, end: float) -> None:
        self._connection = connection
        self._end = end

    def makefile(self, mode: str) -> BufferedReader:
        """Return what http.client reads from."""
        return BufferedReader(self, MOST_READ)

    def readable(self) -> bool:
        """Tell that it is for reading."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Read what is there, until the end of the time."""
        self._connection.settimeout(_left(self._end))
        return self._connection.recv_into(buffer)


def _printable(text: str) -> str:
    """Return a text without what the other side may have put into it to disturb a terminal or a database."""
    return "".join(character if character.isprintable() else "?" for character in text)


def _left(end: float) -> float:
    """Return the seconds that are left; raises TimeoutError when there are none."""
    left = end - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
