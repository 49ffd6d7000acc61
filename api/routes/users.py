"""Users, managed by the officers of their bureaus."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response, status

from api.asking import AskerDep
from api.descriptions import problems
from api.schemas.users import (
    NewUserView,
    UserList,
    UserOrder,
    UserPatch,
    UserView,
    show_made,
    show_user,
)
from api.service import ServiceDep
from engine.identity.accounts import (
    change_user,
    create_user,
    disable_user,
    enable_user,
    look_up_user,
    look_up_users,
    reset_password,
)

router = APIRouter(prefix="/v1/users", tags=["users"])


@router.get("", responses=problems(400, 503))
def get_users(
    asker: AskerDep,
    service: ServiceDep,
    bureau: Annotated[
        str | None, Query(max_length=16, description="Only those of this organisation.")
    ] = None,
) -> UserList:
    """The users whom you manage."""
    users = look_up_users(service.catalogue, asker, bureau)
    return UserList(users=[show_user(user) for user in users])


@router.post("", status_code=status.HTTP_201_CREATED, responses=problems(400, 409, 422, 503))
def post_user(
    order: UserOrder, asker: AskerDep, service: ServiceDep, response: Response
) -> NewUserView:
    """Make an account in your bureau, with no rights that you do not hold."""
    shown = show_made(create_user(service.catalogue, order.to_user(), asker))
    response.headers["Location"] = shown.links.self_.href
    return shown


@router.get("/{user_id}", responses=problems(404, 503))
def get_user(user_id: str, asker: AskerDep, service: ServiceDep) -> UserView:
    """A user whom you manage."""
    return show_user(look_up_user(service.catalogue, user_id, asker))


@router.patch("/{user_id}", responses=problems(400, 404, 422, 503))
def patch_user(user_id: str, patch: UserPatch, asker: AskerDep, service: ServiceDep) -> UserView:
    """Change a user's name, roles, clearance or languages. Rights taken away are gone at once."""
    return show_user(change_user(service.catalogue, user_id, patch.to_change(), asker))


@router.post("/{user_id}/disable", responses=problems(404, 503))
def post_disabling(user_id: str, asker: AskerDep, service: ServiceDep) -> UserView:
    """Take all rights from a user at once."""
    return show_user(disable_user(service.catalogue, user_id, asker))


@router.post("/{user_id}/enable", responses=problems(404, 503))
def post_enabling(user_id: str, asker: AskerDep, service: ServiceDep) -> UserView:
    """Give a disabled user the rights of the roles again."""
    return show_user(enable_user(service.catalogue, user_id, asker))


@router.post("/{user_id}/reset-password", responses=problems(404, 503))
def post_reset(user_id: str, asker: AskerDep, service: ServiceDep) -> NewUserView:
    """Make a new one-time password, or a service's new client secret; signs the user out."""
    return show_made(reset_password(service.catalogue, user_id, asker))
