"""Flow 1: one probe in, a ranked and explained list out."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

from engine import audit
from engine.asker import Asker
from engine.candidates import Candidate, ImageFile, SearchAnswer, SearchRequest
from engine.descriptor.features import describe
from engine.extractor import Extractor
from engine.gallery.gallery import Gallery, Snapshot
from engine.gallery.shards import Shard
from engine.images import read_image
from engine.ranking import Probe, make_candidates, rank_persons
from engine.records import Template
from engine.scope import all_prints, choose_parts, compare_found, shortlist_parts
from engine.stopwatch import Stopwatch


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
        """
        self.gallery = gallery
        self.extractor = extractor
        self.calibration = calibration
        self.threads = threads or os.cpu_count() or 1

    def search(self, request: SearchRequest, asker: Asker) -> SearchAnswer:
        """Identify a print.

        Raises:
            BadImage: the probe cannot be read, or holds too little of a finger.
            StorageError: catalogue or index cannot be read. A bad shard alone is named in the
                answer instead.
        """
        watch = Stopwatch()
        template = self._extract(request.probe, watch)
        with watch.stage("describe"):
            probe = describe(template.minutiae)
        with watch.stage("authorise"):
            snapshot = self.gallery.snapshot()
            parts = choose_parts(snapshot, request)
        with watch.stage("shortlist"):
            listed = (
                all_prints(parts)
                if request.exhaustive
                else shortlist_parts(probe, parts, self.threads)
            )
        with watch.stage("compare"):
            scored = compare_found(probe, listed, self.threads)
        with watch.stage("rank"), self.gallery.catalogue.reading() as connection:
            ranked = rank_persons(connection, scored, request.top)
            shown = Probe(probe, template.extractor, self.calibration)
            candidates = make_candidates(connection, ranked, request.top, shown, asker.ncb)
        with watch.stage("audit"):
            self._record(request, candidates, asker)
        shards = sorted({Shard(region, request.kind) for region in request.regions})
        return SearchAnswer(
            candidates=candidates,
            probe=template,
            searched=sum(part.size for part in parts),
            compared=sum(len(found.rows) for found in scored),
            shards_searched=tuple(s.slug for s in shards if s not in snapshot.failed),
            shards_failed=_failures(snapshot, shards),
            times=watch.times,
        )

    def _extract(self, probe: ImageFile | Template, watch: Stopwatch) -> Template:
        """The template of a probe."""
        if isinstance(probe, Template):
            return probe
        with watch.stage("read"):
            image = read_image(probe.data, probe.name, probe.ppi)
        with watch.stage("extract"):
            return self.extractor.extract(image, exact_quality=False)

    def _record(
        self, request: SearchRequest, candidates: tuple[Candidate, ...], asker: Asker
    ) -> None:
        """Write down who searched what and which records were shown."""
        shown = [{"person": one.person.id, "score": round(one.score, 4)} for one in candidates]
        result = hashlib.sha256(json.dumps(shown).encode()).hexdigest()
        detail = {
            "finger": request.finger.label,
            "regions": list(request.regions),
            "kind": request.kind.value,
            "shown": [one["person"] for one in shown],
            "result_sha256": result,
        }
        with self.gallery.catalogue.recording() as connection:
            audit.record(connection, asker, "search", "", detail)


def _failures(snapshot: Snapshot, shards: list[Shard]) -> dict[str, str]:
    """The shards asked for that could not be searched, with the reason."""
    return {shard.slug: snapshot.failed[shard] for shard in shards if shard in snapshot.failed}
