"""The catalogue's tables of events, of who is told of them, and of the callbacks of bureaus."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from engine.gallery.column_types import SERIAL, TIME
from engine.gallery.tables import metadata

event = Table(
    "event",
    metadata,
    Column("id", SERIAL, primary_key=True),  # rises in the order of commits; shown to nobody
    Column("kind", String(32), nullable=False),
    Column("act", String(32), nullable=False),
    # What it is about, by which it is decided anew at every reading who may know of it.
    Column("subject_kind", String(8), nullable=False),
    Column("subject", String(80), nullable=False),
    Column("colour", String(8), nullable=True),  # of a notice
    Column("person_id", String(64), nullable=True),
    Column("data", JSON, nullable=False),
    Column("at", TIME, nullable=False, index=True),
)

event_delivery = Table(
    "event_delivery",
    metadata,
    # Its number orders what an organisation is told; its random token is all that it is shown, so
    # that nobody reads from a gap in the numbers that there was something hidden.
    Column("id", SERIAL, primary_key=True),
    Column("ncb", String(16), nullable=False),
    Column("token", String(32), nullable=False),
    Column("event_id", SERIAL, ForeignKey("event.id"), nullable=False, index=True),
    UniqueConstraint("ncb", "token", name="uq_event_delivery_token"),
    Index("ix_event_delivery_ncb", "ncb", "id"),
)

webhook = Table(
    "webhook",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("ncb", String(16), nullable=False, index=True),
    Column("url", Text, nullable=False),
    Column("kinds", JSON, nullable=False),  # of events that are wanted; empty is all
    Column("state", String(8), nullable=False),
    Column("position", BigInteger, nullable=False),  # last delivery that was planned
    Column("failures", Integer, nullable=False),  # tries in a row
    Column("actor", String(128), nullable=False),  # who registered it
    Column("made_at", TIME, nullable=False),
    Column("changed_at", TIME, nullable=False),
)

webhook_call = Table(
    "webhook_call",
    metadata,
    # What is still to be sent, or was given up; what has arrived is in the audit chain alone.
    Column("webhook_id", String(32), ForeignKey("webhook.id"), primary_key=True),
    Column(
        "delivery_id",
        SERIAL,
        ForeignKey("event_delivery.id"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("tries", Integer, nullable=False),
    Column("due_at", TIME, nullable=True),  # of the next try; NULL is given up
    Column("fault", Text, nullable=False),  # of the last try
    Index("ix_webhook_call_due", "due_at"),
    Index("ix_webhook_call_delivery", "delivery_id"),
)
