"""One's own account."""

from __future__ import annotations

from fastapi import APIRouter, Request, status

from api.asking import BearerDep
from api.descriptions import problems
from api.schemas.users import MeView, PasswordOrder, show_me
from api.service import ServiceDep
from api.signing_in import built_in_issuer, counted_try
from engine.identity.proof import change_password

router = APIRouter(prefix="/v1", tags=["identity"])


@router.get("/me")
def get_me(bearer: BearerDep) -> MeView:
    """Who you are, and what your token allows."""
    return show_me(bearer)


@router.post(
    "/password",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problems(400, 404, 422, 429, 503),
)
def post_password(order: PasswordOrder, request: Request, service: ServiceDep) -> None:
    """Change your password, the one-time password too; ends all your sign-ins."""
    with counted_try(request, service):
        catalogue = built_in_issuer(service).catalogue
        change_password(catalogue, order.user, order.password, order.new_password)
