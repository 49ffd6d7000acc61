"""The audit chain names roles and persons, so that owners list all accesses to their records.

Rows from before keep their form, which says neither; their hashes stay good.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add the columns, the table and the indexes that readers need."""
    for column in (
        sa.Column("form", sa.SmallInteger, nullable=False, server_default="1"),
        sa.Column("roles", sa.Text, nullable=False, server_default=""),
        sa.Column("persons", sa.String(64), nullable=False, server_default=""),
    ):
        op.add_column("audit", column)
    op.create_index("ix_audit_actor", "audit", ["actor", "number"])
    op.create_index("ix_audit_ncb", "audit", ["ncb", "number"])
    op.create_index("ix_audit_at", "audit", ["at"])
    op.create_table(
        "audit_person",
        sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("person_id", sa.String(64), primary_key=True),
        sa.Column("owner", sa.String(16), nullable=False),
        sa.Column("way", sa.String(8), nullable=False),
        sa.Index("ix_audit_person_person", "person_id", "number"),
        sa.Index("ix_audit_person_owner", "owner", "number"),
    )
