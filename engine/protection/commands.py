"""Commands for the keys that protect records at rest."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from engine.gallery.gallery import INDEX_FOLDER
from engine.gallery.index_writing import Purged
from engine.gallery.key_store import list_keys
from engine.handling_commands import Ncb, PersonId
from engine.identity.facts_shown import existing_catalogue
from engine.members import find_bureau
from engine.protection.erasing import destroy_keys, erase_own_person, purge_copies
from engine.protection.rotating import finish_rotation, rotate_data, rotate_master
from engine.terminal import DataDir, operator, progress_bar, settings_for

master_group = typer.Typer(help="The key that wraps all data keys.", no_args_is_help=True)
data_group = typer.Typer(help="The keys that seal the bureaus' records.", no_args_is_help=True)

Owner = Annotated[str, typer.Option(help="Bureau whose keys are meant, such as FR.")]


def _purged(purged: Purged) -> str:
    """What became of the copies in files."""
    return f"{purged.prints} prints taken out of {purged.segments} index segments: none left"


@master_group.command("rotate")
def rotate_master_command(data_dir: DataDir = None) -> None:
    """Wrap all data keys with a new master key, or with the first one of the environment."""
    settings = settings_for(data_dir)
    made = rotate_master(existing_catalogue(settings), settings, operator())
    console = Console(soft_wrap=True, highlight=False)
    console.print(f"master key {made} wraps all data keys now")
    console.print("Back-ups from before need the old master key: without it nobody reads them")


@data_group.command("list")
def list_command(data_dir: DataDir = None) -> None:
    """List all data keys; never the keys themselves."""
    table = Table("key", "owner", "state", "made", "master key")
    with existing_catalogue(settings_for(data_dir)).reading() as connection:
        for one in list_keys(connection):
            made = f"{one.made_at:%Y-%m-%d %H:%M}"
            table.add_row(str(one.number), one.owner, one.state.value, made, one.master)
    Console().print(table)


@data_group.command("rotate")
def rotate_data_command(
    ncb: Owner,
    resume: Annotated[
        bool, typer.Option("--resume", help="Make no new key: go on where a rotation stopped.")
    ] = False,
    data_dir: DataDir = None,
) -> None:
    """Seal a bureau's records with a new key; searches and enrolments go on meanwhile."""
    code, catalogue = find_bureau(ncb).code, existing_catalogue(settings_for(data_dir))
    work = finish_rotation if resume else rotate_data
    with progress_bar("Sealing", None) as bar:
        count = work(
            catalogue, code, operator(code), lambda done: bar.advance(bar.task_ids[0], done)
        )
    Console().print(f"{count} values of {code} are sealed anew", highlight=False)


def destroy_command(
    ncb: Owner,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    data_dir: DataDir = None,
) -> None:
    """Destroy a bureau's data keys: all its records become unreadable, for good."""
    settings, code = settings_for(data_dir), find_bureau(ncb).code
    catalogue = existing_catalogue(settings)
    if not yes:
        asked = f"All records of {code} will be unreadable for ever. Type {code} to go on"
        if typer.prompt(asked, default="", show_default=False).strip().upper() != code:
            raise typer.Abort
    done = destroy_keys(catalogue, code, operator(code))
    purged = purge_copies(catalogue, settings.data_dir / INDEX_FOLDER)
    console = Console(soft_wrap=True, highlight=False)
    console.print(f"{done.keys} keys destroyed, {done.prints} prints erased")
    console.print(_purged(purged))
    console.print("Running servers hold the keys in memory until they are started again")
    console.print("To make back-ups unreadable too: `whorl key master rotate`")


def erase_command(person_id: PersonId, ncb: Ncb, data_dir: DataDir = None) -> None:
    """Erase a person's prints, images and facts for good, out of all files."""
    settings = settings_for(data_dir)
    catalogue = existing_catalogue(settings)
    prints = erase_own_person(catalogue, person_id, operator(find_bureau(ncb).code))
    purged = purge_copies(catalogue, settings.data_dir / INDEX_FOLDER)
    console = Console(soft_wrap=True, highlight=False)
    console.print(f"{len(prints)} prints of {person_id} erased")
    console.print(_purged(purged))
