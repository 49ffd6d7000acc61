"""The catalogue's tables of messages between organisations."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from engine.gallery.column_types import SERIAL, TIME
from engine.gallery.tables import metadata

message_thread = Table(
    "message_thread",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("subject", Text, nullable=False),
    Column("hit_id", String(32), ForeignKey("hit.id"), nullable=True, index=True),
    Column("actor", String(128), nullable=False),  # who opened it
    Column("ncb", String(16), nullable=False),
    Column("opened_at", TIME, nullable=False),
    Column("latest_at", TIME, nullable=True),  # of its latest message
)

message_party = Table(
    "message_party",
    metadata,
    Column("thread_id", String(32), ForeignKey("message_thread.id"), primary_key=True),
    Column("ncb", String(16), primary_key=True),
    Index("ix_message_party_ncb", "ncb"),
)

message = Table(
    "message",
    metadata,
    Column("id", SERIAL, primary_key=True),
    Column("thread_id", String(32), ForeignKey("message_thread.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("priority", String(8), nullable=False),
    Column("text", Text, nullable=False),
    Column("actor", String(128), nullable=False),
    Column("ncb", String(16), nullable=False),
    Column("at", TIME, nullable=False),
    UniqueConstraint("thread_id", "number", name="uq_message_number"),
)

message_attachment = Table(
    "message_attachment",
    metadata,
    Column("message_id", SERIAL, ForeignKey("message.id"), primary_key=True, autoincrement=False),
    Column("number", SmallInteger, primary_key=True, autoincrement=False),
    Column("name", String(100), nullable=False),
    Column("media_type", String(40), nullable=False),
    Column("size", Integer, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("content", LargeBinary, nullable=False),
)

message_receipt = Table(
    "message_receipt",
    metadata,
    Column("message_id", SERIAL, ForeignKey("message.id"), primary_key=True, autoincrement=False),
    Column("ncb", String(16), primary_key=True),
    Column("due_at", TIME, nullable=True, index=True),
    Column("read_at", TIME, nullable=True),
    Column("read_by", String(128), nullable=True),
    Column("acknowledged_at", TIME, nullable=True),
    Column("acknowledged_by", String(128), nullable=True),
    Column("escalated_at", TIME, nullable=True, index=True),
)
