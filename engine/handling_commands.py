"""Commands by which an owner says how its records are handled."""

from __future__ import annotations

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
    look_up_person_handling,
)
from engine.identity.clearance import parse_clearance
from engine.identity.facts_shown import existing_catalogue
from engine.members import find_bureau
from engine.persons import parse_status
from engine.policy import parse_recipients
from engine.terminal import DataDir, operator, settings_for

group = typer.Typer(help="How the records of persons are handled.", no_args_is_help=True)

PersonId = Annotated[str, typer.Argument(help="Id of the person.")]
Ncb = Annotated[str, typer.Option(help="Bureau that owns the record, such as FR.")]


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
    mode: Annotated[str | None, typer.Option(help="ALL, ALLOW or DENY.")] = None,
    bureau: Annotated[
        list[str] | None, typer.Option(help="Bureau that is allowed or denied; once for each.")
    ] = None,
    classification: Annotated[
        str | None, typer.Option(help="official, restricted or confidential.")
    ] = None,
    status: Annotated[str | None, typer.Option(help="Such as suspect or witness.")] = None,
    until: Annotated[str | None, typer.Option(help="Last day of use, YYYY-MM-DD.")] = None,
    data_dir: DataDir = None,
) -> None:
    """Change who may see a person with all prints; it holds from the next answer on."""
    wanted = HandlingChange(
        restriction=None if mode is None else parse_recipients(mode, bureau or []),
        classification=None if classification is None else parse_clearance(classification),
        status=None if status is None else parse_status(status),
        retention_until=None if until is None else _day(until),
    )
    if mode is None and bureau:
        raise BadInput("bureaus are named with --mode ALLOW or --mode DENY")
    catalogue = existing_catalogue(settings_for(data_dir))
    asker = operator(find_bureau(ncb).code)
    revision = look_up_person_handling(catalogue, person_id, asker).revision
    _show(person_id, change_person_handling(catalogue, person_id, wanted, revision, asker))


def _day(text: str) -> date:
    """A day.

    Raises:
        BadInput: it is none.
    """
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise BadInput(f"{text!r} is no day of the form YYYY-MM-DD") from error


def _show(person_id: str, handled: Handled) -> None:
    """Print how a record is handled."""
    table = Table("person", "restriction", "bureaus", "class", "status", "until", "revision")
    restriction = handled.own.restriction
    table.add_row(
        person_id,
        restriction.mode.value,
        " ".join(sorted(restriction.ncbs)),
        handled.own.classification.label,
        handled.facts.status.value,
        handled.facts.retention_until.isoformat(),
        str(handled.revision),
    )
    Console().print(table)
