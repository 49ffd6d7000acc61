"""What the commands about cases, hits and messages share: words of the command line."""

from __future__ import annotations

import uuid
from typing import Annotated

import typer
from rich.table import Column

from engine.messages import parse_organisation


def fresh_transaction(given: str | None) -> str:
    """The id that was given, else one that nobody has used."""
    return given or uuid.uuid4().hex


def id_column(title: str) -> Column:
    """A column of ids that are never broken, so that they can be copied."""
    return Column(title, no_wrap=True, min_width=32)


Ncb = Annotated[
    str,
    typer.Option(
        "--ncb", help="Organisation that you act for, such as FR.", callback=parse_organisation
    ),
]
Purpose = Annotated[str, typer.Option(help="Why, such as identification.")]
CaseRef = Annotated[str, typer.Option("--case", help="Your case.")]
TransactionId = Annotated[
    str | None,
    typer.Option("--transaction", help="Id of your choice: the same one does nothing twice."),
]
Most = Annotated[int, typer.Option(help="Most rows.", min=1, max=1000)]
