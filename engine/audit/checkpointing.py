"""Writing checkpoints: by command, and by a running server."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from sqlalchemy import Connection

from engine.asker import Asker
from engine.audit.checkpoint import Checkpoint, Claim, sign
from engine.audit.checkpoint_file import append_checkpoint, checkpoint_path, last_checkpoint
from engine.audit.recording import record
from engine.audit.row_hash import START
from engine.audit.signing import key_id, public_keys, public_path, signing_key
from engine.errors import Conflict, WhorlError
from engine.gallery.audit_store import AuditRow, catalogue_clock, find_row, read_head
from engine.gallery.catalogue import Catalogue, make_folder
from engine.settings import Settings

ACTION = "audit.checkpoint"

log = logging.getLogger("whorl.audit")


def write_checkpoint(catalogue: Catalogue, settings: Settings, asker: Asker) -> Checkpoint | None:
    """Add a signed checkpoint to the file, and name it in the chain; None if nothing happened.

    The line is on the disk before the row that names it: a row without its line tells that the
    file was cut off.

    Raises:
        StorageError: key, file or catalogue cannot be used.
        Conflict: the chain is not the one that the last checkpoint was made of.
    """
    make_folder(settings)
    key, path = signing_key(settings), checkpoint_path(settings)
    known = public_keys(public_path(settings))
    with catalogue.recording() as connection:
        head = read_head(connection)
        last = last_checkpoint(path, known)
        _require_same_chain(connection, last)
        if head is None or (last is not None and _is_named(last, head)):
            return None
        claim = Claim(
            number=head.number,
            hash=head.hash,
            at=datetime.now(UTC).isoformat(),
            clock=catalogue_clock(connection),
            key=key_id(key.public_key()),
            previous=START if last is None else last.digest,
        )
        made = sign(claim, key)
        record(connection, asker, ACTION, str(claim.number), {"digest": made.digest})
        append_checkpoint(path, made)
        return made


def _require_same_chain(connection: Connection, last: Checkpoint | None) -> None:
    """Check that the chain still has the row of the last checkpoint.

    Raises:
        Conflict: it has not.
    """
    if last is None:
        return
    row = find_row(connection, last.claim.number)
    if row is None or row.hash != last.claim.hash:
        raise Conflict(
            f"the audit chain has not the row {last.claim.number} that the last checkpoint was "
            "made of: run `whorl audit verify`"
        )


def _is_named(last: Checkpoint, head: AuditRow) -> bool:
    """Whether the last row is the one that names the last checkpoint."""
    return head.action == ACTION and head.number == last.claim.number + 1


@contextmanager
def keeping_checkpoints(catalogue: Catalogue, settings: Settings) -> Iterator[None]:
    """Write checkpoints at intervals meanwhile, and one at the end; none if the settings say so.

    A checkpoint that cannot be written is logged and tried again: acts do not stop for it.
    """
    seconds = settings.audit_checkpoint_minutes * 60
    if not seconds:
        yield
        return
    ended = threading.Event()

    def keep() -> None:
        while not ended.wait(seconds):
            _try_to_write(catalogue, settings)

    thread = threading.Thread(target=keep, name="checkpoints", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
        _try_to_write(catalogue, settings)


def _try_to_write(catalogue: Catalogue, settings: Settings) -> None:
    """Write a checkpoint, or log why not."""
    try:
        write_checkpoint(catalogue, settings, Asker("server", purpose="administration"))
    except Exception as error:  # whatever it is, the next one is tried
        trace = None if isinstance(error, WhorlError) else error
        log.error("no checkpoint of the audit chain was written: %s", error, exc_info=trace)
