"""The audit chain: what was done, by whom and why, each row bound to the one before.

A row's hash covers the row and the previous hash, so an edit, a deletion or a new order shows.
A row is written in the transaction of its act: without the row the act did not happen.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from engine.asker import Asker
from engine.gallery.tables import audit

START = "0" * 64
"""What the first row names as its predecessor's hash."""

_COVERED = (
    "number", "at", "actor", "ncb", "action", "purpose", "case_ref", "subject", "detail",
    "previous",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ChainState:
    """Result of walking the chain.

    Attributes:
        rows: rows that agree.
        broken: what is wrong with the first row that does not, None if all agree.
    """

    rows: int
    broken: str | None


def record(
    connection: Connection, asker: Asker, action: str, subject: str, detail: Mapping[str, Any]
) -> None:
    """Append a row. The caller must hold the catalogue's clock, which orders all writers.

    Args:
        action: verb, such as `search`, `enrol`, `read.person`.
        subject: what it was done to, such as a person's id; empty if nothing in particular.
        detail: further facts that JSON can hold; never biometric data.
    """
    last = connection.execute(
        select(audit.c.number, audit.c.hash).order_by(audit.c.number.desc()).limit(1)
    ).first()
    row: dict[str, Any] = {
        "number": last.number + 1 if last else 1,
        "at": datetime.now(UTC).isoformat(),
        "actor": asker.actor,
        "ncb": asker.ncb,
        "action": action,
        "purpose": asker.purpose,
        "case_ref": asker.case_ref,
        "subject": subject,
        "detail": json.dumps(detail, sort_keys=True, ensure_ascii=False),
        "previous": last.hash if last else START,
    }
    connection.execute(insert(audit).values(**row, hash=_hash(row)))


def _hash(row: Mapping[str, Any]) -> str:
    """SHA-256 over the fields of a row in a fixed form."""
    form = json.dumps([row[name] for name in _COVERED], ensure_ascii=False)
    return hashlib.sha256(form.encode()).hexdigest()


def verify_chain(connection: Connection) -> ChainState:
    """Walk the whole chain."""
    previous, number = START, 0
    for row in map(dict, connection.execute(select(audit).order_by(audit.c.number)).mappings()):
        number += 1
        if row["number"] != number:
            return ChainState(number - 1, f"row {number} is missing")
        if row["previous"] != previous or row["hash"] != _hash(row):
            return ChainState(number - 1, f"row {number} was changed")
        previous = row["hash"]
    return ChainState(number, None)
