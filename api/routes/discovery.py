"""What is told about the issuer of tokens, so that other programs can verify them."""

from __future__ import annotations

from datetime import UTC, datetime

from fastapi import APIRouter

from api.descriptions import problems
from api.schemas.tokens import IssuerView, KeySetView, show_issuer
from api.service import ServiceDep
from api.signing_in import built_in_issuer

router = APIRouter(prefix="/.well-known", tags=["identity"])


@router.get("/openid-configuration", responses=problems(404))
def get_configuration(service: ServiceDep) -> IssuerView:
    """Where tokens are issued, and how."""
    return show_issuer(built_in_issuer(service).expected.issuer)


@router.get("/jwks.json", responses=problems(404, 503))
def get_keys(service: ServiceDep) -> KeySetView:
    """The keys that verify tokens; a retired one stays until its tokens have ended."""
    keys = built_in_issuer(service).keys
    return KeySetView.model_validate(keys.public_set(datetime.now(UTC)))
