"""Organisations, accounts and sign-ins."""

import sqlalchemy as sa
from alembic import op

from engine.members import bureaus

revision = "0002"
down_revision = "0001"

_time = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Create the tables, and the organisations that there are."""
    # Codes of organisations are longer than those of countries.
    with op.batch_alter_table("audit") as batch:
        batch.alter_column("ncb", type_=sa.String(16), existing_nullable=False)
    _create_organisations()
    _create_accounts()
    _create_sign_ins()


def _create_organisations() -> None:
    organisation = op.create_table(
        "organisation",
        sa.Column("code", sa.String(16), primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column(
            "parent", sa.String(16), sa.ForeignKey("organisation.code"), nullable=True, index=True
        ),
        sa.Column("region", sa.String(40), nullable=True),
        sa.Column("city", sa.Text, nullable=False),
        sa.Column("languages", sa.JSON, nullable=False),
    )
    op.bulk_insert(organisation, [*_centres(), *_members()])


def _members() -> list[dict[str, object]]:
    return [
        {
            "code": bureau.code,
            "name": bureau.name,
            "kind": "ncb",
            "parent": None,
            "region": bureau.region,
            "city": bureau.city,
            "languages": list(bureau.languages),
        }
        for bureau in bureaus().values()
    ]


def _centres() -> list[dict[str, object]]:
    languages = ["ar", "en", "fr", "es"]
    return [
        {
            "code": "IPSG",
            "name": "INTERPOL General Secretariat",
            "kind": "general_secretariat",
            "parent": None,
            "region": None,
            "city": "Lyon",
            "languages": languages,
        },
        {
            "code": "CCC",
            "name": "Command and Coordination Centre",
            "kind": "ccc",
            "parent": None,
            "region": None,
            "city": "Lyon, Buenos Aires, Singapore",
            "languages": languages,
        },
    ]


def _create_accounts() -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.String(80), primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column(
            "organisation",
            sa.String(16),
            sa.ForeignKey("organisation.code"),
            nullable=False,
            index=True,
        ),
        sa.Column("roles", sa.JSON, nullable=False),
        sa.Column("clearance", sa.SmallInteger, nullable=False),
        sa.Column("languages", sa.JSON, nullable=False),
        sa.Column("active", sa.Boolean, nullable=False),
        sa.Column("subject", sa.String(200), nullable=True, unique=True),
        sa.Column("secret", sa.Text, nullable=True),
        sa.Column("one_time_until", _time, nullable=True),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("failed_at", _time, nullable=True),
        sa.Column("added_at", _time, nullable=False),
    )


def _create_sign_ins() -> None:
    op.create_table(
        "sign_in",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column(
            "account", sa.String(80), sa.ForeignKey("account.id"), nullable=False, index=True
        ),
        sa.Column("scopes", sa.JSON, nullable=False),
        sa.Column("began_at", _time, nullable=False),
        sa.Column("ends_at", _time, nullable=False, index=True),
        sa.Column("ended", sa.String(32), nullable=True),
    )
    op.create_table(
        "refresh_token",
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column(
            "sign_in", sa.String(32), sa.ForeignKey("sign_in.id"), nullable=False, index=True
        ),
        sa.Column("used_at", _time, nullable=True),
    )
