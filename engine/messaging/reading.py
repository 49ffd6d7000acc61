"""Reading messages, saying that one has them, and handing out their files."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime

from engine import audit
from engine.asker import Asker
from engine.errors import BadRequest, NotFound
from engine.gallery.catalogue import Catalogue
from engine.gallery.message_store import (
    ThreadPart,
    list_messages,
    list_threads,
    read_content,
    read_message,
    read_thread,
)
from engine.gallery.receipt_store import mark_acknowledged, mark_thread_read
from engine.messages import AttachmentFacts, Thread
from engine.messages.message import Listed, Message
from engine.seeing import today


@dataclass(frozen=True, slots=True)
class OpenedThread:
    """A thread with a part of its messages.

    Attributes:
        thread: the thread.
        messages: the part.
        total: number of all its messages.
    """

    thread: Thread
    messages: tuple[Message, ...]
    total: int


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """A file of a message."""

    facts: AttachmentFacts
    content: bytes = field(repr=False)


def list_opened_threads(
    catalogue: Catalogue, wanted: ThreadPart, asker: Asker
) -> tuple[list[Listed], int]:
    """A part of the threads that the asker's organisation takes part in, the latest first."""
    with catalogue.recording() as connection:
        found, total = list_threads(connection, wanted, asker, today())
        detail = {"threads": [one.thread.id for one in found]}
        audit.record(connection, asker, "list.threads", "", detail)
        return found, total


def read_opened_thread(
    catalogue: Catalogue, thread_id: str, part: ThreadPart, asker: Asker
) -> OpenedThread:
    """A thread with a part of its messages, the first first.

    To be shown a message is not to have read it: see `mark_read`.

    Raises:
        NotFound: there is no such thread that the asker takes part in.
    """
    with catalogue.recording() as connection:
        thread = read_thread(connection, thread_id, asker, today())
        messages, total = list_messages(connection, thread, part)
        detail = {"numbers": [one.number for one in messages]}
        audit.record(connection, asker, "read.message", thread_id, detail)
        return OpenedThread(thread, tuple(messages), total)


def mark_read(catalogue: Catalogue, thread_id: str, asker: Asker) -> int:
    """Note that the asker's organisation has read all of a thread.

    Returns:
        how many messages were unread.

    Raises:
        NotFound: there is no such thread that the asker takes part in.
    """
    with catalogue.recording() as connection:
        read_thread(connection, thread_id, asker, today())
        count = mark_thread_read(connection, thread_id, asker, datetime.now(UTC))
        audit.record(connection, asker, "message.read", thread_id, {"messages": count})
        return count


def acknowledge(catalogue: Catalogue, thread_id: str, number: int, asker: Asker) -> Message:
    """Say for the asker's organisation that it has a message; who says it first stays.

    Raises:
        NotFound: there is no such message in a thread that the asker takes part in.
        BadRequest: the organisation owes no acknowledgement of it.
    """
    with catalogue.recording() as connection:
        thread = read_thread(connection, thread_id, asker, today())
        found = read_message(connection, thread, number)
        if asker.ncb not in {one.ncb for one in found.receipts if one.due_at is not None}:
            raise BadRequest(f"message {number}: your organisation owes no acknowledgement of it")
        mark_acknowledged(connection, found.id, asker, datetime.now(UTC))
        audit.record(connection, asker, "message.acknowledge", thread_id, {"number": number})
        return read_message(connection, thread, number)


def open_attachment(
    catalogue: Catalogue, thread_id: str, number: int, place: int, asker: Asker
) -> OpenedFile:
    """A file of a message.

    Raises:
        NotFound: there is none in a thread that the asker takes part in.
    """
    with catalogue.recording() as connection:
        thread = read_thread(connection, thread_id, asker, today())
        found = read_message(connection, thread, number)
        named = {one.number: one for one in found.attachments}
        if place not in named:
            raise NotFound(f"no attachment {place} of message {number}")
        detail = {"number": number, "attachment": place, "sha256": named[place].sha256}
        audit.record(connection, asker, "read.attachment", thread_id, detail)
        return OpenedFile(named[place], read_content(connection, found, place))
