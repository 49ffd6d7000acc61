"""People and programs that have accounts."""

from __future__ import annotations

from pydantic import Field

from api.schemas.base import Body, SelfLink, link
from engine.identity.accounts import Made, NewUser, UserChange
from engine.identity.clearance import Clearance, parse_clearance
from engine.identity.issuer import Bearer
from engine.identity.organisations import parse_languages
from engine.identity.roles import Scope, parse_roles, scope_text
from engine.identity.users import User

_ROLES = Field(description="Names of roles.", examples=[["examiner"]], max_length=10)
_CLEARANCE = Field(description="official, restricted or confidential.", examples=["restricted"])
_LANGUAGES = Field(description="Of ar, en, fr and es.", examples=[["fr"]], max_length=4)
_NAME = Field(max_length=200, examples=["Anne Martin"])


class UserOrder(Body):
    """A user to be."""

    login: str = Field(max_length=80, description="The bureau is added.", examples=["martin"])
    bureau: str = Field(max_length=16, description="Code of the organisation.", examples=["FR"])
    name: str = _NAME
    roles: list[str] = _ROLES
    clearance: str = Field(default=Clearance.OFFICIAL.label, examples=["restricted"])
    languages: list[str] = Field(default=[], examples=[["fr"]], max_length=4)
    subject: str | None = Field(
        default=None, max_length=200, description="Id at the external issuer, if there is one."
    )

    def to_user(self) -> NewUser:
        """The engine's form.

        Raises:
            BadRequest: an unknown role, clearance or language.
        """
        return NewUser(
            login=self.login,
            ncb=self.bureau,
            name=self.name,
            roles=parse_roles(self.roles),
            clearance=parse_clearance(self.clearance),
            languages=parse_languages(self.languages),
            subject=self.subject,
        )


class UserPatch(Body):
    """What to change of a user; what is left out stays."""

    name: str | None = Field(default=None, max_length=200, examples=["Anne Martin"])
    roles: list[str] | None = Field(default=None, max_length=10, examples=[["examiner"]])
    clearance: str | None = Field(default=None, examples=["restricted"])
    languages: list[str] | None = Field(default=None, max_length=4, examples=[["fr"]])

    def to_change(self) -> UserChange:
        """The engine's form.

        Raises:
            BadRequest: an unknown role, clearance or language.
        """
        return UserChange(
            name=self.name,
            roles=None if self.roles is None else parse_roles(self.roles),
            clearance=None if self.clearance is None else parse_clearance(self.clearance),
            languages=None if self.languages is None else parse_languages(self.languages),
        )


class UserView(Body):
    """A user."""

    id: str = Field(examples=["martin@fr"])
    name: str = _NAME
    bureau: str = Field(description="Code of the organisation.", examples=["FR"])
    roles: list[str] = _ROLES
    scopes: list[str] = Field(description="What the roles allow.", examples=[["search", "read"]])
    clearance: str = _CLEARANCE
    languages: list[str] = _LANGUAGES
    active: bool
    one_time_password: bool = Field(description="Whether the password must be changed first.")
    links: SelfLink = Field(alias="_links")


class NewUserView(UserView):
    """A user with the secret that was made, which is shown this once."""

    secret: str | None = Field(
        description="One-time password, or a service's client secret; none where an external "
        "issuer knows the user."
    )


class UserList(Body):
    """Users, by id."""

    users: list[UserView]


class MeView(Body):
    """Whoever asks."""

    id: str = Field(examples=["martin@fr"])
    name: str = _NAME
    bureau: str = Field(examples=["CN-HK"])
    ncb: str = Field(description="Bureau that the user acts for.", examples=["CN"])
    roles: list[str] = _ROLES
    scopes: list[str] = Field(description="What this token allows.", examples=[["search"]])
    clearance: str = _CLEARANCE
    languages: list[str] = _LANGUAGES


class PasswordOrder(Body):
    """One's own password, to be changed."""

    user: str = Field(max_length=80, examples=["martin@fr"])
    password: str = Field(max_length=256, description="The present one, or the one-time password.")
    new_password: str = Field(max_length=256, description="12 characters or more.")


def _user_facts(user: User) -> dict[str, object]:
    """A user by the names of `UserView`."""
    return {
        "id": user.id,
        "name": user.name,
        "bureau": user.organisation.code,
        "roles": sorted(user.roles),
        "scopes": scope_text(user.scopes).split(),
        "clearance": user.clearance.label,
        "languages": list(user.languages),
        "active": user.active,
        "one_time_password": user.one_time,
        "_links": SelfLink(self_=link("users", user.id)),
    }


def show_user(user: User) -> UserView:
    """A user."""
    return UserView.model_validate(_user_facts(user))


def show_made(made: Made) -> NewUserView:
    """A user with a new secret."""
    return NewUserView.model_validate({**_user_facts(made.user), "secret": made.secret})


def show_me(bearer: Bearer) -> MeView:
    """Whoever asks, with what this token allows."""
    user = bearer.user
    return MeView(
        id=user.id,
        name=user.name,
        bureau=user.organisation.code,
        ncb=user.organisation.ncb,
        roles=sorted(user.roles),
        scopes=[scope for scope in Scope if scope in bearer.scopes],
        clearance=user.clearance.label,
        languages=list(user.languages),
    )
