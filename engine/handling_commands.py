"""Commands by which an owner says how its records are handled."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from engine.errors import BadInput
from engine.handling import (
    Handled,
    HandlingChange,
    change_person_handling,
    change_print_handling,
    look_up_person_handling,
    look_up_print_handling,
)
from engine.identity.clearance import parse_clearance
from engine.identity.facts_shown import existing_catalogue
from engine.members import find_bureau
from engine.persons import parse_status
from engine.policy import parse_recipients
from engine.terminal import DataDir, operator, settings_for

LARGEST = 2**63 - 1
"""Number of a print that a database can hold."""

group = typer.Typer(help="How the records of persons are handled.", no_args_is_help=True)

print_group = typer.Typer(
    help="How single prints are handled more strictly than their person.", no_args_is_help=True
)

PersonId = Annotated[str, typer.Argument(help="Id of the person.")]
PrintId = Annotated[int, typer.Argument(min=1, max=LARGEST, help="Number of the print.")]
Ncb = Annotated[str, typer.Option(help="Bureau that owns the record, such as FR.")]
Mode = Annotated[str | None, typer.Option(help="ALL, ALLOW or DENY.")]
Bureaus = Annotated[
    list[str] | None, typer.Option(help="Bureau that is allowed or denied; once for each.")
]
Level = Annotated[str | None, typer.Option(help="official, restricted or confidential.")]


@group.command("show")
def show_command(person_id: PersonId, ncb: Ncb, data_dir: DataDir = None) -> None:
    """Show how a person's record is handled."""
    catalogue = existing_catalogue(settings_for(data_dir))
    asker = operator(find_bureau(ncb).code)
    _show(person_id, look_up_person_handling(catalogue, person_id, asker))


@group.command("restrict")
def restrict_command(  # noqa: PLR0913 - each argument is an option of the command
    person_id: PersonId,
    ncb: Ncb,
    mode: Mode = None,
    bureau: Bureaus = None,
    classification: Level = None,
    status: Annotated[str | None, typer.Option(help="Such as suspect or witness.")] = None,
    until: Annotated[str | None, typer.Option(help="Last day of use, YYYY-MM-DD.")] = None,
    data_dir: DataDir = None,
) -> None:
    """Change who may see a person with all prints; it holds from the next answer on."""
    wanted = replace(
        _wanted(mode, bureau, classification),
        status=None if status is None else parse_status(status),
        retention_until=None if until is None else _day(until),
    )
    catalogue = existing_catalogue(settings_for(data_dir))
    asker = operator(find_bureau(ncb).code)
    revision = look_up_person_handling(catalogue, person_id, asker).revision
    _show(person_id, change_person_handling(catalogue, person_id, wanted, revision, asker))


@print_group.command("show")
def show_print_command(print_id: PrintId, ncb: Ncb, data_dir: DataDir = None) -> None:
    """Show how a print is handled beyond its person."""
    catalogue = existing_catalogue(settings_for(data_dir))
    asker = operator(find_bureau(ncb).code)
    _show(print_id, look_up_print_handling(catalogue, print_id, asker))


@print_group.command("restrict")
def restrict_print_command(
    print_id: PrintId,
    ncb: Ncb,
    mode: Mode = None,
    bureau: Bureaus = None,
    classification: Level = None,
    data_dir: DataDir = None,
) -> None:
    """Handle a print more strictly than its person; it holds from the next answer on."""
    wanted = _wanted(mode, bureau, classification)
    catalogue = existing_catalogue(settings_for(data_dir))
    asker = operator(find_bureau(ncb).code)
    revision = look_up_print_handling(catalogue, print_id, asker).revision
    _show(print_id, change_print_handling(catalogue, print_id, wanted, revision, asker))


def _wanted(
    mode: str | None, bureaus: list[str] | None, classification: str | None
) -> HandlingChange:
    """What to change of restriction and class.

    Raises:
        BadInput: bureaus without a mode, or an unknown mode, bureau or class.
    """
    if mode is None and bureaus:
        raise BadInput("bureaus are named with --mode ALLOW or --mode DENY")
    return HandlingChange(
        restriction=None if mode is None else parse_recipients(mode, bureaus or []),
        classification=None if classification is None else parse_clearance(classification),
    )


def _day(text: str) -> date:
    """A day.

    Raises:
        BadInput: it is none.
    """
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise BadInput(f"{text!r} is no day of the form YYYY-MM-DD") from error


def _show(record: str | int, handled: Handled) -> None:
    """Print how a record is handled."""
    table = Table(
        "person" if isinstance(record, str) else "print",
        "restriction",
        "bureaus",
        "class",
        "status",
        "until",
        "revision",
    )
    restriction = handled.own.restriction
    table.add_row(
        str(record),
        restriction.mode.value,
        " ".join(sorted(restriction.ncbs)),
        handled.own.classification.label,
        handled.facts.status.value,
        handled.facts.retention_until.isoformat(),
        str(handled.revision),
    )
    Console().print(table)
