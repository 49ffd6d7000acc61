"""The data keys of bureaus at work: each is unwrapped once and then kept in memory.

A connection of the catalogue knows its vault, so that stores seal and open where they write and
read, and nobody else handles a key.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Connection

from engine.errors import BrokenSeal, StorageError, WrongKey
from engine.gallery.key_store import (
    MANIFEST,
    NETWORK,
    DataKey,
    KeyState,
    active_number,
    add_key,
    find_key,
    list_keys,
    next_number,
)
from engine.vault.master_ring import MasterRing
from engine.vault.sealing import KEY_BYTES, key_number, place_of, seal, unseal
from engine.vault.signing import Signer

OPTION = "whorl_vault"
"""Under which a connection knows its vault."""


@dataclass(frozen=True, slots=True)
class _Open:
    """A key at work: whose it is, its bytes, and the cipher made from them."""

    owner: str
    key: bytes
    cipher: AESGCM


@dataclass(frozen=True, slots=True)
class Sealer:
    """Seals values of one owner with one key.

    Attributes:
        number: of the key.
        owner: of the values.
    """

    number: int
    owner: str
    _cipher: AESGCM

    def seal(self, content: bytes, column: str, *record: str | int) -> bytes:
        """A value as it is stored.

        Args:
            content: the value.
            column: where it stands, such as `print.template`.
            record: what tells the row apart; the value opens in no other.
        """
        place = place_of(column, self.owner, record)
        return seal(content, self.number, self._cipher, place)


class Vault:
    """Unwrapped data keys of one catalogue. Safe to share between threads."""

    def __init__(self, ring: MasterRing, again: Callable[[], MasterRing] | None = None) -> None:
        """Take the master keys, and what reads them again after a rotation by another process."""
        self.ring = ring
        self._again = again
        self._open: dict[int, _Open] = {}

    def make(self, connection: Connection, owner: str) -> int:
        """Make a key for an owner; the caller must hold the catalogue's clock."""
        number, key, master = next_number(connection), os.urandom(KEY_BYTES), self.ring.first
        now = datetime.now(UTC)
        new = DataKey(number, owner, KeyState.ACTIVE, master.id, b"", now)
        wrapped = master.wrap(key, new.context)
        add_key(connection, DataKey(number, owner, KeyState.ACTIVE, master.id, wrapped, now))
        return number

    def sealer(self, connection: Connection, owner: str) -> Sealer:
        """What seals for an owner now; the first asking makes the key.

        Which key is asked of the catalogue each time: another process may have changed it.
        """
        number = active_number(connection, owner) or self.make(connection, owner)
        return Sealer(number, owner, self._find(connection, number).cipher)

    def unseal(
        self, connection: Connection, sealed: bytes, column: str, owner: str, *record: str | int
    ) -> bytes:
        """A value that is stored.

        Raises:
            BrokenSeal: it was changed or moved, is not sealed, or its key is destroyed.
            WrongKey: its key cannot be unwrapped.
        """
        try:
            found = self._find(connection, key_number(sealed))
            if found.owner != owner:
                raise BrokenSeal(f"is sealed with a key of {found.owner}")
            return unseal(sealed, found.cipher, place_of(column, owner, record))
        except BrokenSeal as error:
            which = " ".join(map(str, record))
            raise BrokenSeal(f"{column} of {owner}, {which}: {error}") from None

    def signer(self, connection: Connection) -> Signer:
        """What signs the manifest of index files."""
        number = active_number(connection, MANIFEST)
        if number is None:
            raise WrongKey("the catalogue has no key for index files: was it changed by hand?")
        return Signer(number, self._find(connection, number).key)

    def forget(self) -> None:
        """Drop all unwrapped keys from memory; those that are needed are unwrapped again."""
        self._open = {}

    def unwrap(self, stored: DataKey) -> bytes:
        """The bytes of a data key.

        Raises:
            WrongKey: the master key is not here, or the row was changed.
        """
        if self._again is not None and not self.ring.has(stored.master):
            self.ring = self._again()
        return self.ring.find(stored.master).unwrap(stored.wrapped, stored.context)

    def _find(self, connection: Connection, number: int) -> _Open:
        """A key at work."""
        found = self._open.get(number)
        if found is None:
            stored = find_key(connection, number)
            if stored is None or stored.state is KeyState.DESTROYED:
                raise BrokenSeal(f"its key {number} is destroyed, so nobody can read it")
            key = self.unwrap(stored)
            found = self._open[number] = _Open(stored.owner, key, AESGCM(key))
        return found


def has_keys(connection: Connection) -> bool:
    """Whether a catalogue has any data key."""
    return bool(list_keys(connection, NETWORK))


def prepare_vault(connection: Connection, vault: Vault) -> None:
    """Make the keys of a new catalogue; of another, prove that the master key is the right one.

    Raises:
        WrongKey: it is not.
    """
    known = [one for one in list_keys(connection, NETWORK) if one.state is KeyState.ACTIVE]
    for one in known:
        vault.unwrap(one)
    if not known:
        for owner in (NETWORK, MANIFEST):
            vault.make(connection, owner)


def vault_of(connection: Connection) -> Vault:
    """The vault of the catalogue that a connection belongs to.

    Raises:
        StorageError: the catalogue was opened without its keys.
    """
    vault = connection.get_execution_options().get(OPTION)
    if not isinstance(vault, Vault):
        raise StorageError("the catalogue was opened without its keys")
    return vault


def sealer_for(connection: Connection, owner: str) -> Sealer:
    """See `Vault.sealer`."""
    return vault_of(connection).sealer(connection, owner)


def open_sealed(
    connection: Connection, sealed: bytes, column: str, owner: str, *record: str | int
) -> bytes:
    """See `Vault.unseal`."""
    return vault_of(connection).unseal(connection, bytes(sealed), column, owner, *record)
