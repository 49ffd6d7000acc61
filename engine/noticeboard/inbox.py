"""The inbox of the asker's organisation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from engine import audit
from engine.asker import Asker
from engine.errors import Forbidden
from engine.gallery.catalogue import Catalogue
from engine.gallery.inbox_store import Entry, list_inbox, mark_read


@dataclass(frozen=True, slots=True)
class InboxPage:
    """Which part of an inbox is wanted.

    Attributes:
        offset: entries before it.
        limit: most entries of it.
        unread: whether only entries that nobody has read.
    """

    offset: int
    limit: int
    unread: bool = False


def read_inbox(catalogue: Catalogue, page: InboxPage, asker: Asker) -> tuple[list[Entry], int]:
    """A page of the inbox, newest first, and the number of all that fit.

    Raises:
        Forbidden: the asker is of no organisation.
    """
    ncb = _own(asker)
    with catalogue.recording() as connection:
        found, total = list_inbox(connection, ncb, page.offset, page.limit, unread=page.unread)
        shown = [str(one.file.key) for one in found]
        audit.record(connection, asker, "list.inbox", ncb, {"shown": shown})
        return found, total


def acknowledge(catalogue: Catalogue, entry: int, asker: Asker) -> Entry:
    """Note that an entry was read; who reads it first is who has read it.

    Raises:
        Forbidden: the asker is of no organisation.
        NotFound: there is no such entry in this inbox.
    """
    ncb = _own(asker)
    with catalogue.recording() as connection:
        read = mark_read(connection, ncb, entry, asker.actor, datetime.now(UTC))
        audit.record(connection, asker, "inbox.read", str(read.file.key), {"entry": entry})
        return read


def _own(asker: Asker) -> str:
    """The asker's organisation.

    Raises:
        Forbidden: there is none.
    """
    if not asker.ncb:
        raise Forbidden("an inbox is that of an organisation")
    return asker.ncb
