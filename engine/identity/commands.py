"""The command groups for people, bureaus and keys.

Whoever runs them has the files of the machine, and so holds all rights.
"""

from __future__ import annotations

import typer

from engine.identity import bureau_commands, key_commands, user_commands


def add_to(app: typer.Typer) -> None:
    """Add these groups to the application."""
    app.add_typer(user_commands.group, name="user", no_args_is_help=True)
    app.add_typer(bureau_commands.group, name="ncb", no_args_is_help=True)
    app.add_typer(key_commands.group, name="key", no_args_is_help=True)
