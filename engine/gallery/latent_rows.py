"""Unsolved latents as the index follows them, beside the prints of persons.

Both share the shards' files, so their numbers must differ: those of latents lie above all that a
catalogue can give to prints. What asks for a print by the number of a latent finds nothing.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, Row, Select, func, literal, select

from engine.gallery.latent_tables import latent
from engine.persons import GalleryKind

FIRST_LATENT = 2**62
"""Number of the latent of serial 0."""

number_of_row: ColumnElement[int] = latent.c.serial + FIRST_LATENT
"""Number of a latent in the index."""

_Row = Row[tuple[int, str, str, int, bytes, str, int]]
"""Number, bureau, kind, finger, template, id and change of a latent, named as those of prints."""


def added_latents(connection: Connection, tick: int, last: int | None = None) -> list[_Row]:
    """Latents added after a change, until another, that are not removed."""
    query: Select[tuple[int, str, str, int, bytes, str, int]] = (
        select(
            number_of_row.label("id"),
            latent.c.ncb,
            literal(GalleryKind.UNSOLVED_LATENT.value).label("kind"),
            latent.c.finger,
            latent.c.template,
            latent.c.id.label("person_id"),
            latent.c.added,
        )
        .where(latent.c.added > tick, latent.c.removed.is_(None))
        .order_by(latent.c.added, latent.c.serial)
    )
    if last is not None:
        query = query.where(latent.c.added <= last)
    return list(connection.execute(query).all())


def removed_latents(connection: Connection, tick: int) -> set[int]:
    """Numbers of the latents removed after a change."""
    query = select(number_of_row).where(latent.c.removed > tick)
    return set(connection.execute(query).scalars())


def live_latents(connection: Connection, up_to: int) -> dict[int, str]:
    """Bureau of every latent added until a change and not removed."""
    query = select(number_of_row.label("id"), latent.c.ncb).where(
        latent.c.added <= up_to, latent.c.removed.is_(None)
    )
    return {row.id: row.ncb for row in connection.execute(query)}


def count_latents(connection: Connection, since: int = 0) -> int:
    """Number of latents that can be searched and were added after a change."""
    query = select(func.count()).where(latent.c.removed.is_(None), latent.c.added > since)
    return connection.execute(query).scalar_one()
