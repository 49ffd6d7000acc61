"""The `whorl` command: gathers the commands that each room brings, and shows errors plainly."""

from __future__ import annotations

import sys
from importlib.metadata import entry_points

import typer
from rich.console import Console

from engine.errors import WhorlError

GROUP = "whorl.commands"
"""Entry points of functions that take the application and add their commands to it."""


def make_app() -> typer.Typer:
    """The application with the commands of all installed rooms."""
    app = typer.Typer(
        name="whorl",
        help="Fingerprint identification over criminal records, linked to notices.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode="rich",
    )
    for entry in sorted(entry_points(group=GROUP), key=lambda one: one.name):
        entry.load()(app)
    return app


def main() -> None:
    """Run the command line; an error of ours is one line, not a traceback."""
    try:
        make_app()()
    except WhorlError as error:
        Console(stderr=True).print(f"[bold red]error:[/] {error}", highlight=False, soft_wrap=True)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
