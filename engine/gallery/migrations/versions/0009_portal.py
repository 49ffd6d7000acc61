"""Sessions of the portal, and how its users want it shown."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "portal_session",
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column(
            "sign_in", sa.String(32), sa.ForeignKey("sign_in.id"), nullable=False, index=True
        ),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "portal_setting",
        sa.Column("account", sa.String(80), sa.ForeignKey("account.id"), primary_key=True),
        sa.Column("language", sa.String(2), nullable=False),
    )
