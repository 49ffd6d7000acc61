"""Prints and latents of which nothing is left in the catalogue: no index file may hold them."""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from engine.gallery.latent_rows import number_of_row
from engine.gallery.latent_tables import latent
from engine.gallery.tables import print_


def erased_since(connection: Connection, tick: int) -> set[int]:
    """Numbers of the prints and latents that are erased and were removed after a change."""
    prints = select(print_.c.id).where(print_.c.removed > tick, func.length(print_.c.template) == 0)
    latents = select(number_of_row).where(
        latent.c.removed > tick, func.length(latent.c.template) == 0
    )
    return {*connection.execute(prints).scalars(), *connection.execute(latents).scalars()}
