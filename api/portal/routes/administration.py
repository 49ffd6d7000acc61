"""Administration: the people of a bureau, and what each may do."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import Request, Response

from api.portal.asking import PageAsker
from api.portal.forms import FormDep, PortalForm, portal_router
from api.portal.pages import go, show
from api.service import Service, ServiceDep
from engine.asker import Asker
from engine.errors import BadRequest, Conflict, Forbidden
from engine.identity.accounts import (
    Made,
    NewUser,
    UserChange,
    change_user,
    create_user,
    disable_user,
    enable_user,
    look_up_user,
    look_up_users,
    reset_password,
)
from engine.identity.clearance import Clearance, parse_clearance
from engine.identity.management import require_holding, require_power_over, require_right_to_disable
from engine.identity.organisations import LANGUAGES, parse_languages
from engine.identity.roles import Role, parse_roles
from engine.identity.users import User

router = portal_router("portal")

PEOPLE = "/portal/administration"


@router.get(PEOPLE)
def get_people(request: Request, asker: PageAsker, service: ServiceDep) -> Response:
    """The users whom one manages, and the form of a new one."""
    return _people(request, service, asker, PortalForm())


@router.post(PEOPLE)
def post_person(request: Request, form: FormDep, asker: PageAsker, service: ServiceDep) -> Response:
    """Make an account; its one-time password is shown this once."""
    try:
        made = create_user(service.catalogue, _new_user(form, asker), asker)
    except (BadRequest, Conflict) as error:
        return _people(request, service, asker, form, wrong=_field(error))
    return _one(request, made.user, asker, made=made)


@router.get(f"{PEOPLE}/people/{{user_id}}")
def get_person(user_id: str, request: Request, asker: PageAsker, service: ServiceDep) -> Response:
    """A user whom one manages."""
    return _one(request, look_up_user(service.catalogue, user_id, asker), asker)


@router.post(f"{PEOPLE}/people/{{user_id}}")
def post_change(
    user_id: str, form: FormDep, request: Request, asker: PageAsker, service: ServiceDep
) -> Response:
    """Change name, roles, clearance and languages."""
    try:
        change = UserChange(
            name=form.one("name"),
            roles=parse_roles(form.many("roles")),
            clearance=parse_clearance(form.one("clearance")),
            languages=parse_languages(form.many("languages")),
        )
        change_user(service.catalogue, user_id, change, asker)
    except BadRequest as error:
        user = look_up_user(service.catalogue, user_id, asker)
        return _one(request, user, asker, wrong=_field(error))
    return go(f"{PEOPLE}/people/{user_id}", "user-changed")


@router.post(f"{PEOPLE}/people/{{user_id}}/disable")
def post_disabling(user_id: str, asker: PageAsker, service: ServiceDep) -> Response:
    """Take all rights from a user at once."""
    disable_user(service.catalogue, user_id, asker)
    return go(f"{PEOPLE}/people/{user_id}", "user-disabled")


@router.post(f"{PEOPLE}/people/{{user_id}}/enable")
def post_enabling(user_id: str, asker: PageAsker, service: ServiceDep) -> Response:
    """Give a disabled user the rights of the roles again."""
    enable_user(service.catalogue, user_id, asker)
    return go(f"{PEOPLE}/people/{user_id}", "user-enabled")


@router.post(f"{PEOPLE}/people/{{user_id}}/reset-password")
def post_reset(user_id: str, request: Request, asker: PageAsker, service: ServiceDep) -> Response:
    """Make a new one-time password, which is shown this once; signs the user out."""
    made = reset_password(service.catalogue, user_id, asker)
    return _one(request, made.user, asker, made=made)


def _new_user(form: PortalForm, asker: Asker) -> NewUser:
    """The user of a form.

    Raises:
        BadRequest: an unknown role, clearance or language.
    """
    return NewUser(
        login=form.one("login"),
        ncb=form.one("bureau") or asker.bureau,
        name=form.one("name"),
        roles=parse_roles(form.many("roles")),
        clearance=parse_clearance(form.one("clearance")),
        languages=parse_languages(form.many("languages")),
    )


def _people(
    request: Request, service: Service, asker: Asker, form: PortalForm, *, wrong: str = ""
) -> Response:
    """The list, with what was entered and which field is wrong."""
    people = look_up_users(service.catalogue, asker)
    said = {name: form.one(name) for name in ("login", "bureau", "name", "clearance")}
    return show(
        request, "administration/people.html", 422 if wrong else 200,
        people=people, said=said, chosen=form.many("roles"), spoken=form.many("languages"),
        wrong=wrong, bureau=asker.bureau, **_choices(asker),
    )  # fmt: skip


def _one(
    request: Request, user: User, asker: Asker, *, made: Made | None = None, wrong: str = ""
) -> Response:
    """The page of a user; a secret is on it once."""
    return show(
        request, "administration/person.html", 422 if wrong else 200,
        person=user, made=made, wrong=wrong, may_change=_may(require_power_over, asker, user),
        may_disable=_may(require_right_to_disable, asker, user), **_choices(asker),
    )  # fmt: skip


def _may(rule: Callable[[Asker, User], None], asker: Asker, user: User) -> bool:
    """Whether a rule lets the asker do something with an account."""
    try:
        rule(asker, user)
    except Forbidden:
        return False
    return True


def _choices(asker: Asker) -> dict[str, object]:
    """What can be given: the roles and clearances that the asker holds all of."""
    return {
        "roles": [one.value for one in Role if _can_give(asker, one, Clearance.OFFICIAL)],
        "clearances": [one.label for one in Clearance if one <= asker.clearance],
        "official": LANGUAGES,
    }


def _can_give(asker: Asker, role: Role, clearance: Clearance) -> bool:
    """Whether the asker holds all that a role gives."""
    try:
        require_holding(asker, {role}, clearance)
    except Forbidden:
        return False
    return True


def _field(error: BadRequest | Conflict) -> str:
    """The field that is wrong."""
    if isinstance(error, Conflict):
        return "taken"
    said = str(error)
    words = {"login": "login", "role": "roles", "service": "roles", "name": "name"}
    return next((field for word, field in words.items() if word in said), "bureau")
