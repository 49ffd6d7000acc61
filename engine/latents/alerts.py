"""The inbox of a bureau's alerts: prints that came in and are like its unsolved latents.

Reading an alert is an access to its print, and stands in the audit chain as nothing but that: the
print's owner sees who has looked at it, and learns of no latent.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import Connection

from engine import audit
from engine.asker import Asker
from engine.gallery.catalogue import Catalogue
from engine.gallery.hit_inbox_store import NewsPart
from engine.gallery.latent_alert_store import Alert, list_alerts, mark_alert_read
from engine.seeing import today


def read_alerts(catalogue: Catalogue, wanted: NewsPart, asker: Asker) -> tuple[list[Alert], int]:
    """A part of the alerts of the asker's bureau, the newest first, and the number of all."""
    with catalogue.recording() as connection:
        found, total = list_alerts(connection, wanted, asker, today())
        _record(connection, found, asker)
        return found, total


def acknowledge_alert(catalogue: Catalogue, entry: int, asker: Asker) -> Alert:
    """Mark an alert as read.

    Raises:
        NotFound: there is none that the asker may see.
    """
    with catalogue.recording() as connection:
        found = mark_alert_read(connection, entry, asker, datetime.now(UTC))
        _record(connection, [found], asker)
        return found


def _record(connection: Connection, found: Sequence[Alert], asker: Asker) -> None:
    """Write down whose prints were shown."""
    detail = {"prints": [one.print_id for one in found]}
    audit.record(connection, asker, "list.prints", "", detail)
