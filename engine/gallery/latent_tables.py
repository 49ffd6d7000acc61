"""The catalogue's tables of unsolved latents, of alerts about them, and of kept probes."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Float,
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

latent = Table(
    "latent",
    metadata,
    # A table of their own, so that no query about persons or their prints can ever meet one.
    Column("serial", SERIAL, primary_key=True),
    Column("id", String(64), nullable=False, unique=True),
    Column("ncb", String(16), nullable=False, index=True),
    Column("case_ref", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("status", String(10), nullable=False),
    Column("reason", Text, nullable=False),  # of its end
    Column("purpose", String(32), nullable=False),
    Column("actor", String(128), nullable=False),
    Column("recorded_at", TIME, nullable=False),
    Column("closed_at", TIME, nullable=True),
    Column("finger", SmallInteger, nullable=False),
    Column("impression", SmallInteger, nullable=False),
    Column("template", LargeBinary, nullable=False),
    Column("extractor", String(32), nullable=False),
    Column("minutiae", SmallInteger, nullable=False),
    Column("quality", SmallInteger, nullable=False),
    Column("quality_measure", String(16), nullable=False),
    Column("retention_until", TIME, nullable=False),
    Column("restriction", String(5), nullable=False),
    Column("ncbs", Text, nullable=False),  # of the restriction, as |FR|DE|
    Column("classification", SmallInteger, nullable=False),
    Column("revision", Integer, nullable=False),  # counts changes of its handling
    Column("added", BigInteger, nullable=False, index=True),
    Column("removed", BigInteger, nullable=True, index=True),
)

latent_image = Table(
    "latent_image",
    metadata,
    Column("serial", SERIAL, ForeignKey("latent.serial"), primary_key=True, autoincrement=False),
    Column("format", String(8), nullable=False),
    Column("ppi", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False),
)

latent_alert = Table(
    "latent_alert",
    metadata,
    # The inbox of the latents' owners. Latent and print are no foreign keys: an alert about what
    # is erased is shown to nobody, and what was told stays told.
    Column("id", SERIAL, primary_key=True),
    Column("latent_id", String(64), nullable=False),
    Column("ncb", String(16), nullable=False),
    Column("print_id", BigInteger, nullable=False),
    Column("score", Float, nullable=False),
    Column("at", TIME, nullable=False),
    Column("read_at", TIME, nullable=True),
    Column("read_by", String(128), nullable=True),
    # Work that is done again after a crash tells nothing twice.
    UniqueConstraint("latent_id", "print_id", name="uq_latent_alert_pair"),
    Index("ix_latent_alert_inbox", "ncb", "id"),
)

reverse_search = Table(
    "reverse_search",
    metadata,
    # One row: the change up to which new prints were searched against unsolved latents.
    Column("id", SmallInteger, primary_key=True, autoincrement=False),
    Column("covers", BigInteger, nullable=False),
)

probe = Table(
    "probe",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("ncb", String(16), nullable=False),
    Column("actor", String(128), nullable=False),
    Column("purpose", String(32), nullable=False),
    Column("case_ref", Text, nullable=False),
    Column("mode", String(5), nullable=False),
    Column("classification", SmallInteger, nullable=False),  # the clearance of who searched
    Column("at", TIME, nullable=False),
    Column("retention_until", TIME, nullable=False, index=True),
    Index("ix_probe_ncb", "ncb", "at"),
)

probe_print = Table(
    "probe_print",
    metadata,
    Column("probe_id", String(32), ForeignKey("probe.id"), primary_key=True),
    Column("place", SmallInteger, primary_key=True, autoincrement=False),
    Column("finger", SmallInteger, nullable=False),
    Column("template", LargeBinary, nullable=False),
    Column("ppi", Float, nullable=True),
    Column("image", LargeBinary, nullable=True),  # none where minutiae were sent alone
)
