"""What the commands for people and bureaus share."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from engine.errors import NotFound
from engine.gallery.catalogue import Catalogue, has_catalogue, open_catalogue
from engine.settings import Settings

AsJson = Annotated[bool, typer.Option("--json", help="Machine-readable.")]


def existing_catalogue(settings: Settings) -> Catalogue:
    """The catalogue, which must be there.

    Raises:
        NotFound: it is not.
    """
    if not has_catalogue(settings):
        raise NotFound(f"{settings.data_dir}: no catalogue here; name another with --data-dir")
    return open_catalogue(settings)


def show_facts(facts: dict[str, object], *, as_json: bool) -> None:
    """Print plain values, one a line."""
    if as_json:
        typer.echo(json.dumps(facts))
        return
    for name, value in facts.items():
        shown = (
            ", ".join(map(str, value))
            if isinstance(value, Sequence) and not isinstance(value, str)
            else str("" if value is None else value)
        )
        Console().print(f"{name:12} {escape(shown)}", highlight=False, soft_wrap=True)
