"""Many probes through the search flow together.

The index is asked for the codes of several probes at a time, and a stored print that many probes
want is described once for all of them. What each probe finds is what it would find alone; each
search is authorised and recorded like a single one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection

from engine.asker import Asker
from engine.batch.places import compare_together, list_together
from engine.candidates import SearchRequest
from engine.descriptor.features import describe
from engine.errors import CatalogueBusy
from engine.fingers import Finger
from engine.gallery.gallery import Snapshot
from engine.gallery.notice_store import notices_of
from engine.gallery.shards import Shard
from engine.members import regions
from engine.ranking import RankedPerson, rank_persons
from engine.records import Template
from engine.scope import choose_parts
from engine.search import ATTEMPTS, Searcher
from engine.search_modes import SearchMode
from engine.search_record import record_search


@dataclass(frozen=True, slots=True, eq=False)
class BatchProbe:
    """A probe of a batch.

    Attributes:
        name: of its file.
        template: what was extracted.
        finger: which finger it is, if known.
    """

    name: str
    template: Template
    finger: Finger = Finger.UNKNOWN


@dataclass(frozen=True, slots=True)
class BatchScope:
    """What all searches of a batch have in common; see `SearchRequest`."""

    regions: tuple[str, ...] = field(default_factory=regions)
    top: int = 10


@dataclass(frozen=True, slots=True, eq=False)
class BatchAnswer:
    """What a probe of a batch found.

    Attributes:
        probe: which.
        ranked: candidates by falling score, and one more for the gap.
        notices: paths of notices in force about each candidate, by person.
        searched, compared: see `SearchAnswer`.
        failed: shards that could not be searched, with the reason.
    """

    probe: BatchProbe
    ranked: tuple[RankedPerson, ...]
    notices: Mapping[str, tuple[str, ...]]
    searched: int
    compared: int
    failed: Mapping[str, str]


def search_together(
    searcher: Searcher, probes: Sequence[BatchProbe], scope: BatchScope, asker: Asker
) -> list[BatchAnswer]:
    """Search all probes; their answers are in the order given.

    Raises:
        StorageError: catalogue or index cannot be read.
    """
    answers: dict[int, BatchAnswer] = {}
    for _ in range(ATTEMPTS):
        left = [row for row in range(len(probes)) if row not in answers]
        for finger in {probes[row].finger for row in left}:
            alike = [row for row in left if probes[row].finger == finger]
            found = _search(searcher, [probes[row] for row in alike], scope, asker)
            answers |= {row: one for row, one in zip(alike, found, strict=True) if one}
        if len(answers) == len(probes):
            return [answers[row] for row in range(len(probes))]
    raise CatalogueBusy("records are being restricted faster than they can be searched")


def _search(
    searcher: Searcher, probes: Sequence[BatchProbe], scope: BatchScope, asker: Asker
) -> list[BatchAnswer | None]:
    """Search probes of one finger; None where something found was hidden meanwhile."""
    snapshot = searcher.gallery.snapshot()
    request = SearchRequest(probes[0].template, regions=scope.regions)
    hidden = searcher.visibility.hidden_from(asker)
    parts = choose_parts(snapshot, request, probes[0].finger, hidden)
    features = [describe(one.template.minutiae) for one in probes]
    listed = list_together(features, parts, searcher.threads)
    scored = compare_together(features, listed, searcher.threads)
    with searcher.gallery.catalogue.reading() as connection:
        ranked = [rank_persons(connection, one, scope.top) for one in scored]
        notices = _notices(connection, ranked, scope.top, asker)
    searched = sum(part.size for part in parts)
    answers = [
        BatchAnswer(
            probe,
            tuple(persons),
            {one.person_id: notices.get(one.person_id, ()) for one in persons[: scope.top]},
            searched,
            sum(len(one.rows) for one in found),
            _failures(snapshot, scope),
        )
        for probe, persons, found in zip(probes, ranked, scored, strict=True)
    ]
    return _record(searcher, answers, scope, asker)


def _notices(
    connection: Connection, ranked: Sequence[Sequence[RankedPerson]], top: int, asker: Asker
) -> dict[str, tuple[str, ...]]:
    """Paths of the notices that the asker may see, by person."""
    ids = {one.person_id for persons in ranked for one in persons[:top]}
    found = notices_of(connection, ids, asker.ncb)
    return {person: tuple(notice.path for notice in notices) for person, notices in found.items()}


def _record(
    searcher: Searcher, answers: Sequence[BatchAnswer], scope: BatchScope, asker: Asker
) -> list[BatchAnswer | None]:
    """Write down every search whose findings may still be shown, all in one transaction."""
    kept: list[BatchAnswer | None] = []
    with searcher.gallery.catalogue.recording() as connection:
        for answer in answers:
            prints = [one.record.id for person in answer.ranked for one in person.prints]
            if not searcher.visibility.still_shows(connection, prints, asker):
                kept.append(None)
                continue
            shown = [(one.person_id, one.score) for one in answer.ranked[: scope.top]]
            looked_at = ([answer.probe.finger], scope.regions, SearchMode.PRINTS)
            record_search(connection, asker, looked_at, shown)
            kept.append(answer)
    return kept


def _failures(snapshot: Snapshot, scope: BatchScope) -> dict[str, str]:
    """The shards asked for that could not be searched."""
    shards = {Shard(region, SearchMode.PRINTS.gallery) for region in scope.regions}
    return {shard.slug: why for shard, why in snapshot.failed.items() if shard in shards}
