"""Reverse search: every print that comes in is searched against the unsolved latents.

The catalogue's clock is the list of work: prints follow each other in the order of their commits,
and how far the search has come is written in the transaction that tells its alerts. So a print is
searched after its enrolment was acknowledged, at no cost to it, once in effect however often the
work is cut off, whichever process does it and wherever the print came from.

It is done for the latents' owners and by their rights: what a print's enroller may see plays no
part, and nothing of it is told to the enroller.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import Connection

from engine import audit
from engine.asker import Asker
from engine.candidates import SearchRequest
from engine.descriptor.features import describe
from engine.errors import CorruptFile
from engine.events.event import EventKind
from engine.events.noting import note_event
from engine.events.subject import person_subject
from engine.gallery.gallery import Gallery, Snapshot
from engine.gallery.handling_store import find_print_facts
from engine.gallery.latent_alert_store import (
    NewAlert,
    read_covered,
    tell_alerts,
    write_covered,
)
from engine.gallery.latent_store import find_latent_facts, find_latents, has_unsolved
from engine.gallery.print_store import StoredTemplate, added_since, find_prints
from engine.gallery.segment import Int64Array
from engine.identity.clearance import Clearance
from engine.latents.alarm import alert_score
from engine.latents.latent import Latent
from engine.persons import GalleryKind
from engine.policy import Purpose, RecordFacts, may_find, may_see
from engine.scope import Found, choose_parts, compare_found, shortlist_parts
from engine.search_modes import SearchMode
from engine.seeing import today

PORTION = 64
"""Prints searched before it is written down how far the work has come: a few seconds of it."""

WORKER = "system:reverse-search"
"""Who does it, in the audit chain."""


@dataclass(frozen=True, slots=True)
class Reversed:
    """What a portion of the work did.

    Attributes:
        prints: searched.
        alerts: told now.
        done: whether nothing is left.
    """

    prints: int
    alerts: int
    done: bool


@dataclass(frozen=True, slots=True)
class _Match:
    """A latent that a new print is like enough."""

    print_id: int
    latent: Latent
    score: float


def search_new_prints(gallery: Gallery, threads: int = 1) -> Reversed:
    """Search the next prints against all unsolved latents, and tell the latents' owners.

    Raises:
        StorageError: catalogue or index cannot be read; nothing was written down, so the same
            prints come again.
    """
    with gallery.catalogue.reading() as connection:
        covers, now = read_covered(connection)
        if covers >= now:
            return Reversed(0, 0, done=True)
        wanted = has_unsolved(connection)
        added = added_since(connection, covers, PORTION) if wanted else []
    until = added[-1].added if added else now
    new = [one for one in added if one.shard.kind is GalleryKind.TENPRINT]
    matches = _match(gallery, new, threads) if new else []
    with gallery.catalogue.recording() as connection:
        if read_covered(connection)[0] != covers:  # another process has done the same
            return Reversed(0, 0, done=False)
        told = _tell(connection, matches, len(new))
        write_covered(connection, until)
    return Reversed(len(new), told, done=not added)


def search_all_new_prints(gallery: Gallery, threads: int = 1) -> Reversed:
    """Do all the work that there is now."""
    prints = alerts = 0
    while True:
        part = search_new_prints(gallery, threads)
        prints, alerts = prints + part.prints, alerts + part.alerts
        if part.done:
            return Reversed(prints, alerts, done=True)


def _match(gallery: Gallery, new: Sequence[StoredTemplate], threads: int) -> list[_Match]:
    """The latents that these prints are like enough."""
    snapshot = gallery.snapshot()
    if any(shard.kind is GalleryKind.UNSOLVED_LATENT for shard in snapshot.failed):
        raise CorruptFile("shards of latents cannot be searched; prints wait for them")
    found = [(one.id, found) for one in new for found in _search(snapshot, one, threads)]
    ids = {int(number) for _, part in found for number in _numbers(part)}
    with gallery.catalogue.reading() as connection:
        latents = find_latents(connection, ids)
    return [match for print_id, part in found for match in _worth_telling(print_id, part, latents)]


def _search(snapshot: Snapshot, new: StoredTemplate, threads: int) -> list[Found]:
    """The latents compared with a print."""
    request = SearchRequest(new.template, new.finger, mode=SearchMode.PRINT_TO_LATENTS)
    probe = describe(new.template.minutiae)
    parts = choose_parts(snapshot, request, new.finger)
    return compare_found(probe, shortlist_parts(probe, parts, threads), threads)


def _numbers(found: Found) -> Int64Array:
    """Numbers in the index of compared latents."""
    numbers: Int64Array = found.segment.prints[found.rows]
    return numbers


def _worth_telling(print_id: int, found: Found, latents: dict[int, Latent]) -> Iterator[_Match]:
    """Those compared latents whose score is worth an examiner's attention."""
    for number, score in zip(_numbers(found).tolist(), found.scores.tolist(), strict=True):
        latent = latents.get(number)
        if latent is not None and score >= alert_score(latent.minutiae):
            yield _Match(print_id, latent, score)


def _tell(connection: Connection, matches: Sequence[_Match], prints: int) -> int:
    """Tell those owners who may see the prints; returns how many alerts are new."""
    latents = find_latent_facts(connection, {one.latent.id for one in matches})
    found = find_print_facts(connection, {one.print_id for one in matches})
    alerts = [
        NewAlert(one.latent.ncb, one.latent.id, one.print_id, one.score)
        for one in matches
        if _may_be_told(one, latents.get(one.latent.id), found.get(one.print_id), today())
    ]
    fresh = tell_alerts(connection, alerts, datetime.now(UTC))
    whose = find_prints(connection, [one.print_id for one in fresh])
    for alert in fresh:
        owner = Asker(WORKER, ncb=alert.ncb, purpose=Purpose.ADMINISTRATION)
        audit.record(connection, owner, "latent.alert", alert.latent_id, {})
        about = person_subject(whose[alert.print_id].person_id)
        note_event(connection, EventKind.ALERT, "latent", about, [alert.ncb])
    if prints:
        searched = {"prints_searched": prints, "alerts": len(fresh)}
        audit.record(connection, Asker(WORKER), "latent.reverse-search", "", searched)
    return len(fresh)


def _may_be_told(
    match: _Match, latent: RecordFacts | None, found: RecordFacts | None, day: date
) -> bool:
    """Whether a latent's bureau may use the latent still, and find the print for its purpose.

    The bureau is asked for as a whole; whether a reader has the clearance is asked at the reading.
    """
    bureau = Asker(
        WORKER,
        ncb=match.latent.ncb,
        purpose=match.latent.purpose,
        clearance=Clearance.CONFIDENTIAL,
    )
    if latent is None or found is None:
        return False
    return may_see(bureau, latent, day) and may_find(bureau, found, day)
