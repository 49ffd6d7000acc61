"""Flow 1: one probe in, a ranked and explained list out."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.asker import Asker
from engine.calibration.store import check_calibration
from engine.candidates import Candidate, ImageFile, SearchAnswer, SearchRequest
from engine.cards import shortlist_card
from engine.descriptor.features import Features, describe
from engine.errors import CatalogueBusy
from engine.extractor import Extractor
from engine.gallery.gallery import Gallery, Snapshot
from engine.gallery.shards import Shard
from engine.gallery.visibility import Visibility
from engine.images import read_image
from engine.ranking import Probe, make_candidates, rank_by_evidence, rank_persons
from engine.records import Template
from engine.scope import Found, Part, all_prints, choose_parts, compare_found, shortlist_parts
from engine.search_record import record_search
from engine.stopwatch import Stopwatch

ATTEMPTS = 5
"""A search is done again only if a record that it found was hidden while it ran."""


@dataclass(frozen=True, slots=True, eq=False)
class _Described:
    """Probes that are ready to be searched."""

    templates: tuple[Template, ...]
    features: tuple[Features, ...]


class Searcher:
    """Searches one gallery. Safe to share between threads."""

    def __init__(
        self,
        gallery: Gallery,
        extractor: Extractor,
        threads: int = 0,
        calibration: Path | None = None,
    ) -> None:
        """Take the parts.

        Args:
            gallery: where to search.
            extractor: what reads probes.
            threads: of one exact comparison; 0 uses every processor.
            calibration: file of one's own; None is the one that comes with the program.

        Raises:
            BadInput: the calibration file is damaged.
        """
        check_calibration(calibration)
        self.gallery = gallery
        self.extractor = extractor
        self.calibration = calibration
        self.visibility = Visibility(gallery.catalogue)
        self.threads = threads or os.cpu_count() or 1

    def search(self, request: SearchRequest, asker: Asker) -> SearchAnswer:
        """Identify a print, or prints of several fingers of one person.

        Raises:
            BadImage: the probe cannot be read, or holds too little of a finger.
            StorageError: catalogue or index cannot be read. A bad shard alone is named in the
                answer instead.
        """
        watch = Stopwatch()
        templates = tuple(self._extract(one.probe, watch) for one in request.probes)
        with watch.stage("describe"):
            described = _Described(templates, tuple(describe(one.minutiae) for one in templates))
        for _ in range(ATTEMPTS):
            answer = self._search(request, asker, described, watch)
            if answer is not None:
                return answer
        raise CatalogueBusy("records are being restricted faster than they can be searched")

    def _search(
        self, request: SearchRequest, asker: Asker, described: _Described, watch: Stopwatch
    ) -> SearchAnswer | None:
        """The answer; None if something in it was hidden from the asker meanwhile."""
        with watch.stage("authorise"):
            snapshot = self.gallery.snapshot()
            hidden = self.visibility.hidden_from(asker)
            parts = [choose_parts(snapshot, request, one.finger, hidden) for one in request.probes]
        with watch.stage("shortlist"):
            listed = self._shortlist(request, described.features, parts)
        with watch.stage("compare"):
            scored = [
                compare_found(probe, found, self.threads)
                for probe, found in zip(described.features, listed, strict=True)
            ]
        with watch.stage("rank"), self.gallery.catalogue.reading() as connection:
            probes = self._shown(described)
            ranked = (
                rank_by_evidence(connection, scored, request.top, probes)
                if request.others
                else rank_persons(connection, scored[0], request.top)
            )
            candidates = make_candidates(connection, ranked, request.top, probes, asker.ncb)
        with watch.stage("audit"):
            prints = [one.record.id for person in ranked for one in person.prints]
            if not self._record(request, candidates, prints, asker):
                return None
        shards = sorted({Shard(region, request.kind) for region in request.regions})
        return SearchAnswer(
            candidates=candidates,
            probe=described.templates[0],
            searched=sum(part.size for there in parts for part in there),
            compared=sum(len(one.rows) for found in scored for one in found),
            shards_searched=tuple(s.slug for s in shards if s not in snapshot.failed),
            shards_failed=_failures(snapshot, shards),
            times=watch.times,
            others=described.templates[1:],
        )

    def _shortlist(
        self, request: SearchRequest, probes: Sequence[Features], parts: Sequence[Sequence[Part]]
    ) -> list[list[Found]]:
        """The prints that deserve an exact comparison with each probe."""
        if request.exhaustive:
            return [all_prints(there) for there in parts]
        if request.others:
            return shortlist_card(probes, parts, self.threads)
        return [shortlist_parts(probes[0], parts[0], self.threads)]

    def _shown(self, described: _Described) -> list[Probe]:
        """What candidates are explained with."""
        both = zip(described.features, described.templates, strict=True)
        return [Probe(probe, template.extractor, self.calibration) for probe, template in both]

    def _extract(self, probe: ImageFile | Template, watch: Stopwatch) -> Template:
        """The template of a probe."""
        if isinstance(probe, Template):
            return probe
        with watch.stage("read"):
            image = read_image(probe.data, probe.name, probe.ppi)
        with watch.stage("extract"):
            return self.extractor.extract(image, exact_quality=False)

    def _record(
        self,
        request: SearchRequest,
        candidates: tuple[Candidate, ...],
        prints: list[int],
        asker: Asker,
    ) -> bool:
        """Write down who searched what and which records were shown, if they still may be."""
        shown = [(one.person.id, one.score) for one in candidates]
        fingers = [one.finger for one in request.probes]
        with self.gallery.catalogue.recording() as connection:
            # From here on nobody can restrict anything until the answer is recorded.
            if not self.visibility.still_shows(connection, prints, asker):
                return False
            record_search(connection, asker, (fingers, request.regions, request.kind), shown)
            return True


def _failures(snapshot: Snapshot, shards: list[Shard]) -> dict[str, str]:
    """The shards asked for that could not be searched, with the reason."""
    return {shard.slug: snapshot.failed[shard] for shard in shards if shard in snapshot.failed}
