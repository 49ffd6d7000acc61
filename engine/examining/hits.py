"""Hits in use: reading them, news of them, the owner's word, and how many there are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from engine import audit
from engine.asker import Asker
from engine.errors import BadRequest, Forbidden
from engine.examination.file import HitChange, HitFile
from engine.examination.hit import HitStep, take_hit_step
from engine.examination.verdict import LONGEST_REASON
from engine.examining.hit_opening import change_hit
from engine.gallery.catalogue import Catalogue
from engine.gallery.hit_inbox_store import HitNews, NewsPart, list_news, mark_news_read
from engine.gallery.hit_store import (
    HitCount,
    HitFilter,
    count_hits,
    list_hits,
    read_changes,
    read_hit,
)
from engine.notices.values import words
from engine.seeing import today

MOST_DAYS = 366
"""Days that one reading of the statistics covers."""


@dataclass(frozen=True, slots=True)
class OpenedHit:
    """A hit with all that was done with it."""

    file: HitFile
    changes: tuple[HitChange, ...]


def open_hit(catalogue: Catalogue, hit_id: str, asker: Asker) -> OpenedHit:
    """A hit.

    Raises:
        NotFound: there is none between the asker's bureau and another, or the asker may not see
            the person any more.
    """
    with catalogue.recording() as connection:
        file = read_hit(connection, hit_id, asker, today())
        audit.record(connection, asker, "read.hit", hit_id, {}, [file.person_id])
        return OpenedHit(file, tuple(read_changes(connection, hit_id)))


def list_opened(catalogue: Catalogue, wanted: HitFilter, asker: Asker) -> tuple[list[HitFile], int]:
    """A part of the hits that the asker may see, the newest first, and the number of all."""
    with catalogue.recording() as connection:
        found, total = list_hits(connection, wanted, asker, today())
        detail = {"hits": [one.id for one in found]}
        about = [one.person_id for one in found]
        audit.record(connection, asker, "list.hits", "", detail, about)
        return found, total


def step_hit(
    catalogue: Catalogue, hit_id: str, step: HitStep, reason: str, asker: Asker
) -> OpenedHit:
    """Take a step with a hit; both bureaus get the news.

    Raises:
        NotFound: there is none that the asker may see.
        Forbidden: the step is for somebody else.
        Conflict: it does not start where the hit stands.
        BadRequest: it needs a reason, or the reason is malformed.
    """
    if reason and (fault := words(LONGEST_REASON)(reason)):
        raise BadRequest(f"reason: {fault}")
    with catalogue.recording() as connection:
        file = read_hit(connection, hit_id, asker, today())
        take_hit_step(file.status, step, file.sides, asker, reason)
        after = change_hit(connection, file, step, reason, asker)
        return OpenedHit(after, tuple(read_changes(connection, hit_id)))


def read_news(catalogue: Catalogue, wanted: NewsPart, asker: Asker) -> tuple[list[HitNews], int]:
    """A part of the bureau's inbox of hits, newest first, and the number of all that fit.

    Raises:
        Forbidden: the asker is of no organisation.
    """
    _require_organisation(asker)
    with catalogue.recording() as connection:
        found, total = list_news(connection, wanted, asker, today())
        detail = {"hits": [one.file.id for one in found]}
        about = [one.file.person_id for one in found]
        audit.record(connection, asker, "list.hit-inbox", asker.ncb, detail, about)
        return found, total


def acknowledge_news(catalogue: Catalogue, entry: int, asker: Asker) -> HitNews:
    """Note that an entry was read; who reads it first is who has read it.

    Raises:
        Forbidden: the asker is of no organisation.
        NotFound: there is no such entry in this inbox.
    """
    _require_organisation(asker)
    with catalogue.recording() as connection:
        read = mark_news_read(connection, entry, asker, datetime.now(UTC))
        detail, about = {"entry": entry}, [read.file.person_id]
        audit.record(connection, asker, "hit-inbox.read", read.file.id, detail, about)
        return read


def read_statistics(catalogue: Catalogue, first: date, last: date, asker: Asker) -> list[HitCount]:
    """Hits by day and pair of regions, of those that stand and that the asker may see.

    The General Secretariat and the CCC count those between all bureaus, a bureau its own.

    Raises:
        Forbidden: the asker is of no organisation.
        BadRequest: the days are in the wrong order, or too many.
    """
    _require_organisation(asker)
    if not 0 <= (last - first).days < MOST_DAYS:
        raise BadRequest(f"from {first} to {last}: give 1 to {MOST_DAYS} days in their order")
    with catalogue.recording() as connection:
        detail = {"from": first.isoformat(), "to": last.isoformat()}
        audit.record(connection, asker, "read.hit-statistics", "", detail)
        return count_hits(connection, first, last, asker, today())


def _require_organisation(asker: Asker) -> None:
    """Check that an asker is of an organisation.

    Raises:
        Forbidden: the asker is of none.
    """
    if not asker.ncb:
        raise Forbidden("hits are between organisations")
