"""Latents whose last day of use has passed: nobody sees them, and their bureau erases them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from engine import audit
from engine.asker import Asker
from engine.gallery.catalogue import Catalogue
from engine.gallery.latent_store import erase_latent, find_latent_facts, latents_until
from engine.policy.rules import is_owner
from engine.retention import WARN_DAYS, require_officer


@dataclass(frozen=True, slots=True)
class EndingLatent:
    """A latent whose record ends, or has ended.

    Attributes:
        latent_id: which.
        until: last day of use.
        over: whether it has passed.
    """

    latent_id: str
    until: date
    over: bool


def list_ending_latents(
    catalogue: Catalogue, asker: Asker, today: date, warn_days: int = WARN_DAYS
) -> list[EndingLatent]:
    """Latents of the asker's bureau whose last day has passed or is near, the earliest first.

    Raises:
        Forbidden: the asker is no officer of a bureau.
    """
    require_officer(asker)
    with catalogue.recording() as connection:
        found = latents_until(connection, asker.ncb, today + timedelta(days=warn_days))
        shown = {"latents": [one for one, _ in found]}
        audit.record(connection, asker, "list.latents", "", shown)
    return [EndingLatent(one, until, over=until < today) for one, until in found]


def purge_latents(catalogue: Catalogue, asker: Asker, today: date) -> list[EndingLatent]:
    """Erase template, image and texts of those latents whose last day has passed.

    Each has a transaction of its own, so an interrupted purge is gone on with by the next. Index
    files hold their minutiae, hidden, until the indexer takes them out or
    `engine.protection.erasing.purge_copies` does.

    Returns:
        those erased.

    Raises:
        Forbidden: the asker is no officer of a bureau.
    """
    ending = list_ending_latents(catalogue, asker, today, warn_days=0)
    return [one for one in ending if one.over and _erase(catalogue, one.latent_id, asker, today)]


def _erase(catalogue: Catalogue, latent_id: str, asker: Asker, today: date) -> bool:
    """Erase a latent if its day has passed still; tells whether it did."""
    with catalogue.changing() as change:
        facts = find_latent_facts(change.connection, [latent_id])[latent_id]
        if facts.retention_until >= today or not is_owner(asker, facts.owner):
            return False
        erase_latent(change, latent_id)
        until = {"retention_until": facts.retention_until.isoformat()}
        audit.record(change.connection, asker, "latent.purge", latent_id, until)
        return True
