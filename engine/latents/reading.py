"""Reads of latents, each with its row in the audit chain."""

from __future__ import annotations

from engine import audit
from engine.asker import Asker
from engine.gallery.catalogue import Catalogue
from engine.gallery.latent_store import (
    LatentFilter,
    list_latents,
    read_latent,
    read_latent_image,
    read_latent_template,
)
from engine.gallery.print_store import StoredImage
from engine.latents.latent import Latent
from engine.records import Template
from engine.seeing import today


def open_latent(catalogue: Catalogue, latent_id: str, asker: Asker) -> tuple[Latent, Template]:
    """A latent with its minutiae.

    Raises:
        NotFound: there is none that the asker may see.
    """
    with catalogue.recording() as connection:
        found = read_latent(connection, latent_id, asker, today())
        audit.record(connection, asker, "read.latent", latent_id, {})
        return found.shown_to(asker), read_latent_template(connection, latent_id)


def open_latent_image(catalogue: Catalogue, latent_id: str, asker: Asker) -> StoredImage:
    """The image file of a latent, as it came.

    Raises:
        NotFound: there is none that the asker may see, or it came without an image.
    """
    with catalogue.recording() as connection:
        read_latent(connection, latent_id, asker, today())
        image = read_latent_image(connection, latent_id)
        audit.record(connection, asker, "read.latent-image", latent_id, {})
        return image


def list_seen_latents(
    catalogue: Catalogue, wanted: LatentFilter, asker: Asker
) -> tuple[list[Latent], int]:
    """A part of the latents that the asker may see, the newest first, and the number of all."""
    with catalogue.recording() as connection:
        found, total = list_latents(connection, wanted, asker, today())
        detail = {"latents": [one.id for one in found]}
        audit.record(connection, asker, "list.latents", "", detail)
        return [one.shown_to(asker) for one in found], total
