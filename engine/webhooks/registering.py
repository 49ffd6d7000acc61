"""A bureau's officers register callbacks, look at what did not arrive, and switch them on again."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from datetime import UTC, datetime

from sqlalchemy import Connection

from engine import audit
from engine.asker import Asker
from engine.errors import BadRequest, Forbidden
from engine.events.event import EventKind
from engine.events.reading import persons_of
from engine.gallery.catalogue import Catalogue
from engine.gallery.event_store import find_event, latest_position
from engine.gallery.webhook_store import (
    add_webhook,
    count_webhooks,
    dead_calls,
    delete_webhook,
    list_webhooks,
    read_webhook,
    revive_calls,
    set_state,
)
from engine.identity.roles import Role
from engine.seeing import today
from engine.webhooks.address import Allowed, parse_address
from engine.webhooks.webhook import DeadLetter, Webhook, WebhookState

MOST = 10
"""Callbacks of one bureau."""

MOST_DEAD = 200
"""Dead letters that are shown."""


def register(
    catalogue: Catalogue, url: str, kinds: Collection[EventKind], allowed: Allowed, asker: Asker
) -> Webhook:
    """Register a callback of the asker's bureau, for what happens from now on.

    Raises:
        Forbidden: the asker is no officer of a bureau.
        BadRequest: the address may not be called, or the bureau has too many.
    """
    _require_officer(asker)
    parse_address(url, allowed)
    with catalogue.recording() as connection:
        if count_webhooks(connection, asker.ncb) >= MOST:
            raise BadRequest(f"your bureau has {MOST} callbacks: remove one first")
        now = datetime.now(UTC)
        new = Webhook(
            id=uuid.uuid4().hex,
            ncb=asker.ncb,
            url=url,
            kinds=frozenset(kinds),
            state=WebhookState.ACTIVE,
            position=latest_position(connection),
            failures=0,
            actor=asker.actor,
            made_at=now,
            changed_at=now,
        )
        add_webhook(connection, new)
        detail = {"url": url, "kinds": sorted(new.kinds)}
        audit.record(connection, asker, "webhook.add", new.id, detail)
        return new


def list_own(catalogue: Catalogue, asker: Asker) -> list[Webhook]:
    """The callbacks of the asker's bureau.

    Raises:
        Forbidden: the asker is no officer of a bureau.
    """
    _require_officer(asker)
    with catalogue.recording() as connection:
        found = list_webhooks(connection, asker.ncb)
        detail = {"webhooks": [one.id for one in found]}
        audit.record(connection, asker, "list.webhooks", "", detail)
        return found


def read_own(catalogue: Catalogue, webhook_id: str, asker: Asker) -> Webhook:
    """A callback of the asker's bureau.

    Raises:
        Forbidden: the asker is no officer of a bureau.
        NotFound: it has none of this id.
    """
    _require_officer(asker)
    with catalogue.recording() as connection:
        found = read_webhook(connection, webhook_id, asker.ncb)
        audit.record(connection, asker, "read.webhook", webhook_id, {})
        return found


def remove(catalogue: Catalogue, webhook_id: str, asker: Asker) -> None:
    """Remove a callback, with what was still to be sent; raises as `read_own`."""
    _require_officer(asker)
    with catalogue.recording() as connection:
        read_webhook(connection, webhook_id, asker.ncb)
        delete_webhook(connection, webhook_id)
        audit.record(connection, asker, "webhook.remove", webhook_id, {})


def enable(catalogue: Catalogue, webhook_id: str, asker: Asker) -> Webhook:
    """Switch a callback on, and try again what was given up; raises as `read_own`."""
    _require_officer(asker)
    with catalogue.recording() as connection:
        read_webhook(connection, webhook_id, asker.ncb)
        now = datetime.now(UTC)
        set_state(connection, webhook_id, WebhookState.ACTIVE, now)
        again = revive_calls(connection, webhook_id, now)
        audit.record(connection, asker, "webhook.enable", webhook_id, {"again": again})
        return read_webhook(connection, webhook_id, asker.ncb)


def list_dead(catalogue: Catalogue, webhook_id: str, asker: Asker) -> list[DeadLetter]:
    """What did not arrive and was given up, the latest first, as far as the asker may know it.

    Raises as `read_own`.
    """
    _require_officer(asker)
    with catalogue.recording() as connection:
        read_webhook(connection, webhook_id, asker.ncb)
        found = _letters(connection, webhook_id, asker)
        detail = {"events": [one.event.token for one in found]}
        about = persons_of([one.event for one in found])
        audit.record(connection, asker, "list.dead-letters", webhook_id, detail, about)
        return found


def _letters(connection: Connection, webhook_id: str, asker: Asker) -> list[DeadLetter]:
    """Dead letters whose events the asker may see."""
    found = [
        (call, find_event(connection, call.delivery_id, asker, today()))
        for call in dead_calls(connection, webhook_id, MOST_DEAD)
    ]
    return [DeadLetter(call, event) for call, event in found if event is not None]


def _require_officer(asker: Asker) -> None:
    """Check that an asker speaks for a bureau.

    Raises:
        Forbidden: the asker does not.
    """
    if not asker.ncb or Role.NCB_OFFICER not in asker.roles:
        raise Forbidden("callbacks are for the officers of their bureau")
