"""Commands for people and programs that have accounts."""

from __future__ import annotations

import json
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from engine.gallery.catalogue import open_catalogue
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
from engine.identity.facts_shown import AsJson, existing_catalogue, show_facts
from engine.identity.organisations import parse_languages
from engine.identity.proof import change_password
from engine.identity.roles import parse_roles, scope_text
from engine.identity.users import User
from engine.terminal import DataDir, operator, settings_for

group = typer.Typer(help="Manage the people and programs that have accounts.")

UserId = Annotated[str, typer.Argument(help="Id of the user, such as martin@fr.")]
Roles = Annotated[
    list[str], typer.Option("--role", help="Role; give it once for each, such as examiner.")
]


@group.command("add")
def add_command(  # noqa: PLR0913 - each argument is an option of the command
    login: Annotated[str, typer.Argument(help="Login; the bureau is added: martin@fr.")],
    ncb: Annotated[str, typer.Option(help="Bureau, such as FR or CN-HK, or IPSG or CCC.")],
    role: Roles,
    name: Annotated[str | None, typer.Option(help="Name for people to read.")] = None,
    clearance: Annotated[
        str, typer.Option(help="official, restricted or confidential.")
    ] = Clearance.OFFICIAL.label,
    language: Annotated[
        list[str] | None, typer.Option(help="ar, en, fr or es; once for each.")
    ] = None,
    subject: Annotated[
        str | None, typer.Option(help="Id of the user at your OIDC issuer, if you have one.")
    ] = None,
    data_dir: DataDir = None,
) -> None:
    """Make an account and print its one-time password, or a service's client secret."""
    new = NewUser(
        login=login,
        ncb=ncb,
        name=name or login,
        roles=parse_roles(role),
        clearance=parse_clearance(clearance),
        languages=parse_languages(language or []),
        subject=subject,
    )
    _tell_secret(create_user(open_catalogue(settings_for(data_dir)), new, operator()), "added")


@group.command("list")
def list_command(
    ncb: Annotated[str | None, typer.Option(help="Only those of this bureau.")] = None,
    as_json: AsJson = False,
    data_dir: DataDir = None,
) -> None:
    """List the accounts."""
    users = look_up_users(existing_catalogue(settings_for(data_dir)), operator(), ncb)
    if as_json:
        typer.echo(json.dumps([_facts(user) for user in users]))
        return
    table = Table("id", "name", "bureau", "roles", "clearance", "state")
    for user in users:
        cells = (user.id, escape(user.name), user.organisation.code, ", ".join(sorted(user.roles)))
        table.add_row(*cells, user.clearance.label, _state(user))
    Console().print(table if users else "nobody has an account; `whorl user add` makes one")


@group.command("show")
def show_command(user_id: UserId, as_json: AsJson = False, data_dir: DataDir = None) -> None:
    """Show an account."""
    user = look_up_user(existing_catalogue(settings_for(data_dir)), user_id, operator())
    show_facts(_facts(user), as_json=as_json)


@group.command("disable")
def disable_command(user_id: UserId, data_dir: DataDir = None) -> None:
    """Take all rights from a user at once."""
    user = disable_user(existing_catalogue(settings_for(data_dir)), user_id, operator())
    Console().print(f"{user.id} is disabled and signed out everywhere")


@group.command("enable")
def enable_command(user_id: UserId, data_dir: DataDir = None) -> None:
    """Give a disabled user the rights of the roles again."""
    user = enable_user(existing_catalogue(settings_for(data_dir)), user_id, operator())
    Console().print(f"{user.id} is active again")


@group.command("roles")
def roles_command(
    user_id: UserId,
    role: Roles,
    clearance: Annotated[
        str | None, typer.Option(help="official, restricted or confidential.")
    ] = None,
    data_dir: DataDir = None,
) -> None:
    """Replace the roles of a user, and the clearance if it is given."""
    change = UserChange(
        roles=parse_roles(role),
        clearance=None if clearance is None else parse_clearance(clearance),
    )
    user = change_user(existing_catalogue(settings_for(data_dir)), user_id, change, operator())
    Console().print(f"{user.id}: {', '.join(sorted(user.roles))}; may {scope_text(user.scopes)}")


@group.command("reset-password")
def reset_command(user_id: UserId, data_dir: DataDir = None) -> None:
    """Print a new one-time password, or a service's new client secret; signs the user out."""
    made = reset_password(existing_catalogue(settings_for(data_dir)), user_id, operator())
    _tell_secret(made, "reset")


@group.command("password")
def password_command(
    user_id: UserId,
    old: Annotated[
        str, typer.Option(prompt="Present password", hide_input=True, help="Asked for if left out.")
    ],
    new: Annotated[
        str,
        typer.Option(
            prompt="New password",
            hide_input=True,
            confirmation_prompt=True,
            help="Asked for if left out.",
        ),
    ],
    data_dir: DataDir = None,
) -> None:
    """Change your own password, the one-time password too."""
    user = change_password(existing_catalogue(settings_for(data_dir)), user_id, old, new)
    Console().print(f"the password of {user.id} is changed")


def _tell_secret(made: Made, what: str) -> None:
    """Print what is never shown again."""
    console = Console(highlight=False, soft_wrap=True)
    console.print(f"{made.user.id} {what}; may {scope_text(made.user.scopes)}")
    if made.user.is_service:
        console.print(f"client secret: [bold]{made.secret}[/]  (shown once; keep it safe)")
    elif made.secret is not None:
        console.print(f"one-time password: [bold]{made.secret}[/]")
        console.print("it must be changed within three days, by `whorl user password` or "
                      "POST /v1/password, before the user can sign in")  # fmt: skip


def _facts(user: User) -> dict[str, object]:
    """An account as plain values."""
    return {
        "id": user.id,
        "name": user.name,
        "bureau": user.organisation.code,
        "roles": sorted(user.roles),
        "scopes": scope_text(user.scopes).split(),
        "clearance": user.clearance.label,
        "languages": list(user.languages),
        "state": _state(user),
        "subject": user.subject,
    }


def _state(user: User) -> str:
    """Whether a user can sign in."""
    if not user.active:
        return "disabled"
    return "password to be changed" if user.one_time else "active"
