"""What the audit chain keeps of a search."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

from sqlalchemy import Connection

from engine import audit
from engine.asker import Asker
from engine.fingers import Finger
from engine.persons import GalleryKind


def record_search(
    connection: Connection,
    asker: Asker,
    scope: tuple[Sequence[Finger], Sequence[str], GalleryKind],
    shown: Sequence[tuple[str, float]],
) -> None:
    """Write down who searched what and which persons were shown.

    Args:
        connection: a transaction that holds the catalogue's clock.
        asker: who.
        scope: fingers, regions and gallery.
        shown: id and score of each candidate, in their order.
    """
    fingers, regions, kind = scope
    result = [{"person": person, "score": round(score, 4)} for person, score in shown]
    detail = {
        "fingers": [finger.label for finger in fingers],
        "regions": list(regions),
        "kind": kind.value,
        "shown": [person for person, _ in shown],
        "result_sha256": hashlib.sha256(json.dumps(result).encode()).hexdigest(),
    }
    audit.record(connection, asker, "search", "", detail)
