"""What organisations did under ids of their own, so that asking twice does it once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from engine.errors import Conflict
from engine.gallery.examination_tables import transaction_done


@dataclass(frozen=True, slots=True)
class Transaction:
    """Something that an organisation asks to be done once.

    Attributes:
        ncb: the organisation.
        id: that it has given.
        act: what is to be done, such as `examination.open`.
        content: all that it is to be done with, of values that JSON can hold.
    """

    ncb: str
    id: str
    act: str
    content: Mapping[str, Any]

    @property
    def sha256(self) -> str:
        """Hash of the content in a fixed form."""
        form = json.dumps(self.content, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(form.encode()).hexdigest()


def find_done(connection: Connection, wanted: Transaction) -> str | None:
    """Id of what this transaction has made before; None if it was not done yet.

    Raises:
        Conflict: under this id something else was done.
    """
    known = transaction_done.c
    query = select(known.act, known.content_sha256, known.subject).where(
        known.ncb == wanted.ncb, known.transaction_id == wanted.id
    )
    row = connection.execute(query).first()
    if row is None:
        return None
    if (row.act, row.content_sha256) != (wanted.act, wanted.sha256):
        raise Conflict(f"transaction {wanted.id!r}: another content was sent under this id")
    return str(row.subject)


def note_done(connection: Connection, done: Transaction, subject: str, at: datetime) -> None:
    """Remember what a transaction has made."""
    connection.execute(
        insert(transaction_done).values(
            ncb=done.ncb,
            transaction_id=done.id,
            act=done.act,
            content_sha256=done.sha256,
            subject=subject,
            at=at,
        )
    )


def note_again(connection: Connection, done: Transaction, subject: str, at: datetime) -> None:
    """Remember what a transaction has made in place of what has failed."""
    known = transaction_done.c
    this = (known.ncb == done.ncb, known.transaction_id == done.id)
    again = update(transaction_done).where(*this).values(subject=subject, at=at)
    connection.execute(again)
