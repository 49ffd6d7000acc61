"""Opening the vault of a catalogue: the master key is found, or made at the very first start."""

from __future__ import annotations

from sqlalchemy import Engine, select

from engine.gallery.database import transaction
from engine.gallery.tables import clock
from engine.gallery.vault import OPTION, Vault, has_keys, prepare_vault
from engine.settings import Settings
from engine.vault.master_ring import MasterRing, make_first_key, read_ring


def open_vault(database: Engine, settings: Settings) -> Vault:
    """The vault of a catalogue; from now on its connections know it.

    Raises:
        WrongKey: the master key is missing or another one.
        StorageError: its file cannot be read or made.
    """
    ring = read_ring(settings)
    with transaction(database, write=False) as connection:
        fresh = not has_keys(connection)
        if not fresh:
            prepare_vault(connection, Vault(ring))
    if fresh:
        ring = _make(database, settings)
    vault = Vault(ring, lambda: read_ring(settings))
    database.update_execution_options(**{OPTION: vault})
    return vault


def _make(database: Engine, settings: Settings) -> MasterRing:
    """Make the keys of a catalogue without any; two programs may start at once."""
    with transaction(database, write=True) as connection:
        connection.execute(select(clock.c.value).with_for_update()).scalar_one()
        ring = read_ring(settings)
        if not ring.keys and not has_keys(connection):
            settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
            ring = make_first_key(settings)
        prepare_vault(connection, Vault(ring))
        return ring
