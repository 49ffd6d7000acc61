"""Persons, prints, notices, searches and the audit chain."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_serial = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_time = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Create the tables and start the clock."""
    _create_persons()
    _create_prints()
    _create_notices()
    _create_audit()
    clock = op.create_table(
        "clock",
        sa.Column("id", sa.SmallInteger, primary_key=True, autoincrement=False),
        sa.Column("value", sa.BigInteger, nullable=False),
    )
    op.bulk_insert(clock, [{"id": 1, "value": 0}])


def _create_persons() -> None:
    op.create_table(
        "person",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("ncb", sa.String(2), nullable=False, index=True),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("family_name", sa.Text, nullable=False),
        sa.Column("forename", sa.Text, nullable=False),
        sa.Column("sex", sa.String(1), nullable=False),
        sa.Column("date_of_birth", sa.String(10), nullable=False),
        sa.Column("nationalities", sa.JSON, nullable=False),
        sa.Column("recorded_at", _time, nullable=False),
        sa.Column("retention_until", _time, nullable=False),
    )
    op.create_table(
        "encounter",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column(
            "person_id", sa.String(64), sa.ForeignKey("person.id"), nullable=False, index=True
        ),
        sa.Column("ncb", sa.String(2), nullable=False),
        sa.Column("recorded_at", _time, nullable=False),
    )


def _create_prints() -> None:
    op.create_table(
        "print",
        sa.Column("id", _serial, primary_key=True),
        sa.Column(
            "encounter_id", sa.String(32), sa.ForeignKey("encounter.id"), nullable=False, index=True
        ),
        sa.Column(
            "person_id", sa.String(64), sa.ForeignKey("person.id"), nullable=False, index=True
        ),
        sa.Column("ncb", sa.String(2), nullable=False),
        sa.Column("kind", sa.String(2), nullable=False),
        sa.Column("finger", sa.SmallInteger, nullable=False),
        sa.Column("impression", sa.SmallInteger, nullable=False),
        sa.Column("template", sa.LargeBinary, nullable=False),
        sa.Column("extractor", sa.String(32), nullable=False),
        sa.Column("minutiae", sa.SmallInteger, nullable=False),
        sa.Column("quality", sa.SmallInteger, nullable=False),
        sa.Column("quality_measure", sa.String(16), nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("image_sha256", sa.String(64), nullable=False),
        sa.Column("added", sa.BigInteger, nullable=False, index=True),
        sa.Column("removed", sa.BigInteger, nullable=True, index=True),
        sa.Index("ix_print_person_image", "person_id", "image_sha256"),
    )
    op.create_table(
        "print_image",
        sa.Column(
            "print_id", _serial, sa.ForeignKey("print.id"), primary_key=True, autoincrement=False
        ),
        sa.Column("format", sa.String(8), nullable=False),
        sa.Column("ppi", sa.Integer, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
    )


def _create_notices() -> None:
    op.create_table(
        "notice",
        sa.Column("colour", sa.String(8), primary_key=True),
        sa.Column("entity_id", sa.String(16), primary_key=True),
        sa.Column("ncb", sa.String(2), nullable=False, index=True),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column(
            "person_id", sa.String(64), sa.ForeignKey("person.id"), nullable=True, index=True
        ),
        sa.Column("fields", sa.JSON, nullable=False),
        sa.Column("recorded_at", _time, nullable=False),
    )


def _create_audit() -> None:
    op.create_table(
        "job",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("actor", sa.String(128), nullable=False),
        sa.Column("asked_at", _time, nullable=False),
        sa.Column("finished_at", _time, nullable=True),
        sa.Column("answer", sa.JSON, nullable=True),
    )
    op.create_table(
        "audit",
        sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("actor", sa.String(128), nullable=False),
        sa.Column("ncb", sa.String(2), nullable=False),
        sa.Column("action", sa.String(32), nullable=False),
        sa.Column("purpose", sa.Text, nullable=False),
        sa.Column("case_ref", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
    )
