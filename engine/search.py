"""Flow 1: one probe in, a ranked and explained list out."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sqlalchemy import Connection

from engine.asker import Asker
from engine.calibration.store import calibration_for, check_calibration
from engine.candidates import (
    Candidate,
    ImageFile,
    LatentCandidate,
    SearchAnswer,
    SearchRequest,
)
from engine.cards import shortlist_card
from engine.descriptor.features import Features, describe
from engine.errors import CatalogueBusy
from engine.extractor import Extractor
from engine.gallery.gallery import Gallery, Snapshot
from engine.gallery.segment import Int64Array
from engine.gallery.shards import Shard
from engine.gallery.visibility import Visibility
from engine.images import read_image
from engine.latents.ranking import make_latent_candidates, rank_latents
from engine.lights_out import Decided, Facts, decide
from engine.persons import GalleryKind
from engine.ranking import Probe, make_candidates, rank_by_evidence, rank_persons
from engine.records import Template
from engine.scope import Found, Part, all_prints, choose_parts, compare_found, shortlist_parts
from engine.search_modes import SearchMode
from engine.search_record import record_search
from engine.stopwatch import Stopwatch

ATTEMPTS = 5
"""A search is done again only if a record that it found was hidden while it ran."""

ALL_COMPARED = 2000
"""Prints up to which a search of or for latents needs no index: a tenth of a second. The minutiae
of a small latent may all be without a code, and then the index finds nobody."""


@dataclass(frozen=True, slots=True, eq=False)
class _Described:
    """Probes that are ready to be searched."""

    templates: tuple[Template, ...]
    features: tuple[Features, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Ranked:
    """What was found.

    Attributes:
        prints: numbers of all prints that count.
        scores: of the first person, and the best of those who follow.
        persons, latents: the candidates.
    """

    prints: list[int]
    scores: tuple[float, ...] = ()
    persons: tuple[Candidate, ...] = ()
    latents: tuple[LatentCandidate, ...] = ()


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

    def search(
        self, request: SearchRequest, asker: Asker, watch: Stopwatch | None = None
    ) -> SearchAnswer:
        """Identify a print, or prints of several fingers of one person.

        Args:
            request: what is searched.
            asker: who asks.
            watch: tells others how far the search is.

        Raises:
            BadImage: the probe cannot be read, or holds too little of a finger.
            StorageError: catalogue or index cannot be read. A bad shard alone is named in the
                answer instead.
        """
        watch = watch or Stopwatch()
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
            hidden = self._hidden(request, asker)
            parts = [choose_parts(snapshot, request, one.finger, hidden) for one in request.probes]
        with watch.stage("shortlist"):
            listed = self._shortlist(request, described.features, parts)
        with watch.stage("compare"):
            scored = [
                compare_found(probe, found, self.threads)
                for probe, found in zip(described.features, listed, strict=True)
            ]
        with watch.stage("rank"), self.gallery.catalogue.reading() as connection:
            ranked = self._rank(connection, request, scored, described, asker)
        with watch.stage("audit"):
            if not self._record(request, ranked, asker):
                return None
        shards = sorted({Shard(region, request.kind) for region in request.regions})
        failed = _failures(snapshot, shards)
        return SearchAnswer(
            candidates=ranked.persons,
            probe=described.templates[0],
            searched=sum(part.size for there in parts for part in there),
            compared=sum(len(one.rows) for found in scored for one in found),
            shards_searched=tuple(s.slug for s in shards if s not in snapshot.failed),
            shards_failed=failed,
            times=watch.times,
            others=described.templates[1:],
            mode=request.mode,
            latents=ranked.latents,
            decided=self._decide(request, ranked, described, whole=not failed),
        )

    def _hidden(self, request: SearchRequest, asker: Asker) -> Int64Array:
        """Numbers of what the search may not find, rising."""
        hidden = self.visibility.hidden_from(asker)
        return hidden if request.leave_out is None else np.union1d(hidden, [request.leave_out])

    def _shortlist(
        self, request: SearchRequest, probes: Sequence[Features], parts: Sequence[Sequence[Part]]
    ) -> list[list[Found]]:
        """The prints that deserve an exact comparison with each probe."""
        if request.exhaustive or _is_small(request, parts):
            return [all_prints(there) for there in parts]
        if request.others and request.kind is GalleryKind.TENPRINT:
            return shortlist_card(probes, parts, self.threads)
        both = zip(probes, parts, strict=True)
        return [shortlist_parts(probe, there, self.threads) for probe, there in both]

    def _rank(
        self,
        connection: Connection,
        request: SearchRequest,
        scored: Sequence[Sequence[Found]],
        described: _Described,
        asker: Asker,
    ) -> _Ranked:
        """Persons or latents, by what is searched."""
        probes, top = self._shown(request, described), request.top
        if request.kind is GalleryKind.UNSOLVED_LATENT:
            best = rank_latents(connection, scored, top)
            latents = make_latent_candidates(connection, best, top, probes, asker)
            return _Ranked([placed[0] for placed, _ in best], latents=latents)
        ranked = (
            rank_by_evidence(connection, scored, top, probes)
            if request.others
            else rank_persons(connection, scored[0], top)
        )
        prints = [one.record.id for person in ranked for one in person.prints]
        scores = [one.score for one in ranked]
        leading = (scores[0], max(scores[1:], default=0.0)) if scores else ()
        persons = make_candidates(connection, ranked, top, probes, asker.ncb, self.threads)
        return _Ranked(prints, leading, persons)

    def _decide(
        self, request: SearchRequest, ranked: _Ranked, described: _Described, *, whole: bool
    ) -> Decided | None:
        """What the rule says, if one was asked for."""
        if request.decision is None:
            return None
        first = ranked.persons[:1]
        facts = Facts(
            scores=ranked.scores,
            calibrated=all(one.calibrated is not None for one in first),
            whole=whole,
            probes=len(described.templates),
            minutiae=min(len(one.minutiae) for one in described.templates),
        )
        calibration = calibration_for(described.templates[0].extractor, self.calibration)
        return decide(request.decision, facts, calibration)

    def _shown(self, request: SearchRequest, described: _Described) -> list[Probe]:
        """What candidates are explained with."""
        both = zip(described.features, described.templates, strict=True)
        return [
            Probe(probe, self._measured(request, template), self.calibration)
            for probe, template in both
        ]

    def _measured(self, request: SearchRequest, template: Template) -> str:
        """The extractor whose calibration holds for a probe; none was fitted for latents."""
        return "" if request.mode.is_of_latent else template.extractor

    def _extract(self, probe: ImageFile | Template, watch: Stopwatch) -> Template:
        """The template of a probe."""
        if isinstance(probe, Template):
            return probe
        with watch.stage("read"):
            image = read_image(probe.data, probe.name, probe.ppi)
        with watch.stage("extract"):
            return self.extractor.extract(image, exact_quality=False)

    def _record(self, request: SearchRequest, ranked: _Ranked, asker: Asker) -> bool:
        """Write down who searched what and which records were shown, if they still may be."""
        shown = [(one.person.id, one.score) for one in ranked.persons]
        latents = [(one.latent.id, one.score) for one in ranked.latents]
        fingers = [one.finger for one in request.probes]
        with self.gallery.catalogue.recording() as connection:
            # From here on nobody can restrict anything until the answer is recorded.
            if not self.visibility.still_shows(connection, ranked.prints, asker):
                return False
            scope = (fingers, request.regions, request.mode)
            record_search(connection, asker, scope, shown, latents)
            return True


def _is_small(request: SearchRequest, parts: Sequence[Sequence[Part]]) -> bool:
    """Whether latents are concerned, and so few prints that all can be compared exactly."""
    concerned = request.mode is not SearchMode.PRINTS
    return concerned and sum(part.size for there in parts for part in there) <= ALL_COMPARED


def _failures(snapshot: Snapshot, shards: list[Shard]) -> dict[str, str]:
    """The shards asked for that could not be searched, with the reason."""
    return {shard.slug: snapshot.failed[shard] for shard in shards if shard in snapshot.failed}
