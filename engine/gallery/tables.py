"""The catalogue's tables: SQL holds the truth, every other file can be made again from it."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
)

from engine.gallery.column_types import SERIAL

metadata = MetaData()


clock = Table(
    "clock",
    metadata,
    # One row. Every change takes its number here, inside its own transaction: the row's lock makes
    # numbers appear in the order of commits, so a follower that has seen n misses nothing below n.
    Column("id", SmallInteger, primary_key=True, autoincrement=False),
    Column("value", BigInteger, nullable=False),
)

person = Table(
    "person",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("ncb", String(2), nullable=False, index=True),
    Column("status", String(16), nullable=False),
    Column("family_name", Text, nullable=False),
    Column("forename", Text, nullable=False),
    Column("sex", String(1), nullable=False),
    Column("date_of_birth", String(10), nullable=False),
    Column("nationalities", JSON, nullable=False),
    Column("recorded_at", DateTime(timezone=True), nullable=False),
    Column("retention_until", DateTime(timezone=True), nullable=False, index=True),
    # How the owner wants the person and all of the person's prints handled.
    Column("restriction", String(5), nullable=False, server_default="ALL"),
    Column("ncbs", Text, nullable=False, server_default=""),  # of the restriction, as |FR|DE|
    Column("classification", SmallInteger, nullable=False, server_default="1"),
    Column("revision", Integer, nullable=False, server_default="1"),  # counts its changes
)

encounter = Table(
    "encounter",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("person_id", String(64), ForeignKey("person.id"), nullable=False, index=True),
    Column("ncb", String(2), nullable=False),
    Column("recorded_at", DateTime(timezone=True), nullable=False),
)

print_ = Table(
    "print",
    metadata,
    Column("id", SERIAL, primary_key=True),
    Column("encounter_id", String(32), ForeignKey("encounter.id"), nullable=False, index=True),
    Column("person_id", String(64), ForeignKey("person.id"), nullable=False, index=True),
    Column("ncb", String(2), nullable=False),
    Column("kind", String(2), nullable=False),
    Column("finger", SmallInteger, nullable=False),
    Column("impression", SmallInteger, nullable=False),
    Column("template", LargeBinary, nullable=False),
    Column("extractor", String(32), nullable=False),
    Column("minutiae", SmallInteger, nullable=False),
    Column("quality", SmallInteger, nullable=False),
    Column("quality_measure", String(16), nullable=False),
    Column("source", Text, nullable=False),
    Column("image_sha256", String(64), nullable=False),
    Column("added", BigInteger, nullable=False, index=True),
    Column("removed", BigInteger, nullable=True, index=True),
    Index("ix_print_person_image", "person_id", "image_sha256"),
)

print_handling = Table(
    "print_handling",
    metadata,
    # Prints that are handled more strictly than their person; most are not.
    Column("print_id", SERIAL, ForeignKey("print.id"), primary_key=True, autoincrement=False),
    Column("restriction", String(5), nullable=False),
    Column("ncbs", Text, nullable=False),
    Column("classification", SmallInteger, nullable=False),
    Column("revision", Integer, nullable=False),
)

policy_clock = Table(
    "policy_clock",
    metadata,
    # One row: the latest change that concerned a record which not everybody may find. While it
    # stands, what a server knows of such records holds.
    Column("id", SmallInteger, primary_key=True, autoincrement=False),
    Column("value", BigInteger, nullable=False),
)

print_image = Table(
    "print_image",
    metadata,
    # Apart from `print`, so that following the catalogue reads no images.
    Column("print_id", SERIAL, ForeignKey("print.id"), primary_key=True, autoincrement=False),
    Column("format", String(8), nullable=False),
    Column("ppi", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False),
)

job = Table(
    "job",
    metadata,
    # Work that a caller does not wait for. What it works on is not kept here.
    Column("id", String(32), primary_key=True),
    Column("kind", String(8), nullable=False),
    Column("state", String(8), nullable=False),
    Column("actor", String(128), nullable=False),
    # Whose it is and why it was asked for; only its actor reads it.
    Column("ncb", String(16), nullable=False, server_default=""),
    Column("purpose", String(32), nullable=False, server_default=""),
    Column("case_ref", Text, nullable=False, server_default=""),
    Column("asked_at", DateTime(timezone=True), nullable=False),
    Column("finished_at", DateTime(timezone=True), nullable=True),
    Column("answer", LargeBinary, nullable=True),  # sealed, as `sealed_columns` says
)

audit = Table(
    "audit",
    metadata,
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("at", String(32), nullable=False),
    Column("actor", String(128), nullable=False),
    Column("ncb", String(16), nullable=False),
    Column("action", String(32), nullable=False),
    Column("purpose", Text, nullable=False),
    Column("case_ref", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    # What the hash covers: 1 is the form from before there were roles and persons.
    Column("form", SmallInteger, nullable=False, server_default="1"),
    Column("roles", Text, nullable=False, server_default=""),  # of the actor, with spaces
    # SHA-256 of the row's persons in `audit_person`; empty if there are none.
    Column("persons", String(64), nullable=False, server_default=""),
    Index("ix_audit_actor", "actor", "number"),
    Index("ix_audit_ncb", "ncb", "number"),
    Index("ix_audit_at", "at"),
)

audit_person = Table(
    "audit_person",
    metadata,
    # The persons that a row of the chain is about or showed, with their owner at that time. No
    # foreign keys: it outlives an erased person, and what is left of a deleted row betrays that.
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("person_id", String(64), primary_key=True),
    Column("owner", String(16), nullable=False),
    Column("way", String(8), nullable=False),
    Index("ix_audit_person_person", "person_id", "number"),
    Index("ix_audit_person_owner", "owner", "number"),
)
