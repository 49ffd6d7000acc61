"""The catalogue's tables of notices: what readers see, and everything that led to it."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Table,
    Text,
)

from engine.gallery.column_types import SERIAL, TIME
from engine.gallery.tables import metadata

_word = String(80).with_variant(String(80, collation="C"), "postgresql")
"""Compared byte by byte on both databases, so that a range of words is found by its index."""


def _of_notice() -> ForeignKeyConstraint:
    """A reference to the notice that a row is about."""
    return ForeignKeyConstraint(["colour", "entity_id"], ["notice.colour", "notice.entity_id"])


def _key(*, primary: bool) -> tuple[Column[str], Column[str]]:
    """The columns that name a notice."""
    return (
        Column("colour", String(8), primary_key=primary, nullable=False),
        Column("entity_id", String(16), primary_key=primary, nullable=False),
    )


notice = Table(
    "notice",
    metadata,
    *_key(primary=True),
    Column("ncb", String(16), nullable=False, index=True),
    Column("status", String(16), nullable=False),
    Column("person_id", String(64), ForeignKey("person.id"), nullable=True, index=True),
    # What readers see: the published version, or the latest where none is published yet.
    Column("fields", JSON, nullable=False),
    Column("recorded_at", TIME, nullable=False),
    Column("kind", String(9), nullable=False),
    Column("restriction", String(5), nullable=False),
    Column("ncbs", Text, nullable=False),  # of the restriction, as |FR|DE|
    Column("language", String(2), nullable=False),
    Column("public_extract", Boolean, nullable=False),
    Column("version", Integer, nullable=False),  # of `fields`
    Column("proposed", Integer, nullable=True),  # version that waits for its review
    Column("revision", Integer, nullable=False),  # counts every change of whatever kind
    Column("published_at", TIME, nullable=True),
    Column("expires_at", TIME, nullable=True, index=True),
    Column("warned_at", TIME, nullable=True),
    Column("born_first", Date, nullable=True),
    Column("born_last", Date, nullable=True),
)

notice_version = Table(
    "notice_version",
    metadata,
    *_key(primary=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("fields", JSON, nullable=False),
    Column("person_id", String(64), nullable=True),
    Column("language", String(2), nullable=False),
    Column("public_extract", Boolean, nullable=False),
    Column("reason", Text, nullable=False),
    Column("actor", String(128), nullable=False),
    Column("ncb", String(16), nullable=False),
    Column("at", TIME, nullable=False),
    _of_notice(),
)

notice_text = Table(
    "notice_text",
    metadata,
    *_key(primary=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("language", String(2), primary_key=True),
    Column("field", String(40), primary_key=True),
    Column("text", Text, nullable=False),
    Column("actor", String(128), nullable=False),
    Column("ncb", String(16), nullable=False),
    Column("at", TIME, nullable=False),
    _of_notice(),
)

notice_review = Table(
    "notice_review",
    metadata,
    Column("id", SERIAL, primary_key=True),
    *_key(primary=False),
    Column("version", Integer, nullable=False),
    Column("verdict", String(8), nullable=False),
    Column("article_2", Boolean, nullable=True),
    Column("article_3", Boolean, nullable=True),
    Column("gravity", Boolean, nullable=True),
    Column("reasons", JSON, nullable=False),
    Column("actor", String(128), nullable=False),
    Column("ncb", String(16), nullable=False),
    Column("at", TIME, nullable=False),
    _of_notice(),
    Index("ix_notice_review_notice", "colour", "entity_id"),
)

notice_change = Table(
    "notice_change",
    metadata,
    Column("id", SERIAL, primary_key=True),
    *_key(primary=False),
    Column("version", Integer, nullable=False),
    Column("act", String(24), nullable=False),
    Column("status", String(16), nullable=False),  # after it
    Column("reasons", JSON, nullable=False),
    Column("actor", String(128), nullable=False),
    Column("ncb", String(16), nullable=False),
    Column("at", TIME, nullable=False),
    _of_notice(),
    Index("ix_notice_change_notice", "colour", "entity_id"),
)

notice_key = Table(
    "notice_key",
    metadata,
    *_key(primary=True),
    Column("kind", String(16), primary_key=True),
    Column("key", _word, primary_key=True),
    _of_notice(),
    Index("ix_notice_key_key", "kind", "key"),
)

name_group = Table(
    "name_group",
    metadata,
    # The letter groups of every word of a name, so that near words are found by an index.
    Column("letters", _word, primary_key=True),
    Column("word", _word, primary_key=True),
    Index("ix_name_group_word", "word"),
)

notice_delivery = Table(
    "notice_delivery",
    metadata,
    Column("id", SERIAL, primary_key=True),
    Column("ncb", String(16), nullable=False),
    *_key(primary=False),
    Column("version", Integer, nullable=False),
    Column("event", String(24), nullable=False),
    Column("at", TIME, nullable=False),
    Column("read_at", TIME, nullable=True),
    Column("read_by", String(128), nullable=True),
    _of_notice(),
    Index("ix_notice_delivery_inbox", "ncb", "id"),
    Index("ix_notice_delivery_notice", "colour", "entity_id"),
)
