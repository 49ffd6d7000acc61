"""The catalogue's tables of what bureaus used on a day, and of what they were warned of."""

from __future__ import annotations

from sqlalchemy import Column, Date, DateTime, Integer, String, Table

from engine.gallery.tables import metadata

daily_use = Table(
    "daily_use",
    metadata,
    Column("ncb", String(16), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("what", String(12), primary_key=True),
    Column("used", Integer, nullable=False),
)

retention_warning = Table(
    "retention_warning",
    metadata,
    # No foreign key: it outlives an erased person, as its id does.
    Column("person_id", String(64), primary_key=True),
    # Another last day is another warning.
    Column("until", DateTime(timezone=True), primary_key=True),
    Column("at", DateTime(timezone=True), nullable=False),
)
