"""Commands for the callbacks of a bureau."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from engine.events.event import EventKind
from engine.examining.command_words import Ncb, id_column
from engine.noticeboard.command_words import catalogue_of
from engine.terminal import DataDir, operator, settings_for
from engine.webhooks.address import allowed_by
from engine.webhooks.registering import enable, list_dead, list_own, register, remove

webhook_app = typer.Typer(
    help="Callbacks: a bureau's server gets its events.", no_args_is_help=True
)

WebhookId = Annotated[str, typer.Argument(help="Id of the callback.")]


def add_to(app: typer.Typer) -> None:
    """Add the group of commands to the application."""
    app.add_typer(webhook_app, name="webhook")


@webhook_app.command("add")
def add_command(
    url: Annotated[str, typer.Argument(help="HTTPS address of a host in WHORL_WEBHOOK_HOSTS.")],
    ncb: Ncb,
    kind: Annotated[list[EventKind] | None, typer.Option(help="Of events; once for each.")] = None,
    data_dir: DataDir = None,
) -> None:
    """Register a callback for what happens from now on."""
    settings = settings_for(data_dir)
    allowed = allowed_by(settings.webhook_hosts, loopback=settings.webhook_loopback_for_tests)
    made = register(catalogue_of(data_dir), url, kind or [], allowed, operator(ncb))
    Console().print(made.id)


@webhook_app.command("list")
def list_command(ncb: Ncb, data_dir: DataDir = None) -> None:
    """List the callbacks of a bureau."""
    table = Table(id_column("callback"), "address", "kinds", "state", "failures")
    for one in list_own(catalogue_of(data_dir), operator(ncb)):
        kinds = " ".join(sorted(one.kinds)) or "all"
        table.add_row(one.id, escape(one.url), kinds, one.state, str(one.failures))
    Console().print(table)


@webhook_app.command("remove")
def remove_command(webhook: WebhookId, ncb: Ncb, data_dir: DataDir = None) -> None:
    """Remove a callback, with what was still to be sent."""
    remove(catalogue_of(data_dir), webhook, operator(ncb))


@webhook_app.command("enable")
def enable_command(webhook: WebhookId, ncb: Ncb, data_dir: DataDir = None) -> None:
    """Switch a callback on, and try again what was given up."""
    Console().print(enable(catalogue_of(data_dir), webhook, operator(ncb)).state.value)


@webhook_app.command("dead")
def dead_command(webhook: WebhookId, ncb: Ncb, data_dir: DataDir = None) -> None:
    """List what did not arrive and was given up."""
    table = Table(id_column("event"), "kind", "at", "tries", "fault")
    for one in list_dead(catalogue_of(data_dir), webhook, operator(ncb)):
        what, at = f"{one.event.kind} {one.event.act}", f"{one.event.at:%Y-%m-%d %H:%M}"
        table.add_row(one.event.token, what, at, str(one.call.tries), escape(one.call.fault))
    Console().print(table)
