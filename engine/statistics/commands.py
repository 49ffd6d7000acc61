"""The command that shows statistics."""

from __future__ import annotations

from dataclasses import astuple, fields
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from engine.examining.command_words import Ncb
from engine.gallery.statistics_store import Days
from engine.noticeboard.command_words import catalogue_of
from engine.statistics.reading import MOST_DAYS, Statistics, read_all_statistics
from engine.terminal import DataDir, operator


def add_to(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("statistics")(statistics_command)


def statistics_command(
    ncb: Ncb,
    days: Annotated[int, typer.Option(min=1, max=MOST_DAYS, help="How many, up to today.")] = 30,
    data_dir: DataDir = None,
) -> None:
    """Count notices, hits, searches and messages by day and region, as an organisation may."""
    last = datetime.now(UTC).date()
    first = last - timedelta(days=days - 1)
    found = read_all_statistics(catalogue_of(data_dir), first, last, operator(ncb))
    for one in fields(Statistics):
        value = getattr(found, one.name)
        if not isinstance(value, Days):
            _show(one.name, value)


def _show(title: str, counts: tuple[Any, ...]) -> None:
    """Print one table; nothing where there is nothing."""
    if not counts:
        return
    table = Table(*(one.name.replace("_", " ") for one in fields(counts[0])), title=title)
    for one in counts:
        table.add_row(*("" if value is None else str(value) for value in astuple(one)))
    Console().print(table)
