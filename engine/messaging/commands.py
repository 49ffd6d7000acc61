"""Commands that read and send messages."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from engine.errors import BadInput
from engine.examining.command_words import (
    Most,
    Ncb,
    TransactionId,
    fresh_transaction,
    id_column,
)
from engine.gallery.message_store import ThreadPart
from engine.messages import Attachment, Draft, Priority, parse_organisation
from engine.messages.attachment import LARGEST, TYPES
from engine.messages.message import Message
from engine.messaging.escalating import escalate
from engine.messaging.reading import (
    acknowledge,
    list_opened_threads,
    mark_read,
    read_opened_thread,
)
from engine.messaging.sending import NewThread, open_thread, reply
from engine.noticeboard.command_words import catalogue_of
from engine.terminal import DataDir, operator

message_app = typer.Typer(help="Messages between bureaus and to the CCC.", no_args_is_help=True)

_ENDINGS = {ending: media_type for media_type, (ending, _) in TYPES.items()} | {
    "jpeg": "image/jpeg"
}


def add_to(app: typer.Typer) -> None:
    """Add the group of commands to the application."""
    app.add_typer(message_app, name="message")


@message_app.command("list")
def list_command(
    ncb: Ncb,
    unread: Annotated[bool, typer.Option("--unread", help="Only what was not read.")] = False,
    most: Most = 50,
    data_dir: DataDir = None,
) -> None:
    """List the threads that an organisation takes part in, the latest first."""
    wanted = ThreadPart(0, most, unread)
    found, total = list_opened_threads(catalogue_of(data_dir), wanted, operator(ncb))
    table = Table(id_column("thread"), "latest", "with", "subject", "unread", "owed")
    for one in found:
        others = " ".join(sorted(one.thread.parties - {ncb}))
        when = "" if one.thread.latest_at is None else f"{one.thread.latest_at:%Y-%m-%d %H:%M}"
        subject = one.thread.subject or "hit"
        table.add_row(one.thread.id, when, others, escape(subject), str(one.unread), str(one.owed))
    Console().print(table)
    Console().print(f"{len(found)} of {total}")


@message_app.command("send")
def send_command(  # noqa: PLR0913 - each argument is an option of the command
    text: Annotated[str, typer.Argument(help="What the message says.")],
    ncb: Ncb,
    to: Annotated[list[str] | None, typer.Option(help="Receiver; once for each.")] = None,
    subject: Annotated[str | None, typer.Option(help="Of a new thread.")] = None,
    thread: Annotated[
        str | None, typer.Option(help="Thread to answer in; that of a hit has the hit's id.")
    ] = None,
    priority: Annotated[Priority, typer.Option(help="How urgent it is.")] = Priority.ROUTINE,
    attach: Annotated[list[Path] | None, typer.Option(help="File; once for each.")] = None,
    transaction: TransactionId = None,
    data_dir: DataDir = None,
) -> None:
    """Send a message: with --to and --subject in a new thread, with --thread in one there is."""
    if (thread is None) is not (bool(to) and subject is not None) or (thread and to):
        raise BadInput("give --to and --subject for a new thread, or --thread alone")
    draft = Draft(text, priority, tuple(_read(path) for path in attach or ()))
    catalogue, asker, done = catalogue_of(data_dir), operator(ncb), fresh_transaction(transaction)
    if thread is not None:
        sent = reply(catalogue, thread, draft, done, asker)
    else:
        recipients = frozenset(map(parse_organisation, to or ()))
        sent = open_thread(catalogue, NewThread(subject or "", recipients), draft, done, asker)
    Console().print(f"{sent.thread.id} message {sent.message.number}", soft_wrap=True)


@message_app.command("read")
def read_command(
    thread: Annotated[str, typer.Argument(help="Id of the thread.")],
    ncb: Ncb,
    acknowledged: Annotated[
        int | None, typer.Option("--acknowledge", help="Number of a message that you have.")
    ] = None,
    most: Most = 50,
    data_dir: DataDir = None,
) -> None:
    """Read a thread and mark it as read, or acknowledge one of its messages."""
    catalogue, asker = catalogue_of(data_dir), operator(ncb)
    if acknowledged is not None:
        acknowledge(catalogue, thread, acknowledged, asker)
        Console().print(f"message {acknowledged}: acknowledged")
        return
    opened = read_opened_thread(catalogue, thread, ThreadPart(0, most), asker)
    mark_read(catalogue, thread, asker)
    for one in opened.messages:
        _show(one)
    Console().print(f"{len(opened.messages)} of {opened.total}")


@message_app.command("escalate")
def escalate_command(data_dir: DataDir = None) -> None:
    """Tell the CCC of acknowledgements that are late.

    Run it every few minutes; a second run tells nothing twice.
    """
    told = escalate(catalogue_of(data_dir), datetime.now(UTC), operator())
    for one in told:
        Console().print(f"{one.thread_id} message {one.number}: {one.ncb} is late", soft_wrap=True)
    Console().print(f"{len(told)} late")


def _show(one: Message) -> None:
    """Print a message."""
    console = Console()
    head = f"[bold]{one.number}[/] {one.by.ncb} {one.by.at:%Y-%m-%d %H:%M} {one.priority}"
    console.print(head, soft_wrap=True)
    console.print(escape(one.text), soft_wrap=True)
    for file in one.attachments:
        console.print(f"  file {file.number}: {escape(file.name)}, {file.size} bytes")
    for receipt in one.receipts:
        if receipt.acknowledged_at is not None:
            console.print(f"  {receipt.ncb} has it since {receipt.acknowledged_at:%Y-%m-%d %H:%M}")


def _read(path: Path) -> Attachment:
    """A file that is to be sent.

    Raises:
        BadInput: it cannot be read, is too large, or of no type that can be sent.
    """
    media_type = _ENDINGS.get(path.suffix.lower().removeprefix("."))
    if media_type is None:
        raise BadInput(f"{path}: send files that end with {', '.join(_ENDINGS)}")
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        raise BadInput(f"{path}: {error.strerror}") from error
    return Attachment(path.name, media_type, content)
