"""The catalogue's tables of examiners' cases, of hits, and of what was done under which id."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from engine.gallery.column_types import SERIAL, TIME
from engine.gallery.tables import metadata

examination = Table(
    "examination",
    metadata,
    # Person and print are no foreign keys: what was decided outlives the records it was about.
    Column("id", String(32), primary_key=True),
    Column("ncb", String(16), nullable=False),  # that searched
    Column("owner", String(16), nullable=False),
    Column("person_id", String(64), nullable=False),
    Column("print_id", BigInteger, nullable=False),
    Column("search", String(80), nullable=False),
    Column("probe_sha256", String(64), nullable=False),
    Column("score", Float, nullable=False),
    Column("purpose", String(32), nullable=False),
    Column("case_ref", Text, nullable=False),
    Column("verify_all", Boolean, nullable=False),
    Column("status", String(16), nullable=False),
    Column("opened_by", String(128), nullable=False),
    Column("opened_at", TIME, nullable=False),
    UniqueConstraint("ncb", "search", "print_id", name="uq_examination_candidate"),
    Index("ix_examination_queue", "ncb", "status", "opened_at"),
    Index("ix_examination_person", "ncb", "search", "person_id"),
)

examination_decision = Table(
    "examination_decision",
    metadata,
    # Rows are added and never changed.
    Column("examination_id", String(32), ForeignKey("examination.id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("seat", String(12), nullable=False),
    Column("conclusion", String(16), nullable=False),
    Column("reason", Text, nullable=False),
    # Sealed JSON: [[x, y, direction of the probe], [... candidate]]; empty once erased.
    Column("pairs", LargeBinary, nullable=False, server_default=text("''")),
    Column("actor", String(128), nullable=False),
    Column("ncb", String(16), nullable=False),
    Column("at", TIME, nullable=False),
    Column("corrects", Integer, nullable=True),
)

hit = Table(
    "hit",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("ncb", String(16), nullable=False),  # that searched
    Column("owner", String(16), nullable=False),
    Column("person_id", String(64), nullable=False),
    Column("search", String(80), nullable=False),
    Column("purpose", String(32), nullable=False),
    Column("case_ref", Text, nullable=False),
    Column("status", String(12), nullable=False),
    Column("revision", Integer, nullable=False),  # counts its changes
    Column("opened_at", TIME, nullable=False),
    # Of the statistics, as the bureaus were placed on that day.
    Column("opened_on", Date, nullable=False, index=True),
    Column("asking_region", String(40), nullable=False),
    Column("owner_region", String(40), nullable=False),
    UniqueConstraint("ncb", "search", "person_id", name="uq_hit_person"),
    Index("ix_hit_asking", "ncb", "opened_at"),
    Index("ix_hit_owner", "owner", "opened_at"),
)

hit_change = Table(
    "hit_change",
    metadata,
    Column("hit_id", String(32), ForeignKey("hit.id"), primary_key=True),
    Column("revision", Integer, primary_key=True, autoincrement=False),
    Column("act", String(12), nullable=False),
    Column("status", String(12), nullable=False),  # after it
    Column("reason", Text, nullable=False),
    Column("actor", String(128), nullable=False),
    Column("ncb", String(16), nullable=False),
    Column("at", TIME, nullable=False),
)

hit_delivery = Table(
    "hit_delivery",
    metadata,
    Column("id", SERIAL, primary_key=True),
    Column("ncb", String(16), nullable=False),
    Column("hit_id", String(32), ForeignKey("hit.id"), nullable=False),
    Column("revision", Integer, nullable=False),  # of the hit, that the news is of
    Column("act", String(12), nullable=False),
    Column("at", TIME, nullable=False),
    Column("read_at", TIME, nullable=True),
    Column("read_by", String(128), nullable=True),
    # News that is delivered again is there already.
    UniqueConstraint("ncb", "hit_id", "revision", name="uq_hit_delivery_news"),
    Index("ix_hit_delivery_inbox", "ncb", "id"),
)

transaction_done = Table(
    "transaction_done",
    metadata,
    # What an organisation has done under an id of its own, so that it is done once.
    Column("ncb", String(16), primary_key=True),
    Column("transaction_id", String(64), primary_key=True),
    Column("act", String(24), nullable=False),
    Column("content_sha256", String(64), nullable=False),
    Column("subject", String(64), nullable=False),
    Column("at", TIME, nullable=False),
)
