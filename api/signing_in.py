"""What the routes have in common that strangers may call."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from fastapi import Request

from api.errors import QueueFull
from api.service import Service
from engine.errors import NotFound
from engine.identity.issuer import Issuer

WAIT_SECONDS = 2.0
"""For a place; longer waits would keep threads from other callers."""


@contextmanager
def counted_try(request: Request, service: Service) -> Iterator[None]:
    """A try to sign in: counted against its network address, with a place to hash in.

    Raises:
        TooManyTries: the address must wait.
        QueueFull: too many others try just now.
    """
    service.sign_ins.admit(request.client.host if request.client else "unknown")
    if not service.hashing.acquire(timeout=WAIT_SECONDS):
        raise QueueFull("too many sign in just now; try again")
    try:
        yield
    finally:
        service.hashing.release()


def built_in_issuer(service: Service) -> Issuer:
    """The issuer of this server.

    Raises:
        NotFound: tokens come from an external one.
    """
    if not isinstance(service.authority, Issuer):
        raise NotFound("this server issues no tokens: sign in at your bureau's own issuer")
    return service.authority
