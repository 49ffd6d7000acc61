"""Calls the callbacks of bureaus, in threads of its own, for as long as the server runs."""

from __future__ import annotations

import logging
import ssl
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime

from api.events.callback import Post, post
from api.schemas.events import show_event
from engine.errors import BadRequest, WhorlError
from engine.events.event import Event
from engine.gallery.catalogue import Catalogue
from engine.settings import Settings
from engine.webhooks.address import Allowed, allowed_by, parse_address
from engine.webhooks.sending import CallFailed, Send, make_calls, plan_calls
from engine.webhooks.signature import signed_headers, webhook_key

SECONDS = 1.0
"""From one look at what is due to the next."""

AT_ONCE = 4
"""Callbacks that are called beside each other, so that one slow server does not hold up all."""

log = logging.getLogger("whorl.webhooks")


def allowed_of(settings: Settings) -> Allowed:
    """Which addresses may be called."""
    return allowed_by(settings.webhook_hosts, loopback=settings.webhook_loopback_for_tests)


def sender_of(settings: Settings) -> Send:
    """What sends events, signed; the list of hosts counts at every call.

    Raises:
        StorageError: the key or the certificates cannot be read.
    """
    key, allowed = webhook_key(settings), allowed_of(settings)
    trust = ssl.create_default_context(cafile=settings.webhook_ca)

    def send(url: str, event: Event) -> None:
        try:
            target = parse_address(url, allowed)
        except BadRequest as error:
            raise CallFailed(str(error)) from error
        body = show_event(event).model_dump_json(by_alias=True).encode()
        signed = signed_headers(key, event.token, int(time.time()), body)
        headers = {"Content-Type": "application/json", "User-Agent": "whorl", **signed}
        post(target, Post(headers, body), trust)

    return send


def call_all(catalogue: Catalogue, send: Send, pool: ThreadPoolExecutor) -> None:
    """Plan and make all calls that are due."""
    now = datetime.now(UTC)
    active = plan_calls(catalogue, now)
    done = [pool.submit(make_calls, catalogue, one, send, now) for one in active]
    for one in done:
        try:
            one.result()
        except WhorlError as error:
            log.warning("a callback: %s; tried again", error)


@contextmanager
def keeping_callbacks(
    catalogue: Catalogue, settings: Settings, seconds: float = SECONDS
) -> Iterator[None]:
    """Call whom there is to call now and again, until the block ends.

    Where the settings name no host nothing is called, and nobody can register a callback.
    """
    if not settings.webhook_hosts and not settings.webhook_loopback_for_tests:
        yield
        return
    stop, send = threading.Event(), sender_of(settings)

    def keep() -> None:
        with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="callback") as pool:
            while not stop.wait(seconds):
                try:
                    call_all(catalogue, send, pool)
                except WhorlError as error:
                    log.warning("callbacks: %s; tried again", error)

    thread = threading.Thread(target=keep, name="callbacks", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
