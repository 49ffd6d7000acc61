"""Events and callbacks, the work of the CCC, what bureaus used, and warnings."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_serial = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_time = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Create the tables."""
    _create_events()
    _create_callbacks()
    _create_items()
    _create_rooms()
    _create_upkeep()


def _create_events() -> None:
    op.create_table(
        "event",
        sa.Column("id", _serial, primary_key=True),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("act", sa.String(32), nullable=False),
        sa.Column("subject_kind", sa.String(8), nullable=False),
        sa.Column("subject", sa.String(80), nullable=False),
        sa.Column("colour", sa.String(8), nullable=True),
        sa.Column("person_id", sa.String(64), nullable=True),
        sa.Column("data", sa.JSON, nullable=False),
        sa.Column("at", _time, nullable=False, index=True),
    )
    op.create_table(
        "event_delivery",
        sa.Column("id", _serial, primary_key=True),
        sa.Column("ncb", sa.String(16), nullable=False),
        sa.Column("token", sa.String(32), nullable=False),
        sa.Column("event_id", _serial, sa.ForeignKey("event.id"), nullable=False, index=True),
        sa.UniqueConstraint("ncb", "token", name="uq_event_delivery_token"),
        sa.Index("ix_event_delivery_ncb", "ncb", "id"),
    )


def _create_callbacks() -> None:
    op.create_table(
        "webhook",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("ncb", sa.String(16), nullable=False, index=True),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("kinds", sa.JSON, nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("position", sa.BigInteger, nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("actor", sa.String(128), nullable=False),
        sa.Column("made_at", _time, nullable=False),
        sa.Column("changed_at", _time, nullable=False),
    )
    delivery = sa.ForeignKey("event_delivery.id")
    op.create_table(
        "webhook_call",
        sa.Column("webhook_id", sa.String(32), sa.ForeignKey("webhook.id"), primary_key=True),
        sa.Column("delivery_id", _serial, delivery, primary_key=True, autoincrement=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("due_at", _time, nullable=True),
        sa.Column("fault", sa.Text, nullable=False),
        sa.Index("ix_webhook_call_due", "due_at"),
        sa.Index("ix_webhook_call_delivery", "delivery_id"),
    )


def _create_items() -> None:
    op.create_table(
        "centre_item",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("subject_kind", sa.String(8), nullable=False),
        sa.Column("subject", sa.String(80), nullable=False),
        sa.Column("colour", sa.String(8), nullable=True),
        sa.Column("person_id", sa.String(64), nullable=True),
        sa.Column("occasion", sa.String(64), nullable=False),
        sa.Column("priority", sa.String(8), nullable=False),
        sa.Column("opened_at", _time, nullable=False),
        sa.Column("due_at", _time, nullable=False, index=True),
        sa.Column("warned_at", _time, nullable=True),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("room", sa.String(16), nullable=False),
        sa.Column("taken_by", sa.String(128), nullable=True),
        sa.Column("done_at", _time, nullable=True),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.UniqueConstraint("kind", "subject", "occasion", name="uq_centre_item_occasion"),
        sa.Index("ix_centre_item_queue", "state", "room"),
        sa.Index("ix_centre_item_subject", "subject"),
    )
    op.create_table(
        "centre_change",
        sa.Column("item_id", sa.String(32), sa.ForeignKey("centre_item.id"), primary_key=True),
        sa.Column("revision", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("act", sa.String(12), nullable=False),
        sa.Column("room", sa.String(16), nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("actor", sa.String(128), nullable=False),
        sa.Column("at", _time, nullable=False),
    )


def _create_rooms() -> None:
    op.create_table(
        "centre_seat",
        sa.Column("actor", sa.String(128), primary_key=True),
        sa.Column("room", sa.String(16), nullable=False),
        sa.Column("at", _time, nullable=False),
    )
    op.create_table(
        "centre_handover",
        sa.Column("id", _serial, primary_key=True),
        sa.Column("shift_ends_at", _time, nullable=False, unique=True),
        sa.Column("from_room", sa.String(16), nullable=False),
        sa.Column("to_room", sa.String(16), nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("offered_by", sa.String(128), nullable=False),
        sa.Column("offered_at", _time, nullable=False),
        sa.Column("acknowledged_by", sa.String(128), nullable=True),
        sa.Column("acknowledged_at", _time, nullable=True),
        sa.Column("items", sa.JSON, nullable=False),
    )


def _create_upkeep() -> None:
    op.create_table(
        "daily_use",
        sa.Column("ncb", sa.String(16), primary_key=True),
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("what", sa.String(12), primary_key=True),
        sa.Column("used", sa.Integer, nullable=False),
    )
    op.create_table(
        "retention_warning",
        sa.Column("person_id", sa.String(64), primary_key=True),
        sa.Column("until", _time, primary_key=True),
        sa.Column("at", _time, nullable=False),
    )
    op.create_index("ix_person_retention_until", "person", ["retention_until"])
