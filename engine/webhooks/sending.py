"""Making the calls that are due: at least once each, later again if they fail, for a while.

Whether the bureau may still know of an event is asked when it is sent: if not, it never was.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from engine import audit
from engine.events.event import Event
from engine.events.reading import persons_of
from engine.gallery.catalogue import Catalogue
from engine.gallery.event_store import events_after, find_event, latest_position
from engine.gallery.webhook_store import (
    active_webhooks,
    add_calls,
    count_failures,
    due_calls,
    end_call,
    postpone_call,
    set_position,
    set_state,
)
from engine.messaging.announcing import announce
from engine.seeing import today
from engine.webhooks.schedule import MOST_FAILURES, wait_after
from engine.webhooks.webhook import Call, Webhook, WebhookState

PORTION = 100
"""Calls that are planned, and made, at once for one callback."""

LONGEST_FAULT = 200

Send = Callable[[str, Event], None]
"""Sends an event to an address; raises `CallFailed`."""

log = logging.getLogger("whorl.webhooks")


class CallFailed(Exception):
    """A call did not arrive; the message says why, for the officers of its bureau.

    It is caught here always, so that it has no place among the errors that callers see.
    """


def plan_calls(catalogue: Catalogue, now: datetime) -> list[Webhook]:
    """Plan the calls of new events; tells which callbacks there are to call."""
    with catalogue.reading() as connection:
        active, latest = active_webhooks(connection), latest_position(connection)
    for one in active:
        if one.position < latest:
            _plan(catalogue, one, now)
    return active


def make_calls(catalogue: Catalogue, webhook: Webhook, send: Send, now: datetime) -> None:
    """Make the calls of one callback that are due, in order, until one fails."""
    with catalogue.reading() as connection:
        due = due_calls(connection, webhook.id, now, PORTION)
    for call in due:
        if not _make(catalogue, webhook, call, send):
            return


def _plan(catalogue: Catalogue, webhook: Webhook, now: datetime) -> None:
    """Plan the calls of a callback's next events."""
    with catalogue.recording() as connection:
        latest = latest_position(connection)
        found = events_after(connection, webhook.position, PORTION, webhook.asker, today())
        wanted = [one.position for one in found if webhook.wants(one)]
        add_calls(connection, webhook.id, wanted, now)
        done = found[-1].position if len(found) == PORTION else latest
        set_position(connection, webhook.id, done)


def _make(catalogue: Catalogue, webhook: Webhook, call: Call, send: Send) -> bool:
    """Make one call; tells whether the next one may be made."""
    with catalogue.reading() as connection:
        event = find_event(connection, call.delivery_id, webhook.asker, today())
    if event is None:
        with catalogue.recording() as connection:
            end_call(connection, call)
        return True
    try:
        send(webhook.url, event)
    except CallFailed as error:
        _note_failure(catalogue, webhook, call, str(error))
        return False
    _note_arrival(catalogue, webhook, call, event)
    return True


def _note_arrival(catalogue: Catalogue, webhook: Webhook, call: Call, event: Event) -> None:
    """Forget a call that has arrived; that the bureau was told is in the audit chain."""
    with catalogue.recording() as connection:
        end_call(connection, call)
        count_failures(connection, webhook.id, failed=False)
        detail, about = {"event": event.token, "tries": call.tries + 1}, persons_of([event])
        audit.record(connection, webhook.asker, "webhook.send", webhook.id, detail, about)


def _note_failure(catalogue: Catalogue, webhook: Webhook, call: Call, fault: str) -> None:
    """Try a call later, give it up, or switch the callback off and tell its bureau."""
    log.info("callback %s: %s", webhook.id, fault)
    now, wait = datetime.now(UTC), wait_after(call.tries + 1)
    due_at = None if wait is None else now + wait
    failed = replace(call, tries=call.tries + 1, due_at=due_at, fault=fault[:LONGEST_FAULT])
    with catalogue.recording() as connection:
        postpone_call(connection, failed)
        failures = count_failures(connection, webhook.id, failed=True)
        if wait is None:
            detail = {"tries": failed.tries}
            audit.record(connection, webhook.asker, "webhook.give-up", webhook.id, detail)
        if failures >= MOST_FAILURES:
            set_state(connection, webhook.id, WebhookState.DISABLED, now)
            audit.record(connection, webhook.asker, "webhook.disable", webhook.id, {})
            text = _switched_off(webhook, fault)
            announce(connection, webhook.ncb, "A callback was switched off", text, now)


def _switched_off(webhook: Webhook, fault: str) -> str:
    """What the bureau is told."""
    return (
        f"Your callback {webhook.id} was switched off: {MOST_FAILURES} calls in a row have failed, "
        f"the last with: {fault[:LONGEST_FAULT]}. What happens meanwhile is kept for it. Look at "
        "its dead letters, mend its server, and enable it again."
    )
