"""Unsolved latents, alerts of reverse searches, kept probes, and whose stored searches are.

New prints are searched against unsolved latents from here on: those on record are not searched
again.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

_serial = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_time = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Create the tables, add the columns."""
    _create_latents()
    _create_alerts()
    _create_probes()
    for name, size in (("ncb", 16), ("purpose", 32)):
        op.add_column("job", sa.Column(name, sa.String(size), nullable=False, server_default=""))
    op.add_column("job", sa.Column("case_ref", sa.Text, nullable=False, server_default=""))


def _create_latents() -> None:
    op.create_table(
        "latent",
        sa.Column("serial", _serial, primary_key=True),
        sa.Column("id", sa.String(64), nullable=False, unique=True),
        sa.Column("ncb", sa.String(16), nullable=False, index=True),
        sa.Column("case_ref", sa.Text, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("status", sa.String(10), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("purpose", sa.String(32), nullable=False),
        sa.Column("actor", sa.String(128), nullable=False),
        sa.Column("recorded_at", _time, nullable=False),
        sa.Column("closed_at", _time, nullable=True),
        sa.Column("finger", sa.SmallInteger, nullable=False),
        sa.Column("impression", sa.SmallInteger, nullable=False),
        sa.Column("template", sa.LargeBinary, nullable=False),
        sa.Column("extractor", sa.String(32), nullable=False),
        sa.Column("minutiae", sa.SmallInteger, nullable=False),
        sa.Column("quality", sa.SmallInteger, nullable=False),
        sa.Column("quality_measure", sa.String(16), nullable=False),
        sa.Column("retention_until", _time, nullable=False),
        sa.Column("restriction", sa.String(5), nullable=False),
        sa.Column("ncbs", sa.Text, nullable=False),
        sa.Column("classification", sa.SmallInteger, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("added", sa.BigInteger, nullable=False, index=True),
        sa.Column("removed", sa.BigInteger, nullable=True, index=True),
    )
    op.create_table(
        "latent_image",
        sa.Column(
            "serial", _serial, sa.ForeignKey("latent.serial"), primary_key=True, autoincrement=False
        ),
        sa.Column("format", sa.String(8), nullable=False),
        sa.Column("ppi", sa.Integer, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
    )


def _create_alerts() -> None:
    op.create_table(
        "latent_alert",
        sa.Column("id", _serial, primary_key=True),
        sa.Column("latent_id", sa.String(64), nullable=False),
        sa.Column("ncb", sa.String(16), nullable=False),
        sa.Column("print_id", sa.BigInteger, nullable=False),
        sa.Column("score", sa.Float, nullable=False),
        sa.Column("at", _time, nullable=False),
        sa.Column("read_at", _time, nullable=True),
        sa.Column("read_by", sa.String(128), nullable=True),
        sa.UniqueConstraint("latent_id", "print_id", name="uq_latent_alert_pair"),
        sa.Index("ix_latent_alert_inbox", "ncb", "id"),
    )
    reverse = op.create_table(
        "reverse_search",
        sa.Column("id", sa.SmallInteger, primary_key=True, autoincrement=False),
        sa.Column("covers", sa.BigInteger, nullable=False),
    )
    now = op.get_bind().execute(sa.text("SELECT value FROM clock")).scalar() or 0
    op.bulk_insert(reverse, [{"id": 1, "covers": now}])


def _create_probes() -> None:
    op.create_table(
        "probe",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("ncb", sa.String(16), nullable=False),
        sa.Column("actor", sa.String(128), nullable=False),
        sa.Column("purpose", sa.String(32), nullable=False),
        sa.Column("case_ref", sa.Text, nullable=False),
        sa.Column("mode", sa.String(5), nullable=False),
        sa.Column("classification", sa.SmallInteger, nullable=False),
        sa.Column("at", _time, nullable=False),
        sa.Column("retention_until", _time, nullable=False, index=True),
        sa.Index("ix_probe_ncb", "ncb", "at"),
    )
    op.create_table(
        "probe_print",
        sa.Column("probe_id", sa.String(32), sa.ForeignKey("probe.id"), primary_key=True),
        sa.Column("place", sa.SmallInteger, primary_key=True, autoincrement=False),
        sa.Column("finger", sa.SmallInteger, nullable=False),
        sa.Column("template", sa.LargeBinary, nullable=False),
        sa.Column("ppi", sa.Float, nullable=True),
        sa.Column("image", sa.LargeBinary, nullable=True),
    )
