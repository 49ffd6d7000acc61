"""Rotation of the master key and of bureaus' data keys, each step with its row in the chain."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection

from engine import audit
from engine.asker import Asker
from engine.errors import Forbidden
from engine.gallery.catalogue import Catalogue
from engine.gallery.key_store import (
    KeyState,
    destroy_numbers,
    list_keys,
    replace_wrapping,
    retire_keys,
)
from engine.gallery.sealed_columns import SEALED
from engine.gallery.sealed_rows import Step, reseal, uses_key
from engine.gallery.vault import Vault, vault_of
from engine.identity.roles import Role
from engine.settings import Settings
from engine.vault.master import LocalKey, new_key
from engine.vault.master_file import master_path, read_keys, write_keys
from engine.vault.master_ring import MasterRing, read_ring

KEPT = timedelta(hours=1)
"""How long a retired key still opens: readers that began before may hold values sealed with it."""

Progress = Callable[[int], None]
"""Told how many values were sealed anew since it was last told."""


def rotate_master(catalogue: Catalogue, settings: Settings, asker: Asker) -> str:
    """Wrap all data keys with another master key, and forget the old one where it is in our file.

    A key from a file is replaced by a new one; with a command or keys in the environment, the
    first of those wraps from now on. A stop at any moment leaves keys that unwrap: the file holds
    both master keys until every data key is wrapped by the new one.

    Returns:
        id of the master key that wraps now.

    Raises:
        Forbidden: the asker does not tend the machine.
        WrongKey: the old master key is not here.
        StorageError: the file cannot be written.
    """
    require_admin(asker)
    ring, path = read_ring(settings), master_path(settings)
    old = read_keys(path)
    in_file = ring.keys == old
    if in_file:
        ring = MasterRing((new_key(), *old))
        write_keys(path, [one for one in ring.keys if isinstance(one, LocalKey)])
    with catalogue.recording() as connection:
        count = _rewrap(connection, Vault(ring))
        detail = {"keys": count}
        audit.record(connection, asker, "key.master-rotate", ring.first.id, detail)
    if in_file:
        write_keys(path, [one for one in ring.keys[:1] if isinstance(one, LocalKey)])
    return ring.first.id


def _rewrap(connection: Connection, vault: Vault) -> int:
    """Wrap every data key with the first master key; returns how many there are."""
    master, keys = vault.ring.first, [one for one in list_keys(connection) if one.wrapped]
    for one in keys:
        wrapped = master.wrap(vault.unwrap(one), one.context)
        replace_wrapping(connection, one.number, master.id, wrapped)
    vault_of(connection).ring = vault.ring
    return len(keys)


def rotate_data(
    catalogue: Catalogue, ncb: str, asker: Asker, progress: Progress = lambda _: None
) -> int:
    """Seal a bureau's values with a new key: first what is new, then all that was there before.

    Searches and enrolments go on meanwhile. An interrupted rotation is gone on with by
    `finish_rotation`; the old key opens until nothing is sealed with it, and an hour longer.

    Returns:
        number of values sealed anew.

    Raises:
        Forbidden: the asker does not tend the machine.
        BrokenSeal: a value does not open; it keeps its old key.
    """
    require_admin(asker)
    with catalogue.recording() as connection:
        made = vault_of(connection).make(connection, ncb)
        retire_keys(connection, ncb, but=made)
        audit.record(connection, asker, "key.data-rotate", ncb, {"key": made})
    return finish_rotation(catalogue, ncb, asker, progress)


def finish_rotation(
    catalogue: Catalogue, ncb: str, asker: Asker, progress: Progress = lambda _: None
) -> int:
    """Seal with a bureau's present key what an older one sealed; destroy keys out of use.

    Returns:
        number of values sealed anew.

    Raises:
        Forbidden: the asker does not tend the machine.
        BrokenSeal: a value does not open; it keeps its old key.
    """
    require_admin(asker)
    total = 0
    for column in SEALED:
        step = Step()
        while True:
            with catalogue.recording() as connection:
                number = vault_of(connection).sealer(connection, ncb).number
                step = reseal(connection, column, ncb, number, step)
            if not step.done:
                break
            total += step.done
            progress(step.done)
    drop_unused(catalogue, asker, datetime.now(UTC))
    return total


def drop_unused(catalogue: Catalogue, asker: Asker, now: datetime) -> int:
    """Destroy retired keys that seal nothing any more and were retired an hour ago.

    Copies of old values that lie in back-ups of the catalogue's files, in its log or in places
    that the database has freed are dead then.
    """
    with catalogue.recording() as connection:
        gone = [
            one.number
            for one in list_keys(connection)
            if one.state is KeyState.RETIRED
            and one.ended_at is not None
            and one.ended_at <= now - KEPT
            and not uses_key(connection, one.number)
        ]
        if gone:
            destroy_numbers(connection, gone)
            audit.record(connection, asker, "key.drop", "", {"keys": gone})
        return len(gone)


def require_admin(asker: Asker) -> None:
    """Check that an asker tends the machine.

    Raises:
        Forbidden: the asker does not.
    """
    if Role.ADMIN not in asker.roles:
        raise Forbidden("keys are for the administrator of the machine")
