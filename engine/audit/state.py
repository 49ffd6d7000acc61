"""How the chain stands, without walking all of it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from engine.asker import Asker
from engine.audit.checkpoint import Claim
from engine.audit.checkpoint_file import checkpoint_path, last_checkpoint
from engine.audit.diagnosis import Place
from engine.audit.recording import record
from engine.audit.signing import public_keys, public_path
from engine.audit.walk import BrokenChain, follow_chain
from engine.errors import StorageError
from engine.gallery.audit_store import any_bytes, find_row, read_end
from engine.gallery.catalogue import Catalogue
from engine.settings import Settings

MOST = 100_000
"""Rows since the last checkpoint that are walked while somebody waits: about two seconds."""


@dataclass(frozen=True, slots=True)
class AuditState:
    """How the chain stands.

    Attributes:
        rows: how many there are.
        checkpoint: the last one; None if there is none.
        agrees: whether the row of that checkpoint and all since agree; None if that cannot be
            told: there is no checkpoint, or too many rows since.
        fault: what is wrong, None if nothing is known to be.
    """

    rows: int
    checkpoint: Claim | None
    agrees: bool | None
    fault: str | None


def look_up_state(catalogue: Catalogue, settings: Settings, asker: Asker) -> AuditState:
    """How the chain stands now; reading it leaves a row too."""
    with catalogue.reading() as connection, any_bytes(connection):
        state = _read(connection, settings)
    with catalogue.recording() as connection:
        record(connection, asker, "read.audit-state", "", {"agrees": state.agrees})
    return state


def _read(connection: Connection, settings: Settings) -> AuditState:
    """The state as a transaction sees it."""
    rows = (read_end(connection) or (0, ""))[0]
    path = checkpoint_path(settings)
    if not path.exists():
        return AuditState(rows, None, None, None)
    try:
        last = last_checkpoint(path, public_keys(public_path(settings)))
    except StorageError:  # its words name files of this machine
        return AuditState(rows, None, False, "the file of checkpoints, or its key, is damaged")
    if last is None:
        return AuditState(rows, None, None, None)
    agrees, fault = _compare(connection, last.claim)
    return AuditState(rows, last.claim, agrees, fault)


def _compare(connection: Connection, claim: Claim) -> tuple[bool | None, str | None]:
    """Whether the row of a checkpoint and those after it agree, and what is wrong."""
    row = find_row(connection, claim.number)
    if row is None:
        return False, f"row {claim.number}, which was signed, is missing"
    if row.hash != claim.hash:
        return False, f"row {claim.number} is not the one that was signed"
    try:
        for step, _ in enumerate(follow_chain(connection, Place(claim.number, claim.hash)), 1):
            if step == MOST:
                return None, None
    except BrokenChain as broken:
        return False, broken.found.words
    return True, None
