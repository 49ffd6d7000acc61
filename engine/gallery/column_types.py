"""Types of columns that every group of tables uses."""

from __future__ import annotations

from sqlalchemy import BigInteger, DateTime, Integer

SERIAL = BigInteger().with_variant(Integer, "sqlite")  # SQLite numbers only INTEGER keys itself
TIME = DateTime(timezone=True)
