"""What the audit chain keeps of a search."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

from sqlalchemy import Connection

from engine import audit
from engine.asker import Asker
from engine.fingers import Finger
from engine.search_modes import SearchMode


def record_search(
    connection: Connection,
    asker: Asker,
    scope: tuple[Sequence[Finger], Sequence[str], SearchMode],
    shown: Sequence[tuple[str, float]],
    latents: Sequence[tuple[str, float]] = (),
) -> None:
    """Write down who searched what and which persons or latents were shown.

    Args:
        connection: a transaction that holds the catalogue's clock.
        asker: who.
        scope: fingers, regions and mode.
        shown: id and score of each candidate, in their order.
        latents: the same where latents are searched.
    """
    fingers, regions, mode = scope
    result = [{"person": person, "score": round(score, 4)} for person, score in shown]
    result += [{"latent": latent, "score": round(score, 4)} for latent, score in latents]
    detail = {
        "fingers": [finger.label for finger in fingers],
        "regions": list(regions),
        "kind": mode.gallery.value,
        "mode": mode.value,
        "shown": [person for person, _ in shown],
        **({"latents": [latent for latent, _ in latents]} if latents else {}),
        "result_sha256": hashlib.sha256(json.dumps(result).encode()).hexdigest(),
    }
    audit.record(connection, asker, "search", "", detail)
