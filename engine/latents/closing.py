"""The end of a latent: its bureau has found whose it is, or takes it out of every search."""

from __future__ import annotations

from engine import audit
from engine.asker import Asker
from engine.errors import BadRequest, Conflict
from engine.gallery.catalogue import Catalogue
from engine.gallery.latent_store import close_latent, read_latent
from engine.latents.latent import LONGEST_REASON, Latent, LatentStatus
from engine.notices.values import words
from engine.seeing import require_own, today


def close(
    catalogue: Catalogue, latent_id: str, status: LatentStatus, reason: str, asker: Asker
) -> Latent:
    """Solve or withdraw a latent; from then on no search finds it. What was done before is so.

    The record stays with its image until its retention ends, for those who may see it. One that
    was ended by mistake is recorded again under another id.

    Raises:
        NotFound: there is none that the asker may see.
        Forbidden: it is another bureau's.
        Conflict: it has ended in the other way.
        BadRequest: there is no reason, or it is malformed.
    """
    if fault := words(LONGEST_REASON)(reason):
        raise BadRequest(f"reason: {fault}")
    with catalogue.changing() as change:
        found = read_latent(change.connection, latent_id, asker, today())
        require_own(asker, found.ncb)
        if found.status is status:
            return found
        if found.status is not LatentStatus.UNSOLVED:
            raise Conflict(f"latent {latent_id!r} is {found.status} already")
        close_latent(change, latent_id, status, reason)
        audit.record(change.connection, asker, f"latent.{status}", latent_id, {})
        return read_latent(change.connection, latent_id, asker, today())
