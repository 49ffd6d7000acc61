"""Commands by which examiners decide."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from engine.errors import BadInput
from engine.examination import CaseStatus, Conclusion, Verdict
from engine.examination.file import FoundCandidate
from engine.examining import hit_commands
from engine.examining.command_words import (
    CaseRef,
    Most,
    Ncb,
    Purpose,
    TransactionId,
    fresh_transaction,
    id_column,
)
from engine.examining.deciding import VerdictOrder, give_verdict
from engine.examining.files import hash_file, read_pairs
from engine.examining.opening import CaseOrder, open_case
from engine.examining.reading import ShownCase, list_files, open_file
from engine.gallery.examination_store import CaseFilter
from engine.noticeboard.command_words import catalogue_of
from engine.terminal import DataDir, operator

case_app = typer.Typer(
    help="Decide on candidates: two examiners, and a supervisor where they differ.",
    no_args_is_help=True,
)

CaseId = Annotated[str, typer.Argument(help="Id of the case.")]


def add_to(app: typer.Typer) -> None:
    """Add the groups of commands to the application."""
    app.add_typer(case_app, name="case")
    hit_commands.add_to(app)


@case_app.command("open")
def open_command(  # noqa: PLR0913 - each argument is an option of the command
    person_id: Annotated[str, typer.Argument(help="Id of the candidate.")],
    print_id: Annotated[int, typer.Argument(help="Number of the candidate's print.")],
    ncb: Ncb,
    search: Annotated[str, typer.Option(help="Your id of the search.")],
    score: Annotated[float, typer.Option(help="As the search has shown it.")],
    probe: Annotated[Path, typer.Option(help="Image that was searched; its hash is kept.")],
    case: CaseRef,
    purpose: Purpose = "identification",
    verify_all: Annotated[
        bool, typer.Option("--verify-all", help="Ask a second examiner in any case.")
    ] = False,
    transaction: TransactionId = None,
    data_dir: DataDir = None,
) -> None:
    """Put a candidate of a search before the examiners of a bureau."""
    about = FoundCandidate(f"transaction:{search}", person_id, print_id, score, hash_file(probe))
    order = CaseOrder(fresh_transaction(transaction), about, verify_all)
    asker = operator(ncb, purpose, case)
    _tell(open_case(catalogue_of(data_dir), order, asker))


@case_app.command("decide")
def decide_command(  # noqa: PLR0913 - each argument is an option of the command
    case_id: CaseId,
    ncb: Ncb,
    verdict: Annotated[Conclusion, typer.Option(help="What you find.")],
    reason: Annotated[str, typer.Option(help="Why.")],
    pairs: Annotated[Path | None, typer.Option(help="JSON file with the marked minutiae.")] = None,
    corrects: Annotated[
        int | None, typer.Option(help="Number of your decision that it replaces.")
    ] = None,
    transaction: TransactionId = None,
    data_dir: DataDir = None,
) -> None:
    """Give your verdict on a case, or correct one of yours. Nobody decides twice in one case."""
    found = Verdict(verdict, reason, () if pairs is None else read_pairs(pairs))
    order = VerdictOrder(fresh_transaction(transaction), case_id, found, corrects)
    _tell(give_verdict(catalogue_of(data_dir), order, operator(ncb)))


@case_app.command("list")
def list_command(
    ncb: Ncb,
    status: Annotated[str | None, typer.Option(help="Such as awaiting_second.")] = None,
    waiting: Annotated[bool, typer.Option("--waiting", help="Only what waits for you.")] = False,
    most: Most = 50,
    data_dir: DataDir = None,
) -> None:
    """List the cases of a bureau, the oldest first."""
    wanted = CaseFilter(0, most, _status(status), waiting)
    found, total = list_files(catalogue_of(data_dir), wanted, operator(ncb))
    table = Table(id_column("case"), "opened", "status", "person", "print", "score", "your case")
    for one in found:
        file, about = one.file, one.file.candidate
        when, score = f"{file.opened.at:%Y-%m-%d %H:%M}", f"{about.score:.3f}"
        shown = [file.id, when, file.case.status, about.person_id, str(about.print_id), score]
        table.add_row(*shown, escape(file.case_ref))
    Console().print(table)
    Console().print(f"{len(found)} of {total}")


@case_app.command("show")
def show_command(case_id: CaseId, ncb: Ncb, data_dir: DataDir = None) -> None:
    """Show a case as JSON, as far as you may know it."""
    shown = open_file(catalogue_of(data_dir), case_id, operator(ncb))
    typer.echo(json.dumps({**asdict(shown.file), "hit": shown.hit_id}, default=str, indent=1))


def _status(text: str | None) -> CaseStatus | None:
    """A status by name.

    Raises:
        BadInput: there is none of this name.
    """
    word = text and text.strip().lower().replace("-", "_")
    if word and word not in set(CaseStatus):
        raise BadInput(f"unknown status {text!r}; known are: {', '.join(CaseStatus)}")
    return CaseStatus(word) if word else None


def _tell(shown: ShownCase) -> None:
    """Print where a case stands."""
    Console().print(f"{shown.file.id} is {shown.file.case.status}", soft_wrap=True)
    if shown.hit_id is not None:
        Console().print(f"hit {shown.hit_id}", soft_wrap=True)
