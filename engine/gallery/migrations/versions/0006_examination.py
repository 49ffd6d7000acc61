"""Examiners' cases, hits, messages, and what was done under which id of the caller."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_serial = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_time = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Create the tables."""
    _create_examinations()
    _create_hits()
    _create_messages()
    _create_receipts()
    _create_transactions()


def _create_examinations() -> None:
    op.create_table(
        "examination",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("ncb", sa.String(16), nullable=False),
        sa.Column("owner", sa.String(16), nullable=False),
        sa.Column("person_id", sa.String(64), nullable=False),
        sa.Column("print_id", sa.BigInteger, nullable=False),
        sa.Column("search", sa.String(80), nullable=False),
        sa.Column("probe_sha256", sa.String(64), nullable=False),
        sa.Column("score", sa.Float, nullable=False),
        sa.Column("purpose", sa.String(32), nullable=False),
        sa.Column("case_ref", sa.Text, nullable=False),
        sa.Column("verify_all", sa.Boolean, nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("opened_by", sa.String(128), nullable=False),
        sa.Column("opened_at", _time, nullable=False),
        sa.UniqueConstraint("ncb", "search", "print_id", name="uq_examination_candidate"),
        sa.Index("ix_examination_queue", "ncb", "status", "opened_at"),
        sa.Index("ix_examination_person", "ncb", "search", "person_id"),
    )
    op.create_table(
        "examination_decision",
        sa.Column(
            "examination_id", sa.String(32), sa.ForeignKey("examination.id"), primary_key=True
        ),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("seat", sa.String(12), nullable=False),
        sa.Column("conclusion", sa.String(16), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("pairs", sa.JSON, nullable=False),
        sa.Column("actor", sa.String(128), nullable=False),
        sa.Column("ncb", sa.String(16), nullable=False),
        sa.Column("at", _time, nullable=False),
        sa.Column("corrects", sa.Integer, nullable=True),
    )


def _create_hits() -> None:
    op.create_table(
        "hit",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("ncb", sa.String(16), nullable=False),
        sa.Column("owner", sa.String(16), nullable=False),
        sa.Column("person_id", sa.String(64), nullable=False),
        sa.Column("search", sa.String(80), nullable=False),
        sa.Column("purpose", sa.String(32), nullable=False),
        sa.Column("case_ref", sa.Text, nullable=False),
        sa.Column("status", sa.String(12), nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("opened_at", _time, nullable=False),
        sa.Column("opened_on", sa.Date, nullable=False, index=True),
        sa.Column("asking_region", sa.String(40), nullable=False),
        sa.Column("owner_region", sa.String(40), nullable=False),
        sa.UniqueConstraint("ncb", "search", "person_id", name="uq_hit_person"),
        sa.Index("ix_hit_asking", "ncb", "opened_at"),
        sa.Index("ix_hit_owner", "owner", "opened_at"),
    )
    op.create_table(
        "hit_change",
        sa.Column("hit_id", sa.String(32), sa.ForeignKey("hit.id"), primary_key=True),
        sa.Column("revision", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("act", sa.String(12), nullable=False),
        sa.Column("status", sa.String(12), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("actor", sa.String(128), nullable=False),
        sa.Column("ncb", sa.String(16), nullable=False),
        sa.Column("at", _time, nullable=False),
    )
    op.create_table(
        "hit_delivery",
        sa.Column("id", _serial, primary_key=True),
        sa.Column("ncb", sa.String(16), nullable=False),
        sa.Column("hit_id", sa.String(32), sa.ForeignKey("hit.id"), nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("act", sa.String(12), nullable=False),
        sa.Column("at", _time, nullable=False),
        sa.Column("read_at", _time, nullable=True),
        sa.Column("read_by", sa.String(128), nullable=True),
        sa.UniqueConstraint("ncb", "hit_id", "revision", name="uq_hit_delivery_news"),
        sa.Index("ix_hit_delivery_inbox", "ncb", "id"),
    )


def _create_messages() -> None:
    op.create_table(
        "message_thread",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("hit_id", sa.String(32), sa.ForeignKey("hit.id"), nullable=True, index=True),
        sa.Column("actor", sa.String(128), nullable=False),
        sa.Column("ncb", sa.String(16), nullable=False),
        sa.Column("opened_at", _time, nullable=False),
        sa.Column("latest_at", _time, nullable=True),
    )
    op.create_table(
        "message_party",
        sa.Column("thread_id", sa.String(32), sa.ForeignKey("message_thread.id"), primary_key=True),
        sa.Column("ncb", sa.String(16), primary_key=True),
        sa.Index("ix_message_party_ncb", "ncb"),
    )
    op.create_table(
        "message",
        sa.Column("id", _serial, primary_key=True),
        sa.Column("thread_id", sa.String(32), sa.ForeignKey("message_thread.id"), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("priority", sa.String(8), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("actor", sa.String(128), nullable=False),
        sa.Column("ncb", sa.String(16), nullable=False),
        sa.Column("at", _time, nullable=False),
        sa.UniqueConstraint("thread_id", "number", name="uq_message_number"),
    )


def _of_message() -> sa.Column[int]:
    reference = sa.ForeignKey("message.id")
    return sa.Column("message_id", _serial, reference, primary_key=True, autoincrement=False)


def _create_receipts() -> None:
    op.create_table(
        "message_attachment",
        _of_message(),
        sa.Column("number", sa.SmallInteger, primary_key=True, autoincrement=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("media_type", sa.String(40), nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "message_receipt",
        _of_message(),
        sa.Column("ncb", sa.String(16), primary_key=True),
        sa.Column("due_at", _time, nullable=True, index=True),
        sa.Column("read_at", _time, nullable=True),
        sa.Column("read_by", sa.String(128), nullable=True),
        sa.Column("acknowledged_at", _time, nullable=True),
        sa.Column("acknowledged_by", sa.String(128), nullable=True),
        sa.Column("escalated_at", _time, nullable=True, index=True),
    )


def _create_transactions() -> None:
    op.create_table(
        "transaction_done",
        sa.Column("ncb", sa.String(16), primary_key=True),
        sa.Column("transaction_id", sa.String(64), primary_key=True),
        sa.Column("act", sa.String(24), nullable=False),
        sa.Column("content_sha256", sa.String(64), nullable=False),
        sa.Column("subject", sa.String(64), nullable=False),
        sa.Column("at", _time, nullable=False),
    )
