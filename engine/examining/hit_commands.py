"""Commands that read hits."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from engine.errors import BadInput
from engine.examination.hit import HitStatus, HitStep
from engine.examining.command_words import Most, Ncb, id_column
from engine.examining.hits import list_opened, open_hit, read_statistics, step_hit
from engine.gallery.hit_store import HitFilter
from engine.noticeboard.command_words import catalogue_of
from engine.terminal import DataDir, operator

hit_app = typer.Typer(help="Hits: confirmed identifications.", no_args_is_help=True)

HitId = Annotated[str, typer.Argument(help="Id of the hit.")]


def add_to(app: typer.Typer) -> None:
    """Add the group of commands to the application."""
    app.add_typer(hit_app, name="hit")


@hit_app.command("list")
def list_command(
    ncb: Ncb,
    status: Annotated[str | None, typer.Option(help="Such as open.")] = None,
    most: Most = 50,
    data_dir: DataDir = None,
) -> None:
    """List the hits between a bureau and others, the newest first."""
    wanted = HitFilter(0, most, _status(status))
    found, total = list_opened(catalogue_of(data_dir), wanted, operator(ncb))
    table = Table(id_column("hit"), "opened", "status", "searched by", "owned by", "person", "case")
    for one in found:
        shown = [one.id, f"{one.opened_at:%Y-%m-%d %H:%M}", one.status, one.sides.asking]
        table.add_row(*shown, one.sides.owner, escape(one.person_id), escape(one.case_ref))
    Console().print(table)
    Console().print(f"{len(found)} of {total}")


@hit_app.command("show")
def show_command(hit_id: HitId, ncb: Ncb, data_dir: DataDir = None) -> None:
    """Show a hit with all that was done with it, as JSON."""
    opened = open_hit(catalogue_of(data_dir), hit_id, operator(ncb))
    changes = [
        {**asdict(one), "by": {"ncb": one.by.ncb, "at": one.by.at}} for one in opened.changes
    ]
    shown = asdict(opened.file)
    if ncb != opened.file.sides.asking:
        del shown["search"]
    typer.echo(json.dumps({**shown, "changes": changes}, default=str, indent=1))


@hit_app.command("step")
def step_command(
    step: Annotated[HitStep, typer.Argument(help="confirm, refuse or close.")],
    hit_id: HitId,
    ncb: Ncb,
    reason: Annotated[str, typer.Option(help="Why.")] = "",
    data_dir: DataDir = None,
) -> None:
    """Take a step: the owner confirms or refuses, then either bureau closes."""
    after = step_hit(catalogue_of(data_dir), hit_id, step, reason, operator(ncb))
    Console().print(f"{hit_id} is {after.file.status}", soft_wrap=True)


@hit_app.command("count")
def count_command(
    ncb: Ncb,
    days: Annotated[int, typer.Option(help="So many days up to today.", min=1, max=366)] = 30,
    data_dir: DataDir = None,
) -> None:
    """Count hits by day and pair of regions: a bureau's own, or all for IPSG and CCC."""
    last = datetime.now(UTC).date()
    first = last - timedelta(days=days - 1)
    table = Table("day", "searched in", "owned in", "hits")
    for one in read_statistics(catalogue_of(data_dir), first, last, operator(ncb)):
        table.add_row(f"{one.day}", one.asking_region, one.owner_region, str(one.hits))
    Console().print(table)


def _status(text: str | None) -> HitStatus | None:
    """A status by name.

    Raises:
        BadInput: there is none of this name.
    """
    word = text and text.strip().lower()
    if word and word not in set(HitStatus):
        raise BadInput(f"unknown status {text!r}; known are: {', '.join(HitStatus)}")
    return HitStatus(word) if word else None
