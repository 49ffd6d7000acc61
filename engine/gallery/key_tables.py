"""The catalogue's table of data keys, each wrapped by a master key that is not in the catalogue."""

from __future__ import annotations

from sqlalchemy import Column, DateTime, Integer, LargeBinary, String, Table

from engine.gallery.tables import metadata

data_key = Table(
    "data_key",
    metadata,
    # Given out once: a destroyed key leaves its row, without the key.
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("owner", String(16), nullable=False, index=True),
    Column("state", String(9), nullable=False),
    Column("master", String(32), nullable=False),  # id of the master key that wraps it
    Column("wrapped", LargeBinary, nullable=False),
    Column("made_at", DateTime(timezone=True), nullable=False),
    Column("ended_at", DateTime(timezone=True), nullable=True),
)
