"""The catalogue's tables of the CCC: its work, its rooms' people, and the hand-overs."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
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

centre_item = Table(
    "centre_item",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("kind", String(16), nullable=False),
    # What it is about, by which it is decided anew at every reading who may know of it.
    Column("subject_kind", String(8), nullable=False),
    Column("subject", String(80), nullable=False),
    Column("colour", String(8), nullable=True),  # of a notice
    Column("person_id", String(64), nullable=True),
    # Tells work about one subject apart, such as its messages: nothing becomes two items.
    Column("occasion", String(64), nullable=False),
    Column("priority", String(8), nullable=False),
    Column("opened_at", TIME, nullable=False),
    Column("due_at", TIME, nullable=False, index=True),
    Column("warned_at", TIME, nullable=True),
    Column("state", String(8), nullable=False),
    Column("room", String(16), nullable=False),
    Column("taken_by", String(128), nullable=True),
    Column("done_at", TIME, nullable=True),
    Column("revision", Integer, nullable=False),  # counts its changes
    UniqueConstraint("kind", "subject", "occasion", name="uq_centre_item_occasion"),
    Index("ix_centre_item_queue", "state", "room"),
    Index("ix_centre_item_subject", "subject"),
)

centre_change = Table(
    "centre_change",
    metadata,
    # Rows are added and never changed.
    Column("item_id", String(32), ForeignKey("centre_item.id"), primary_key=True),
    Column("revision", Integer, primary_key=True, autoincrement=False),
    Column("act", String(12), nullable=False),
    Column("room", String(16), nullable=False),  # after it
    Column("note", Text, nullable=False),
    Column("actor", String(128), nullable=False),
    Column("at", TIME, nullable=False),
)

centre_seat = Table(
    "centre_seat",
    metadata,
    # Which room an operator works in.
    Column("actor", String(128), primary_key=True),
    Column("room", String(16), nullable=False),
    Column("at", TIME, nullable=False),
)

centre_handover = Table(
    "centre_handover",
    metadata,
    Column("id", SERIAL, primary_key=True),
    Column("shift_ends_at", TIME, nullable=False, unique=True),  # of the room that hands over
    Column("from_room", String(16), nullable=False),
    Column("to_room", String(16), nullable=False),
    Column("note", Text, nullable=False),
    Column("offered_by", String(128), nullable=False),
    Column("offered_at", TIME, nullable=False),
    Column("acknowledged_by", String(128), nullable=True),
    Column("acknowledged_at", TIME, nullable=True),
    Column("items", JSON, nullable=False),  # ids of those that passed over
)
