"""The command by which a bureau sees which of its records end, and erases those that have."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from engine.gallery.gallery import INDEX_FOLDER
from engine.handling_commands import Ncb
from engine.identity.facts_shown import existing_catalogue
from engine.members import find_bureau
from engine.protection.erasing import purge_copies
from engine.retention import WARN_DAYS, Ending, list_ending, purge
from engine.terminal import DataDir, operator, settings_for


def expired_command(
    ncb: Ncb,
    erase: Annotated[
        bool, typer.Option("--purge", help="Erase those whose last day has passed, for good.")
    ] = False,
    warn_days: Annotated[
        int, typer.Option(min=0, max=3650, help="Name records that end within so many days.")
    ] = WARN_DAYS,
    data_dir: DataDir = None,
) -> None:
    """List a bureau's persons whose last day of use has passed or is near; or erase the former."""
    settings = settings_for(data_dir)
    catalogue = existing_catalogue(settings)
    asker, today = operator(find_bureau(ncb).code), datetime.now(UTC).date()
    if not erase:
        _show(list_ending(catalogue, asker, today, warn_days))
        return
    gone = purge(catalogue, asker, today)
    _show(gone)
    console = Console()
    console.print(f"{len(gone)} persons erased")
    if gone:
        purged = purge_copies(catalogue, settings.data_dir / INDEX_FOLDER)
        console.print(f"{purged.prints} prints taken out of index files: none left", soft_wrap=True)


def _show(ending: list[Ending]) -> None:
    """Print which records end."""
    table = Table("person", "last day", "state")
    for one in ending:
        table.add_row(one.person_id, one.until.isoformat(), "over" if one.over else "ends soon")
    Console().print(table)
