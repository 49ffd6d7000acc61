"""How records are handled: restriction and classification of persons and prints.

Records from before are their bureau's, open to all and of the lowest class, as they were.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_serial = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Add the columns and tables."""
    text, small = sa.Text, sa.SmallInteger
    for column in (
        sa.Column("restriction", sa.String(5), nullable=False, server_default="ALL"),
        sa.Column("ncbs", text, nullable=False, server_default=""),
        sa.Column("classification", small, nullable=False, server_default="1"),
        sa.Column("revision", sa.Integer, nullable=False, server_default="1"),
    ):
        op.add_column("person", column)
    op.create_table(
        "print_handling",
        sa.Column(
            "print_id", _serial, sa.ForeignKey("print.id"), primary_key=True, autoincrement=False
        ),
        sa.Column("restriction", sa.String(5), nullable=False),
        sa.Column("ncbs", text, nullable=False),
        sa.Column("classification", small, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
    )
    clock = op.create_table(
        "policy_clock",
        sa.Column("id", small, primary_key=True, autoincrement=False),
        sa.Column("value", sa.BigInteger, nullable=False),
    )
    op.bulk_insert(clock, [{"id": 1, "value": 0}])
