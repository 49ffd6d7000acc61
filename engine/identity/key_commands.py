"""Commands for the keys that sign tokens."""

from __future__ import annotations

from datetime import UTC, datetime

import typer
from rich.console import Console

from engine.gallery.catalogue import open_catalogue
from engine.identity.keys import KeyRing
from engine.identity.rotation import rotate_keys
from engine.terminal import DataDir, operator, settings_for

group = typer.Typer(help="Manage the keys that sign tokens, and those that seal records.")


@group.command("rotate")
def rotate_command(data_dir: DataDir = None) -> None:
    """Sign with a new key from now on; tokens of the old one count until they end."""
    settings = settings_for(data_dir)
    keys = KeyRing(settings)
    kid = rotate_keys(open_catalogue(settings), keys, operator())
    others = len(keys.verifying(datetime.now(UTC))) - 1
    Console().print(f"new signing key {kid}; {others} old ones still verify", soft_wrap=True)


@group.command("list")
def key_list_command(data_dir: DataDir = None) -> None:
    """List the keys whose tokens count, the one that signs first."""
    for one in KeyRing(settings_for(data_dir)).verifying(datetime.now(UTC)).values():
        state = (
            "signs" if one.retired_at is None else f"retired {one.retired_at:%Y-%m-%d %H:%M} UTC"
        )
        Console().print(f"{one.kid}  {state}", highlight=False, soft_wrap=True)
