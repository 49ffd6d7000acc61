"""Commands that read notices and the inbox."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from engine.gallery.notice_query import NoticeFilter, Page
from engine.noticeboard.command_words import (
    Colour,
    Ncb,
    Number,
    catalogue_of,
    key_of,
    status_of,
)
from engine.noticeboard.inbox import InboxPage, acknowledge, read_inbox
from engine.noticeboard.reading import list_notices, open_notice
from engine.notices import parse_colour
from engine.notices.file import NoticeFile
from engine.notices.texts import parse_language
from engine.terminal import DataDir, operator


def add_to(app: typer.Typer) -> None:
    """Add the commands to their group."""
    app.command("show")(show_command)
    app.command("list")(list_command)
    app.command("inbox")(inbox_command)


def show_command(
    colour: Colour,
    number: Number,
    ncb: Ncb,
    language: Annotated[str | None, typer.Option(help="ar, en, fr or es.")] = None,
    data_dir: DataDir = None,
) -> None:
    """Show a notice that a bureau may see, in a language, as JSON."""
    wanted = parse_language(language) if language else None
    key, catalogue = key_of(colour, number), catalogue_of(data_dir)
    opened = open_notice(catalogue, key, operator(ncb), wanted)
    origins = {
        name: {
            "language": one.language,
            "fall_back": one.fall_back,
            "translated_by": one.translated and one.translated.actor,
        }
        for name, one in opened.reading.origins.items()
    }
    fields = {**opened.reading.fields, "texts": origins}
    typer.echo(json.dumps({**_facts(opened.file), **fields}, ensure_ascii=False, indent=1))


def list_command(  # noqa: PLR0913 - each argument is an option of the command
    ncb: Ncb,
    colour: Annotated[str | None, typer.Option(help="Such as red.")] = None,
    status: Annotated[str | None, typer.Option(help="Such as DRAFT; else those in force.")] = None,
    name: Annotated[str | None, typer.Option(help="In any script and near spelling.")] = None,
    words: Annotated[str | None, typer.Option(help="That all stand in the notice.")] = None,
    most: Annotated[int, typer.Option(help="Most notices.", min=1, max=1000)] = 50,
    data_dir: DataDir = None,
) -> None:
    """List the notices that a bureau may see."""
    wanted = NoticeFilter(
        colour=parse_colour(colour) if colour else None,
        status=status_of(status),
        name=name,
        words=words,
    )
    page = Page(0, most, datetime.now(UTC).date())
    found, total = list_notices(catalogue_of(data_dir), wanted, page, operator(ncb))
    table = Table("notice", "kind", "NCB", "status", "name or title", "ends")
    for one in found:
        facts, said = _facts(one), one.notice.fields
        title = said.get("name") or said.get("title") or ""
        shown = [facts["notice"], facts["kind"], facts["ncb"], facts["status"]]
        table.add_row(*shown, escape(str(title)), facts["expires_at"][:10])
    Console().print(table)
    Console().print(f"{len(found)} of {total}")


def inbox_command(
    ncb: Ncb,
    unread: Annotated[bool, typer.Option("--unread", help="Only what nobody has read.")] = False,
    read: Annotated[int | None, typer.Option(help="Mark this entry as read.")] = None,
    most: Annotated[int, typer.Option(help="Most entries.", min=1, max=1000)] = 50,
    data_dir: DataDir = None,
) -> None:
    """Show a bureau's inbox, or mark an entry of it as read."""
    catalogue, asker = catalogue_of(data_dir), operator(ncb)
    if read is not None:
        entry = acknowledge(catalogue, read, asker)
        Console().print(f"entry {entry.id}: read by {escape(str(entry.read_by))}")
        return
    entries, total = read_inbox(catalogue, InboxPage(0, most, unread), asker)
    table = Table("entry", "when", "news", "notice", "read by")
    for one in entries:
        when = f"{one.at:%Y-%m-%d %H:%M}"
        table.add_row(str(one.id), when, one.event, str(one.file.key), escape(one.read_by or ""))
    Console().print(table)
    Console().print(f"{len(entries)} of {total}")


def _facts(file: NoticeFile) -> dict[str, str]:
    """What every notice has."""
    ends = "" if file.expires_at is None else file.expires_at.isoformat()
    return {
        "notice": str(file.key),
        "kind": file.notice.kind.value,
        "ncb": file.notice.ncb,
        "status": file.notice.status.value,
        "version": str(file.version),
        "expires_at": ends,
    }
