"""Erasing all records of a bureau at once, and the keys that sealed them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, delete, func, select, update

from engine.gallery.catalogue import Change
from engine.gallery.examination_tables import examination, examination_decision
from engine.gallery.handling_store import note_policy
from engine.gallery.job_store import forget_answers_about
from engine.gallery.key_store import destroy_numbers, list_keys
from engine.gallery.latent_tables import latent, latent_alert, latent_image, probe, probe_print
from engine.gallery.message_tables import message, message_attachment
from engine.gallery.retention_store import ERASED
from engine.gallery.tables import person, print_, print_image

_NO_FACTS = {"family_name": "", "forename": "", "date_of_birth": "", "sex": "U"}
_NO_PRINT = {"template": ERASED, "source": "", "image_sha256": "", "minutiae": 0, "quality": 0}
_NO_LATENT = {"template": ERASED, "note": "", "case_ref": "", "reason": "", "minutiae": 0}


def erase_bureau(change: Change, ncb: str) -> tuple[int, int]:
    """Destroy a bureau's data keys, and erase all that they sealed and the facts of its persons.

    Rows stay with ids, owners and dates: no id is given again, and the audit chain still tells of
    accesses. What is empty cannot be mistaken for what was damaged.

    Returns:
        numbers of keys destroyed, and of prints and latents erased.
    """
    keys = destroy_numbers(change.connection, [one.number for one in _living(change, ncb)])
    _erase_kept(change, ncb)
    return keys, _erase_persons(change, ncb) + _erase_latents(change, ncb)


def _living(change: Change, ncb: str) -> list[Any]:
    """Keys of a bureau that are not destroyed yet."""
    return [one for one in list_keys(change.connection, ncb) if one.wrapped]


def _erase_persons(change: Change, ncb: str) -> int:
    """Erase prints, images and facts of the bureau's persons; returns the number of prints."""
    write, mine = change.connection.execute, print_.c.ncb == ncb
    persons = list(write(select(person.c.id).where(person.c.ncb == ncb)).scalars())
    write(delete(print_image).where(print_image.c.print_id.in_(select(print_.c.id).where(mine))))
    count = _blank(change, print_, mine, _NO_PRINT)
    write(update(person).where(person.c.ncb == ncb).values(nationalities=[], **_NO_FACTS))
    cases = select(examination.c.id).where(examination.c.owner == ncb)
    marked = examination_decision.c.examination_id.in_(cases)
    write(update(examination_decision).where(marked).values(pairs=ERASED))
    forget_answers_about(change.connection, persons)
    note_policy(change)
    return count


def _erase_latents(change: Change, ncb: str) -> int:
    """Erase the bureau's latents; returns their number."""
    write, mine = change.connection.execute, latent.c.ncb == ncb
    serials = select(latent.c.serial).where(mine)
    write(delete(latent_image).where(latent_image.c.serial.in_(serials)))
    write(delete(latent_alert).where(latent_alert.c.ncb == ncb))
    return _blank(change, latent, mine, _NO_LATENT)


def _erase_kept(change: Change, ncb: str) -> None:
    """Erase the bureau's kept probes, and the files that it has sent."""
    write = change.connection.execute
    mine = select(probe.c.id).where(probe.c.ncb == ncb)
    write(delete(probe_print).where(probe_print.c.probe_id.in_(mine)))
    write(delete(probe).where(probe.c.ncb == ncb))
    sent = message_attachment.c.message_id.in_(select(message.c.id).where(message.c.ncb == ncb))
    write(update(message_attachment).where(sent).values(content=ERASED))


def _blank(change: Change, table: Any, mine: ColumnElement[bool], blank: dict[str, Any]) -> int:
    """Take rows out of every search and empty them; returns how many were not empty."""
    there = select(func.count()).where(mine, func.length(table.c.template) > 0)
    count = int(change.connection.execute(there).scalar_one())
    removed = func.coalesce(table.c.removed, change.tick)
    change.connection.execute(update(table).where(mine).values(removed=removed, **blank))
    return count
