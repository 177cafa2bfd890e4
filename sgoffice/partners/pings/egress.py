"""Outgoing requests, to public addresses only.

A name is resolved once. If any of its addresses is not public, nothing is connected. The connection goes to one of the
checked addresses, so a name cannot resolve differently a moment later. The certificate is verified for the name.
Redirects are not followed, proxies are not used, and the whole request takes at most ten seconds.
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
#: How many bytes of a response body are read.
MOST_READ = 1024
_MOST_TRIED = 4

#: Special-purpose networks (IANA) that some versions of ipaddress take for public ones.
_SPECIAL_V4 = [ipaddress.IPv4Network(text) for text in ("192.0.0.0/24", "192.88.99.0/24")]
_SPECIAL_V6 = [ipaddress.IPv6Network(text) for text in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")]
_GLOBAL_V6 = ipaddress.IPv6Network("2000::/3")
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
#: The middle of an interface identifier in which ISATAP embeds an IPv4 address.
_ISATAP = {0x0000_5EFE, 0x0200_5EFE}


class Unreachable(Exception):
    """There was no response; the text says why, for administrators."""


class Refused(Unreachable):
    """The address is not allowed, so nothing was connected."""


@dataclass(frozen=True)
class Policy:
    """Settings of the installation: ports, certificate authorities (a PEM file), and whether this host is allowed."""

    ports: frozenset[int] = frozenset({443})
    ca_file: str = ""
    to_loopback: bool = False
    seconds: float = 10.0


def resolve(host: str, port: int) -> list[str]:
    """Return the addresses of a name, from the resolver of this machine."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def is_public(address: Address) -> bool:
    """Return whether an address is public, including any IPv4 address embedded in it."""
    if isinstance(address, ipaddress.IPv4Address):
        is_special = address.is_multicast or address.is_reserved or any(address in net for net in _SPECIAL_V4)
        return address.is_global and not is_special
    if (wrapped := address.ipv4_mapped) is not None:
        return is_public(wrapped)
    if address in _NAT64:
        return is_public(ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF))
    # 6to4 and Teredo are special too: nobody serves from there any more, whatever they embed
    is_special = any(address in net for net in _SPECIAL_V6) or int(address) >> 32 & 0xFFFF_FFFF in _ISATAP
    return address in _GLOBAL_V6 and address.is_global and not address.is_multicast and not is_special


def post(url: str, headers: Mapping[str, str], body: bytes, *, policy: Policy, resolver: Resolver = resolve) -> int:
    """Send a body and return the status of the response.

    Raises Refused for a URL or address that is not allowed, Unreachable without a response in time.
    """
    end = time.monotonic() + policy.seconds
    try:
        address = ping_address(url, ports=policy.ports, to_loopback=policy.to_loopback)
    except InvalidEntry as error:
        raise Refused(error.detail) from error
    try:
        with _connected(address, _public_addresses(address, resolver), policy, end) as connection:
            connection.settimeout(_left(end))
            connection.sendall(_head(address, headers, len(body)) + body)
            return _status(connection, end)
    except TimeoutError as error:
        raise Unreachable(f"There was no response within {policy.seconds:g} seconds.") from error
    except (OSError, ValueError, http.client.HTTPException) as error:
        raise Unreachable(_printable(f"{type(error).__name__}: {error}")) from error


def _public_addresses(address: PingAddress, resolver: Resolver) -> list[Address]:
    """Return the addresses of the host; raises Refused if one of them is not public."""
    found = [ipaddress.ip_address(text) for text in resolver(address.host, address.port)]
    if not found:
        raise Refused(f"{address.host} has no address.")
    for one in found:
        if not (is_public(one) or (address.is_loopback and one.is_loopback)):
            raise Refused(f"{address.host} resolves to {one}, which is not a public address.")
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
    """Connect to the first address that answers; each gets its share of the remaining time."""
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
    """Read the head of the response and a little of its body, so that the other side can close in order."""
    answer = http.client.HTTPResponse(_Deadline(connection, end), method="POST")  # type: ignore[arg-type] # all it asks of a socket
    try:
        answer.begin()
        answer.read(MOST_READ)
    finally:
        answer.close()
    return answer.status


class _Deadline(RawIOBase):
    """A socket whose reads share one deadline, however slowly the response arrives."""

    def __init__(self, connection: socket.socket, end: float) -> None:
        self._connection = connection
        self._end = end

    def makefile(self, mode: str) -> BufferedReader:
        return BufferedReader(self, MOST_READ)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._connection.settimeout(_left(self._end))
        return self._connection.recv_into(buffer)


def _printable(text: str) -> str:
    """Return the text without characters that could disturb a terminal or a database."""
    return "".join(character if character.isprintable() else "?" for character in text)


def _left(end: float) -> float:
    """Return the remaining seconds; raises TimeoutError if there are none."""
    left = end - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
