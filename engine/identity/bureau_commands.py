"""Commands for bureaus and the other organisations."""

from __future__ import annotations

import json
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from engine.gallery.catalogue import open_catalogue
from engine.identity.bureaus import (
    NewSubBureau,
    create_sub_bureau,
    look_up_bureau,
    look_up_bureaus,
    move_bureau,
)
from engine.identity.facts_shown import AsJson, existing_catalogue, show_facts
from engine.identity.organisations import Organisation
from engine.terminal import DataDir, operator, settings_for

group = typer.Typer(help="Show bureaus and other organisations; add sub-bureaus.")


@group.command("list")
def ncb_list_command(as_json: AsJson = False, data_dir: DataDir = None) -> None:
    """List all bureaus, sub-bureaus and other organisations."""
    organisations = look_up_bureaus(open_catalogue(settings_for(data_dir)))
    if as_json:
        typer.echo(json.dumps([_bureau_facts(one) for one in organisations]))
        return
    table = Table("code", "name", "kind", "region", "city", "languages")
    for one in organisations:
        place = (one.kind.value, one.region or "", escape(one.city), " ".join(one.languages))
        table.add_row(one.code, escape(one.name), *place)
    Console().print(table)


@group.command("show")
def ncb_show_command(
    code: Annotated[str, typer.Argument(help="Code, such as FR, CN-HK, IPSG or CCC.")],
    as_json: AsJson = False,
    data_dir: DataDir = None,
) -> None:
    """Show a bureau and its sub-bureaus."""
    found, below = look_up_bureau(open_catalogue(settings_for(data_dir)), code)
    facts = {**_bureau_facts(found), "sub_bureaus": [one.code for one in below]}
    show_facts(facts, as_json=as_json)


@group.command("add-sub-bureau")
def add_sub_bureau_command(
    parent: Annotated[str, typer.Argument(help="Code of the NCB, such as CN.")],
    suffix: Annotated[str, typer.Argument(help="What follows it, such as HK.")],
    name: Annotated[str, typer.Option(help="Name of the territory.")],
    city: Annotated[str, typer.Option(help="Seat.")] = "",
    data_dir: DataDir = None,
) -> None:
    """Add a sub-bureau; its people act for the NCB above it."""
    new = NewSubBureau(parent, suffix, name, city)
    made = create_sub_bureau(open_catalogue(settings_for(data_dir)), new, operator())
    Console().print(f"{made.code} added: {escape(made.name)}, sub-bureau of {made.parent}")


@group.command("move")
def move_command(
    code: Annotated[str, typer.Argument(help="Code of the NCB.")],
    region: Annotated[str, typer.Option(help="Region that it goes to, such as Europe.")],
    data_dir: DataDir = None,
) -> None:
    """Move an NCB into another region; nothing is enrolled again."""
    moved = move_bureau(existing_catalogue(settings_for(data_dir)), code, region, operator())
    Console().print(f"{moved.code} is in {moved.region} now, and so are its new prints")
    Console().print("its other prints follow with [bold]whorl index rebuild[/]")


def _bureau_facts(one: Organisation) -> dict[str, object]:
    """An organisation as plain values."""
    return {
        "code": one.code,
        "name": one.name,
        "kind": one.kind.value,
        "parent": one.parent,
        "region": one.region,
        "city": one.city,
        "languages": list(one.languages),
    }
