"""Tokens and what is told about their issuer."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Literal

from pydantic import Field

from api.schemas.base import Body
from engine.identity.issuer import Grant
from engine.identity.keys import ALGORITHM
from engine.identity.roles import Scope, scope_text


class TokenView(Body):
    """Tokens (RFC 6749, section 5.1)."""

    access_token: str = Field(description="Send it with every request.")
    token_type: Literal["Bearer"] = "Bearer"  # noqa: S105 - no password
    expires_in: int = Field(description="Seconds.", examples=[600])
    refresh_token: str | None = Field(
        default=None, description="For the next tokens; good for one use."
    )
    scope: str = Field(description="What the token allows.", examples=["search read"])


class OAuthProblem(Body):
    """A refusal (RFC 6749, section 5.2)."""

    error: str = Field(examples=["invalid_grant"])
    error_description: str = Field(examples=["unknown user, wrong password or secret"])


class IssuerView(Body):
    """Where tokens come from (OpenID Connect Discovery, RFC 8414)."""

    issuer: str = Field(examples=["https://whorl.example.org"])
    token_endpoint: str
    revocation_endpoint: str
    jwks_uri: str
    scopes_supported: list[str]
    response_types_supported: tuple[str, ...] = ()
    grant_types_supported: tuple[str, ...] = ("password", "refresh_token", "client_credentials")
    token_endpoint_auth_methods_supported: tuple[str, ...] = (
        "client_secret_basic",
        "client_secret_post",
    )
    subject_types_supported: tuple[str, ...] = ("public",)
    id_token_signing_alg_values_supported: tuple[str, ...] = (ALGORITHM,)


class KeySetView(Body):
    """The keys that tokens are verified with (RFC 7517)."""

    keys: list[dict[str, Any]]


def show_grant(grant: Grant) -> TokenView:
    """Tokens for a caller."""
    left = grant.claims.expires_at - datetime.now(UTC)
    return TokenView(
        access_token=grant.access_token,
        expires_in=max(round(left.total_seconds()), 0),
        refresh_token=grant.refresh_token,
        scope=scope_text(grant.claims.scopes),
    )


def show_issuer(url: str) -> IssuerView:
    """What is told about the built-in issuer at a URL."""
    return IssuerView(
        issuer=url,
        token_endpoint=f"{url}/v1/token",
        revocation_endpoint=f"{url}/v1/token/revoke",
        jwks_uri=f"{url}/.well-known/jwks.json",
        scopes_supported=list(Scope),
    )
