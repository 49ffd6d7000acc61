"""Keys that seal templates, images and other payload; what was JSON becomes bytes to be sealed.

Rows from before are sealed by `whorl upgrade`, portion by portion, after this.
"""

import json

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Create the table of keys, and let two columns hold bytes."""
    op.create_table(
        "data_key",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("owner", sa.String(16), nullable=False, index=True),
        sa.Column("state", sa.String(9), nullable=False),
        sa.Column("master", sa.String(32), nullable=False),
        sa.Column("wrapped", sa.LargeBinary, nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
    )
    # Answers of jobs wait a day at most: they are forgotten rather than brought along.
    op.execute("DELETE FROM job")
    op.drop_column("job", "answer")
    op.add_column("job", sa.Column("answer", sa.LargeBinary, nullable=True))
    _turn_pairs_into_bytes()


def _turn_pairs_into_bytes() -> None:
    """Marked minutiae as the bytes of their JSON."""
    table = sa.table(
        "examination_decision",
        sa.column("examination_id", sa.String),
        sa.column("number", sa.Integer),
        sa.column("marks", sa.JSON),
        sa.column("pairs", sa.LargeBinary),
    )
    op.execute("ALTER TABLE examination_decision RENAME COLUMN pairs TO marks")
    empty = sa.text("''")
    op.add_column(
        "examination_decision",
        sa.Column("pairs", sa.LargeBinary, nullable=False, server_default=empty),
    )
    connection = op.get_bind()
    for row in connection.execute(sa.select(table)).all():
        same = (table.c.examination_id == row.examination_id) & (table.c.number == row.number)
        content = json.dumps(row.marks).encode()
        connection.execute(sa.update(table).where(same).values(pairs=content))
    op.drop_column("examination_decision", "marks")
