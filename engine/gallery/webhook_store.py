"""Callbacks and their calls in the catalogue; they outlive a stop of the server."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, RowMapping, delete, func, insert, select, update

from engine.errors import NotFound
from engine.events.event import EventKind
from engine.gallery.event_tables import webhook, webhook_call
from engine.gallery.times import as_utc, as_utc_or_none
from engine.webhooks.webhook import Call, Webhook, WebhookState


def add_webhook(connection: Connection, new: Webhook) -> None:
    """Record a callback."""
    connection.execute(
        insert(webhook).values(
            id=new.id,
            ncb=new.ncb,
            url=new.url,
            kinds=sorted(new.kinds),
            state=new.state.value,
            position=new.position,
            failures=new.failures,
            actor=new.actor,
            made_at=new.made_at,
            changed_at=new.changed_at,
        )
    )


def read_webhook(connection: Connection, webhook_id: str, ncb: str) -> Webhook:
    """A callback of a bureau.

    Raises:
        NotFound: it has none of this id.
    """
    query = select(webhook).where(webhook.c.id == webhook_id, webhook.c.ncb == ncb)
    row = connection.execute(query).mappings().first()
    if row is None:
        raise NotFound(f"no callback {webhook_id!r}")
    return _webhook(row)


def list_webhooks(connection: Connection, ncb: str) -> list[Webhook]:
    """All callbacks of a bureau, the oldest first."""
    query = select(webhook).where(webhook.c.ncb == ncb).order_by(webhook.c.made_at, webhook.c.id)
    return [_webhook(row) for row in connection.execute(query).mappings()]


def active_webhooks(connection: Connection) -> list[Webhook]:
    """All callbacks that are called, of all bureaus."""
    query = select(webhook).where(webhook.c.state == WebhookState.ACTIVE.value)
    return [_webhook(row) for row in connection.execute(query).mappings()]


def delete_webhook(connection: Connection, webhook_id: str) -> None:
    """Delete a callback with its calls."""
    connection.execute(delete(webhook_call).where(webhook_call.c.webhook_id == webhook_id))
    connection.execute(delete(webhook).where(webhook.c.id == webhook_id))


def set_state(connection: Connection, webhook_id: str, state: WebhookState, at: datetime) -> None:
    """Switch a callback on or off; its failures are forgotten."""
    values = {"state": state.value, "failures": 0, "changed_at": at}
    connection.execute(update(webhook).where(webhook.c.id == webhook_id).values(**values))


def set_position(connection: Connection, webhook_id: str, position: int) -> None:
    """Note up to which event calls are planned."""
    step = update(webhook).where(webhook.c.id == webhook_id).values(position=position)
    connection.execute(step)


def add_calls(
    connection: Connection, webhook_id: str, deliveries: Collection[int], due_at: datetime
) -> None:
    """Plan calls."""
    rows = [
        {"webhook_id": webhook_id, "delivery_id": one, "tries": 0, "due_at": due_at, "fault": ""}
        for one in deliveries
    ]
    if rows:
        connection.execute(insert(webhook_call), rows)


def due_calls(connection: Connection, webhook_id: str, now: datetime, limit: int) -> list[Call]:
    """The calls of a callback that are due, in the order of the events."""
    query = select(webhook_call).where(
        webhook_call.c.webhook_id == webhook_id, webhook_call.c.due_at <= now
    )
    rows = connection.execute(query.order_by(webhook_call.c.delivery_id).limit(limit)).mappings()
    return [_call(row) for row in rows]


def dead_calls(connection: Connection, webhook_id: str, limit: int) -> list[Call]:
    """The calls of a callback that were given up, the latest first."""
    query = select(webhook_call).where(
        webhook_call.c.webhook_id == webhook_id, webhook_call.c.due_at.is_(None)
    )
    order = webhook_call.c.delivery_id.desc()
    rows = connection.execute(query.order_by(order).limit(limit)).mappings()
    return [_call(row) for row in rows]


def end_call(connection: Connection, done: Call) -> None:
    """Forget a call, which has arrived or is nobody's to know of any more."""
    connection.execute(delete(webhook_call).where(*_is(done)))


def postpone_call(connection: Connection, failed: Call) -> None:
    """Note a try that failed, and when the next one is."""
    values = {"tries": failed.tries, "due_at": failed.due_at, "fault": failed.fault}
    connection.execute(update(webhook_call).where(*_is(failed)).values(**values))


def revive_calls(connection: Connection, webhook_id: str, due_at: datetime) -> int:
    """Try again what was given up; tells how many calls."""
    dead = (webhook_call.c.webhook_id == webhook_id, webhook_call.c.due_at.is_(None))
    step = update(webhook_call).where(*dead).values(tries=0, due_at=due_at)
    return connection.execute(step).rowcount


def count_failures(connection: Connection, webhook_id: str, *, failed: bool) -> int:
    """Count a try; tells how many have failed in a row."""
    after = webhook.c.failures + 1 if failed else 0
    mine = webhook.c.id == webhook_id
    connection.execute(update(webhook).where(mine).values(failures=after))
    return int(connection.execute(select(webhook.c.failures).where(mine)).scalar() or 0)


def count_webhooks(connection: Connection, ncb: str) -> int:
    """Callbacks of a bureau."""
    query = select(func.count()).select_from(webhook).where(webhook.c.ncb == ncb)
    return int(connection.execute(query).scalar_one())


def _is(call: Call) -> tuple[ColumnElement[bool], ...]:
    """The row of a call."""
    return (
        webhook_call.c.webhook_id == call.webhook_id,
        webhook_call.c.delivery_id == call.delivery_id,
    )


def _webhook(row: RowMapping) -> Webhook:
    """A callback from its row."""
    return Webhook(
        id=row["id"],
        ncb=row["ncb"],
        url=row["url"],
        kinds=frozenset(map(EventKind, row["kinds"])),
        state=WebhookState(row["state"]),
        position=row["position"],
        failures=row["failures"],
        actor=row["actor"],
        made_at=as_utc(row["made_at"]),
        changed_at=as_utc(row["changed_at"]),
    )


def _call(row: RowMapping) -> Call:
    """A call from its row."""
    return Call(
        row["webhook_id"], row["delivery_id"], row["tries"], as_utc_or_none(row["due_at"]),
        row["fault"],
    )  # fmt: skip
