"""Addresses that may be called: of the hosts that the settings name, by HTTPS, and no others.

A bureau's officer chooses the address, so it is not trusted: without the list it would make this
server ask whatever it can reach and the officer cannot. What a name resolves to is looked at again
at every call, see `api.events.callback`.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

from engine.errors import BadRequest

LONGEST = 500
"""Characters of an address."""

LOOPBACK = "127.0.0.1"
"""The only host that may be called without TLS, where the settings say so for tests."""

HTTPS_PORT = 443

_NAT64 = IPv6Network("64:ff9b::/96")


@dataclass(frozen=True, slots=True)
class Allowed:
    """What the settings allow.

    Attributes:
        hosts: names, in lower case.
        loopback: whether `http://127.0.0.1` may be called as well: for tests alone.
    """

    hosts: frozenset[str]
    loopback: bool = False


@dataclass(frozen=True, slots=True)
class Target:
    """An address in its parts.

    Attributes:
        host, port: to connect to.
        path: with the query.
        secure: whether it is by HTTPS.
    """

    host: str
    port: int
    path: str
    secure: bool


def allowed_by(hosts: Collection[str], *, loopback: bool) -> Allowed:
    """What settings allow."""
    return Allowed(frozenset(one.strip().lower() for one in hosts), loopback)


def parse_address(url: str, allowed: Allowed) -> Target:
    """Read an address that may be called.

    Raises:
        BadRequest: it is no such address.
    """
    if not 0 < len(url) <= LONGEST or not url.isascii() or not url.isprintable() or " " in url:
        raise BadRequest(f"url: give at most {LONGEST} printable ASCII characters")
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError as error:
        raise BadRequest("url: is no address") from error
    if parts.username is not None or parts.password is not None or parts.fragment:
        raise BadRequest("url: name no user, no password and no fragment")
    secure = parts.scheme == "https"
    if not secure and not (allowed.loopback and parts.scheme == "http" and host == LOOPBACK):
        raise BadRequest("url: only https is called")
    if host not in allowed.hosts and not (allowed.loopback and host == LOOPBACK):
        raise BadRequest(f"url: {host!r} is not among the hosts that this server may call")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(host, port or (HTTPS_PORT if secure else 80), path, secure)


def is_public(address: str) -> bool:
    """Whether an IP address is of the public network, whatever it is wrapped in."""
    found = ip_address(address.partition("%")[0])
    return all(one.is_global and not one.is_multicast for one in _meant(found))


def _meant(found: IPv4Address | IPv6Address) -> list[IPv4Address | IPv6Address]:
    """An address with those that it carries inside (mapped, 6to4, Teredo, NAT64)."""
    if isinstance(found, IPv4Address):
        return [found]
    inside = [found.ipv4_mapped, found.sixtofour, *(found.teredo or ())]
    if found in _NAT64:
        inside.append(IPv4Address(int(found) & 0xFFFFFFFF))
    carried = [one for one in inside if one is not None]
    return [*carried] if found.ipv4_mapped else [found, *carried]
