"""What all commands share: options, progress bars, tables."""

from __future__ import annotations

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from engine.asker import Asker
from engine.identity.clearance import Clearance
from engine.identity.roles import FIRST_ROLES, scopes_of
from engine.policy import Purpose, parse_purpose
from engine.settings import Settings

DataDir = Annotated[
    Path | None,
    typer.Option(help="Folder of the gallery; else WHORL_DATA_DIR, else ./whorl-data."),
]


Why = Annotated[str, typer.Option(help=f"Why: one of {', '.join(Purpose)}.")]


def settings_for(data_dir: Path | None) -> Settings:
    """Settings from the environment, with the folder of an option if one was given."""
    return Settings() if data_dir is None else Settings(data_dir=data_dir)


def operator(ncb: str = "", purpose: str = "administration", case_ref: str = "") -> Asker:
    """Whoever runs the command: it takes the files of the machine, so it holds all rights.

    Raises:
        BadRequest: the purpose is unknown.
    """
    return Asker(
        actor=f"cli:{getpass.getuser()}",
        ncb=ncb,
        purpose=parse_purpose(purpose).value,
        case_ref=case_ref,
        bureau=ncb,
        roles=FIRST_ROLES,
        scopes=scopes_of(FIRST_ROLES),
        clearance=Clearance.CONFIDENTIAL,
    )


@contextmanager
def progress_bar(title: str, total: int | None) -> Iterator[Progress]:
    """A bar on standard error; its only task is number 0."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        progress.add_task(title, total=total)
        yield progress
