"""The life of notices: versions, texts, findings, changes, keys and inboxes."""

from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from alembic import op

from engine.names.likeness import letter_groups
from engine.notices import Colour, Notice
from engine.notices.keys import KeyKind, born_between, keys_of

revision = "0003"
down_revision = "0002"

_serial = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_time = sa.DateTime(timezone=True)
_word = sa.String(80).with_variant(sa.String(80, collation="C"), "postgresql")

FIVE_YEARS = timedelta(days=5 * 365)


def upgrade() -> None:
    """Widen the notices, create the tables about them, and take over those on record."""
    _widen_notices()
    version, change = _create_contents(), _create_acts()
    key, group = _create_keys()
    _create_inboxes()
    for row in map(dict, op.get_bind().execute(sa.select(_notice)).mappings().all()):
        notice = Notice(Colour(row["colour"]), row["entity_id"], row["ncb"], fields=row["fields"])
        _take_over(row, version, change)
        _date(notice, row)
        _index(notice, key, group)


_notice = sa.table(
    "notice",
    sa.column("colour", sa.String),
    sa.column("entity_id", sa.String),
    sa.column("ncb", sa.String),
    sa.column("status", sa.String),
    sa.column("person_id", sa.String),
    sa.column("fields", sa.JSON),
    sa.column("recorded_at", _time),
    sa.column("published_at", _time),
    sa.column("expires_at", _time),
    sa.column("born_first", sa.Date),
    sa.column("born_last", sa.Date),
)


def _widen_notices() -> None:
    with op.batch_alter_table("notice") as batch:
        batch.alter_column("ncb", type_=sa.String(16), existing_nullable=False)
        batch.add_column(sa.Column("kind", sa.String(9), nullable=False, server_default="notice"))
        batch.add_column(
            sa.Column("restriction", sa.String(5), nullable=False, server_default="ALL")
        )
        batch.add_column(sa.Column("ncbs", sa.Text, nullable=False, server_default=""))
        batch.add_column(sa.Column("language", sa.String(2), nullable=False, server_default="en"))
        batch.add_column(
            sa.Column("public_extract", sa.Boolean, nullable=False, server_default=sa.false())
        )
        batch.add_column(sa.Column("version", sa.Integer, nullable=False, server_default="1"))
        batch.add_column(sa.Column("proposed", sa.Integer, nullable=True))
        batch.add_column(sa.Column("revision", sa.Integer, nullable=False, server_default="1"))
        batch.add_column(sa.Column("published_at", _time, nullable=True))
        batch.add_column(sa.Column("expires_at", _time, nullable=True))
        batch.add_column(sa.Column("warned_at", _time, nullable=True))
        batch.add_column(sa.Column("born_first", sa.Date, nullable=True))
        batch.add_column(sa.Column("born_last", sa.Date, nullable=True))
        batch.create_index("ix_notice_expires_at", ["expires_at"])


def _key(*, primary: bool) -> tuple[sa.Column[str], sa.Column[str]]:
    return (
        sa.Column("colour", sa.String(8), primary_key=primary, nullable=False),
        sa.Column("entity_id", sa.String(16), primary_key=primary, nullable=False),
    )


def _of_notice() -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["colour", "entity_id"], ["notice.colour", "notice.entity_id"])


def _signature() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("actor", sa.String(128), nullable=False),
        sa.Column("ncb", sa.String(16), nullable=False),
        sa.Column("at", _time, nullable=False),
    )


def _create_contents() -> sa.Table:
    version = op.create_table(
        "notice_version",
        *_key(primary=True),
        sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("fields", sa.JSON, nullable=False),
        sa.Column("person_id", sa.String(64), nullable=True),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("public_extract", sa.Boolean, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        *_signature(),
        _of_notice(),
    )
    op.create_table(
        "notice_text",
        *_key(primary=True),
        sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("language", sa.String(2), primary_key=True),
        sa.Column("field", sa.String(40), primary_key=True),
        sa.Column("text", sa.Text, nullable=False),
        *_signature(),
        _of_notice(),
    )
    return version


def _create_acts() -> sa.Table:
    op.create_table(
        "notice_review",
        sa.Column("id", _serial, primary_key=True),
        *_key(primary=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("verdict", sa.String(8), nullable=False),
        sa.Column("article_2", sa.Boolean, nullable=True),
        sa.Column("article_3", sa.Boolean, nullable=True),
        sa.Column("gravity", sa.Boolean, nullable=True),
        sa.Column("reasons", sa.JSON, nullable=False),
        *_signature(),
        _of_notice(),
        sa.Index("ix_notice_review_notice", "colour", "entity_id"),
    )
    return op.create_table(
        "notice_change",
        sa.Column("id", _serial, primary_key=True),
        *_key(primary=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("act", sa.String(24), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("reasons", sa.JSON, nullable=False),
        *_signature(),
        _of_notice(),
        sa.Index("ix_notice_change_notice", "colour", "entity_id"),
    )


def _create_keys() -> tuple[sa.Table, sa.Table]:
    key = op.create_table(
        "notice_key",
        *_key(primary=True),
        sa.Column("kind", sa.String(16), primary_key=True),
        sa.Column("key", _word, primary_key=True),
        _of_notice(),
        sa.Index("ix_notice_key_key", "kind", "key"),
    )
    group = op.create_table(
        "name_group",
        sa.Column("letters", _word, primary_key=True),
        sa.Column("word", _word, primary_key=True),
        sa.Index("ix_name_group_word", "word"),
    )
    return key, group


def _create_inboxes() -> None:
    op.create_table(
        "notice_delivery",
        sa.Column("id", _serial, primary_key=True),
        sa.Column("ncb", sa.String(16), nullable=False),
        *_key(primary=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("event", sa.String(24), nullable=False),
        sa.Column("at", _time, nullable=False),
        sa.Column("read_at", _time, nullable=True),
        sa.Column("read_by", sa.String(128), nullable=True),
        _of_notice(),
        sa.Index("ix_notice_delivery_inbox", "ncb", "id"),
        sa.Index("ix_notice_delivery_notice", "colour", "entity_id"),
    )


def _take_over(row: dict[str, Any], version: sa.Table, change: sa.Table) -> None:
    """Give a notice on record its first version and its history."""
    connection = op.get_bind()
    place = {"colour": row["colour"], "entity_id": row["entity_id"], "version": 1}
    signed = {**place, "actor": "upgrade", "ncb": "", "at": _recorded(row)}
    content = {"fields": row["fields"], "person_id": row["person_id"], "language": "en"}
    first = {**signed, **content, "public_extract": False, "reason": ""}
    connection.execute(version.insert(), first)
    act = {**signed, "act": "import", "status": row["status"], "reasons": []}
    connection.execute(change.insert(), act)


def _recorded(row: dict[str, Any]) -> datetime:
    """When a notice was recorded; SQLite does not keep the zone."""
    at: datetime = row["recorded_at"]
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _date(notice: Notice, row: dict[str, Any]) -> None:
    """Note when a notice was published, when it ends, and when its person was born."""
    at, published = _recorded(row), row["status"] == "PUBLISHED"
    born = born_between(notice) or (None, None)
    here = (_notice.c.colour == row["colour"], _notice.c.entity_id == row["entity_id"])
    values = {
        "published_at": at if published else None,
        "expires_at": at + FIVE_YEARS if published else None,
        "born_first": born[0],
        "born_last": born[1],
    }
    op.get_bind().execute(_notice.update().where(*here).values(**values))


def _index(notice: Notice, key: sa.Table, group: sa.Table) -> None:
    """Write the keys; they are derived, so they are what this program makes of the notice."""
    connection, keys = op.get_bind(), keys_of(notice)
    place = {"colour": notice.colour.value, "entity_id": notice.entity_id}
    rows = [{**place, "kind": one.kind.value, "key": one.key} for one in keys]
    connection.execute(key.insert(), rows)
    names = {one.key for one in keys if one.kind in (KeyKind.NAME, KeyKind.FORENAME)}
    known = sa.select(group.c.word).where(group.c.word.in_(names))
    new = names - set(connection.execute(known).scalars())
    groups = [{"letters": g, "word": word} for word in new for g in letter_groups(word)]
    if groups:
        connection.execute(group.insert(), groups)
