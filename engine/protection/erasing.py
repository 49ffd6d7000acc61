"""Erasing for good: a person's record, or with its keys all that a bureau has."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from engine import audit
from engine.asker import Asker
from engine.errors import Forbidden
from engine.gallery.bureau_erasing import erase_bureau
from engine.gallery.catalogue import Catalogue
from engine.gallery.index_writing import Purged, purge_index
from engine.gallery.retention_store import erase_person
from engine.gallery.scrubbing import scrub
from engine.gallery.vault import vault_of
from engine.identity.roles import Role
from engine.protection.rotating import require_admin
from engine.seeing import see_own_person


@dataclass(frozen=True, slots=True)
class Destroyed:
    """What the destruction of a bureau's keys did.

    Attributes:
        keys: data keys that are nowhere any more.
        prints: prints and latents that were erased.
    """

    keys: int
    prints: int


def erase_own_person(catalogue: Catalogue, person_id: str, asker: Asker) -> list[int]:
    """Erase a person of the asker's bureau before its last day.

    Returns:
        numbers of the prints that are erased.

    Raises:
        NotFound: no such person that the asker may see.
        Forbidden: the person is another bureau's, or the asker is no officer.
    """
    if Role.NCB_OFFICER not in asker.roles:
        raise Forbidden("records are erased by officers of their bureau")
    with catalogue.changing() as change:
        see_own_person(change.connection, person_id, asker)
        prints = erase_person(change, person_id)
        audit.record(change.connection, asker, "person.erase", person_id, {"prints": prints})
        return prints


def destroy_keys(catalogue: Catalogue, ncb: str, asker: Asker) -> Destroyed:
    """Destroy a bureau's data keys and all that they sealed. Nothing brings it back.

    The bureau may record anew afterwards: it gets another key.

    Raises:
        Forbidden: the asker does not tend the machine, or acts for another bureau.
    """
    require_admin(asker)
    if asker.ncb != ncb:
        raise Forbidden(f"the keys of {ncb} are destroyed in the name of {ncb} alone")
    with catalogue.changing() as change:
        keys, prints = erase_bureau(change, ncb)
        detail = {"keys": keys, "prints": prints}
        audit.record(change.connection, asker, "key.destroy", ncb, detail)
        vault = vault_of(change.connection)
    vault.forget()
    return Destroyed(keys, prints)


def purge_copies(catalogue: Catalogue, folder: Path) -> Purged:
    """Take what was erased out of index files and out of the database's own files, now.

    Args:
        catalogue: whose records were erased.
        folder: of the index files.

    Raises:
        Conflict: another process was building the index for too long.
        CatalogueBusy: a reader held the write-ahead log for too long.
        StorageError: a file cannot be written or read.
    """
    purged = purge_index(catalogue, folder)
    scrub(catalogue.database)
    return purged
