"""Making and changing the signing keys, with the row in the audit chain."""

from __future__ import annotations

from datetime import UTC, datetime

from engine import audit
from engine.asker import Asker
from engine.gallery.catalogue import Catalogue
from engine.identity.keys import KeyRing


def rotate_keys(catalogue: Catalogue, keys: KeyRing, asker: Asker) -> str:
    """Sign with a new key from now on; returns its id. A running server follows by itself.

    Raises:
        Conflict: the keys come from the environment.
        StorageError: the file cannot be read or written.
    """
    with catalogue.recording() as connection:
        made = keys.rotate(datetime.now(UTC))
        audit.record(connection, asker, "key.rotate", made.kid, {})
        return made.kid


def make_first_key(catalogue: Catalogue, keys: KeyRing, asker: Asker) -> None:
    """Make a key if there is none.

    Raises:
        StorageError: the file cannot be written.
    """
    with catalogue.recording() as connection:
        if not keys.is_ready:  # asked inside: two programs may start at once
            made = keys.rotate(datetime.now(UTC))
            audit.record(connection, asker, "key.add", made.kid, {})
