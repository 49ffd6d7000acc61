"""One call of a bureau's server: to an address that was looked at, once, without going further.

The name is resolved here and the connection is made to an address that has passed, so that a name
which resolves to another one a moment later (DNS rebinding) gains nothing. Redirects are not
followed, the environment's proxies are not asked, and nothing of the answer is read but its head.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address

from engine.webhooks.address import Target, is_public
from engine.webhooks.sending import CallFailed

WAIT_SECONDS = 10.0
"""For the connection, and for each piece of the answer's head."""

WHOLE_SECONDS = 20.0
"""For all of a call: a server that answers a letter now and then holds nobody for longer."""


@dataclass(frozen=True, slots=True)
class Post:
    """What is sent."""

    headers: Mapping[str, str]
    body: bytes


def post(target: Target, sent: Post, trust: ssl.SSLContext) -> None:
    """Send a body; any status of success is an arrival.

    Raises:
        CallFailed: it was refused here, did not connect, did not answer in time, or the answer is
            no success.
    """
    try:
        plain = socket.create_connection((_checked_address(target), target.port), WAIT_SECONDS)
        with plain, _closing_after(plain, WHOLE_SECONDS):
            status = _ask(_secured(plain, target, trust), target, sent)
    except ssl.SSLError as error:
        raise CallFailed(f"TLS: {error.reason or 'failed'}") from error
    except (OSError, http.client.HTTPException) as error:
        raise CallFailed(f"{type(error).__name__}: no answer") from error
    if not 200 <= status < 300:
        raise CallFailed(f"the answer was {status}")


def _checked_address(target: Target) -> str:
    """The address of a host, if all that its name resolves to are public.

    Raises:
        CallFailed: one is not, or there is none.
    """
    try:
        found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise CallFailed("the name of the host cannot be resolved") from error
    addresses = [str(one[4][0]) for one in found]
    if target.secure and not all(map(is_public, addresses)):
        raise CallFailed("the host is not on the public network")
    if not target.secure and not all(ip_address(one).is_loopback for one in addresses):
        raise CallFailed("only this machine is called without TLS")
    return addresses[0]


def _secured(plain: socket.socket, target: Target, trust: ssl.SSLContext) -> socket.socket:
    """The connection with TLS, for the name that was asked for."""
    return trust.wrap_socket(plain, server_hostname=target.host) if target.secure else plain


def _ask(open_socket: socket.socket, target: Target, sent: Post) -> int:
    """The status of the answer, of which no more is read."""
    connection = http.client.HTTPConnection(target.host, target.port, timeout=WAIT_SECONDS)
    connection.sock = open_socket
    try:
        connection.request("POST", target.path, sent.body, dict(sent.headers))
        return connection.getresponse().status
    finally:
        connection.close()


class _closing_after:  # noqa: N801 - it reads as the context that it is
    """Ends a connection when its time is over, whatever waits on it."""

    def __init__(self, connection: socket.socket, seconds: float) -> None:
        # After TLS is laid over it the socket object is empty, so the descriptor is kept apart.
        self._handle = connection.dup()
        self._timer = threading.Timer(seconds, self._end)

    def _end(self) -> None:
        """Let every reader and writer fail."""
        try:
            self._handle.shutdown(socket.SHUT_RDWR)
        except OSError:
            return  # it has ended already

    def __enter__(self) -> None:
        self._timer.daemon = True
        self._timer.start()

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        self._handle.close()
