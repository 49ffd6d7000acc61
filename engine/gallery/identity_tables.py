"""The catalogue's tables of organisations, accounts and sign-ins."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    Integer,
    SmallInteger,
    String,
    Table,
    Text,
)

from engine.gallery.tables import metadata

organisation = Table(
    "organisation",
    metadata,
    Column("code", String(16), primary_key=True),
    Column("name", Text, nullable=False),
    Column("kind", String(24), nullable=False),
    Column("parent", String(16), ForeignKey("organisation.code"), nullable=True, index=True),
    # A member can change its region; null for organisations that are in none.
    Column("region", String(40), nullable=True),
    Column("city", Text, nullable=False),
    Column("languages", JSON, nullable=False),
)

account = Table(
    "account",
    metadata,
    Column("id", String(80), primary_key=True),
    Column("name", Text, nullable=False),
    Column("organisation", String(16), ForeignKey("organisation.code"), nullable=False, index=True),
    Column("roles", JSON, nullable=False),
    Column("clearance", SmallInteger, nullable=False),
    Column("languages", JSON, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("subject", String(200), nullable=True, unique=True),
    # An argon2id hash; the password itself is nowhere.
    Column("secret", Text, nullable=True),
    Column("one_time_until", DateTime(timezone=True), nullable=True),
    Column("failures", Integer, nullable=False),
    Column("failed_at", DateTime(timezone=True), nullable=True),
    Column("added_at", DateTime(timezone=True), nullable=False),
)

sign_in = Table(
    "sign_in",
    metadata,
    # Every access token names its sign-in: ending that ends the token.
    Column("id", String(32), primary_key=True),
    Column("account", String(80), ForeignKey("account.id"), nullable=False, index=True),
    Column("scopes", JSON, nullable=False),
    Column("began_at", DateTime(timezone=True), nullable=False),
    Column("ends_at", DateTime(timezone=True), nullable=False, index=True),
    Column("ended", String(32), nullable=True),
)

refresh_token = Table(
    "refresh_token",
    metadata,
    # Only digests: who reads the catalogue learns no token.
    Column("digest", String(64), primary_key=True),
    Column("sign_in", String(32), ForeignKey("sign_in.id"), nullable=False, index=True),
    Column("used_at", DateTime(timezone=True), nullable=True),
)

portal_session = Table(
    "portal_session",
    metadata,
    # Only digests, as of refresh tokens: who reads the catalogue takes over no session.
    Column("digest", String(64), primary_key=True),
    Column("sign_in", String(32), ForeignKey("sign_in.id"), nullable=False, index=True),
    Column("seen_at", DateTime(timezone=True), nullable=False),
)

portal_setting = Table(
    "portal_setting",
    metadata,
    Column("account", String(80), ForeignKey("account.id"), primary_key=True),
    Column("language", String(2), nullable=False),
)
