"""Commands that read the audit chain."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from engine.audit.reading import Listing, list_accesses, list_rows
from engine.audit.view import ShownRow
from engine.errors import BadInput
from engine.gallery.audit_query import AuditFilter
from engine.identity.facts_shown import AsJson, existing_catalogue
from engine.members import find_bureau
from engine.terminal import DataDir, operator, settings_for

Since = Annotated[str | None, typer.Option(help="First time, such as 2026-03-01 or with T12:00.")]
Until = Annotated[str | None, typer.Option(help="Last time; a day alone is meant to its end.")]
Most = Annotated[int, typer.Option("--limit", help="Most rows.", min=1, max=10_000)]
Before = Annotated[
    int | None, typer.Option(help="Only rows below this number.", min=1, max=2**63 - 1)
]


def show_command(  # noqa: PLR0913 - each argument is an option of the command
    actor: Annotated[str | None, typer.Option(help="Who did it, such as martin@fr.")] = None,
    ncb: Annotated[str | None, typer.Option(help="For which bureau, such as FR.")] = None,
    action: Annotated[str | None, typer.Option(help="Such as search or read.person.")] = None,
    subject: Annotated[str | None, typer.Option(help="What it was done to.")] = None,
    person: Annotated[str | None, typer.Option(help="Whom it was about, or showed.")] = None,
    since: Since = None,
    until: Until = None,
    limit: Most = 50,
    before: Before = None,
    as_json: AsJson = False,
    data_dir: DataDir = None,
) -> None:
    """Show who did what and why, newest first. This is an act too, and leaves its row."""
    wanted = AuditFilter(
        actor=actor,
        ncb=ncb and ncb.strip().upper(),
        action=action,
        subject=subject,
        person=person,
        since=parse_time(since, last=False),
        until=parse_time(until, last=True),
        before=before,
        limit=limit,
    )
    listing = list_rows(existing_catalogue(settings_for(data_dir)), wanted, operator())
    _show(listing, as_json=as_json)


def accesses_command(
    person_id: Annotated[str, typer.Argument(help="Id of the person.")],
    ncb: Annotated[str, typer.Option(help="Bureau that owns the record, such as FR.")],
    limit: Most = 50,
    before: Before = None,
    as_json: AsJson = False,
    data_dir: DataDir = None,
) -> None:
    """Show who dealt with a person's record, for its owner, newest first."""
    asker = operator(find_bureau(ncb).code)
    wanted = AuditFilter(before=before, limit=limit)
    catalogue = existing_catalogue(settings_for(data_dir))
    _show(list_accesses(catalogue, person_id, wanted, asker), as_json=as_json)


def parse_time(text: str | None, *, last: bool) -> datetime | None:
    """A time of an option; without a zone it is UTC, a day alone is its first or last moment.

    Raises:
        BadInput: it is none.
    """
    if text is None:
        return None
    try:
        time = datetime.fromisoformat(text)
    except ValueError as error:
        raise BadInput(f"{text!r} is no time such as 2026-03-01 or 2026-03-01T12:00") from error
    if last and len(text) <= len("2026-03-01"):
        time = time.replace(hour=23, minute=59, second=59, microsecond=999_999)
    return time if time.tzinfo else time.replace(tzinfo=UTC)


def _show(listing: Listing, *, as_json: bool) -> None:
    """Print rows: one JSON object a line, or a table."""
    if as_json:
        for one in listing.rows:
            typer.echo(json.dumps(_as_json(one), ensure_ascii=False))
        return
    table = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0))
    for title in ("row", "when (UTC)", "who", "NCB", "did", "to", "why", "persons"):
        table.add_column(title, overflow="fold")
    for one in listing.rows:
        row = one.row
        why = " ".join(filter(None, (row.purpose, row.case_ref)))
        told = (row.actor, row.ncb, row.action, one.row.subject, why, _persons(one))
        table.add_row(str(row.number), row.at[:19].replace("T", " "), *map(escape, told))
    Console().print(table)
    if listing.more:
        Console().print(f"older ones: --before {listing.rows[-1].row.number}")


def _persons(shown: ShownRow) -> str:
    """Some of the persons of a row."""
    ids = [one.person_id for one in shown.persons]
    return ", ".join(ids[:3]) + (f" and {len(ids) - 3} more" if len(ids) > 3 else "")


def _as_json(shown: ShownRow) -> dict[str, object]:
    """A row as plain values."""
    row = shown.row
    names = ("number", "at", "actor", "ncb", "action", "purpose", "case_ref")
    return {
        **{name: getattr(row, name) for name in names},
        "roles": row.roles.split(),
        "subject": shown.row.subject,
        "persons": [
            {"id": one.person_id, "owner": one.owner, "way": one.way} for one in shown.persons
        ],
        "detail": dict(shown.detail),
        "hash": row.hash if shown.whole else None,
    }
