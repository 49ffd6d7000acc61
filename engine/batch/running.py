"""A batch from its files to its results."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.asker import Asker
from engine.batch.results import Results, Row
from engine.batch.searching import BatchAnswer, BatchProbe, BatchScope, search_together
from engine.batch.sources import ProbeFile
from engine.calibration.store import calibrate
from engine.errors import BadImage, WhorlError
from engine.images import read_image
from engine.records import PrintImage, Template
from engine.search import Searcher
from engine.search_modes import SearchMode

PORTION = 1000
"""Probes that are searched together, and what a kill can cost; more share more, and take longer
until the first results are safe."""

_EXTRACTED = 32
"""Images that are held at a time."""

Progress = Callable[[int], None]


@dataclass(slots=True)
class Tally:
    """How a batch went.

    Attributes:
        searched, refused: probes of this run.
        before: probes that an earlier run had done.
        seconds: of this run.
        search_seconds: of them, without reading and extraction.
    """

    searched: int = 0
    refused: int = 0
    before: int = 0
    seconds: float = 0.0
    search_seconds: float = 0.0


def run_batch(  # noqa: PLR0913 - what it works with, and what it reports to
    searcher: Searcher,
    probes: Sequence[ProbeFile],
    results: Results,
    scope: BatchScope,
    asker: Asker,
    progress: Progress = lambda _: None,
    admit: Callable[[int], None] = lambda _: None,
) -> Tally:
    """Search all probes that the results do not hold yet, and keep what is found.

    Before a portion is searched, `admit` is asked for so many searches.

    Raises:
        QuotaSpent: the bureau has no more for today; what was kept before is safe.
        StorageError: catalogue, index or results failed; what was kept before is safe.
    """
    done, start = results.done(), time.perf_counter()
    left = [probe for probe in probes if probe.name not in done]
    tally = Tally(before=len(probes) - len(left))
    progress(tally.before)
    for first in range(0, len(left), PORTION):
        portion = left[first : first + PORTION]
        templates = dict(_templates(searcher, portion, progress))
        rows = [_refusal(one, reason) for one, reason in templates.items() if _is_error(reason)]
        ready = [
            BatchProbe(one.name, template, one.finger)
            for one, template in templates.items()
            if isinstance(template, Template)
        ]
        admit(len(ready))
        began = time.perf_counter()
        answers = search_together(searcher, ready, scope, asker)
        tally.search_seconds += time.perf_counter() - began
        tally.refused += len(rows)
        tally.searched += len(answers)
        for answer in answers:
            rows += _rows(answer, scope.top, searcher.calibration)
        results.add(rows)
    tally.seconds = time.perf_counter() - start
    return tally


def terms_of(
    probes: Sequence[ProbeFile], scope: BatchScope, asker: Asker, extractor: str
) -> dict[str, object]:
    """All that the results of a batch depend on, besides the gallery."""
    lines = "".join(f"{one.name}\t{one.finger.label}\t{one.ppi}\n" for one in probes)
    return {
        "probes": len(probes),
        "probes_sha256": hashlib.sha256(lines.encode()).hexdigest(),
        "regions": list(scope.regions),
        "kind": SearchMode.PRINTS.gallery.value,
        "top": scope.top,
        "ncb": asker.ncb,
        "purpose": asker.purpose,
        "case": asker.case_ref,
        "extractor": extractor,
    }


def _templates(
    searcher: Searcher, portion: Sequence[ProbeFile], progress: Progress
) -> Iterator[tuple[ProbeFile, Template | WhorlError]]:
    """The template of each probe, or why there is none."""
    for first in range(0, len(portion), _EXTRACTED):
        some = portion[first : first + _EXTRACTED]
        images = [(one, _read(one)) for one in some]
        good = [(one, image) for one, image in images if isinstance(image, PrintImage)]
        found = searcher.extractor.extract_many([i for _, i in good], exact_quality=False)
        yield from ((one, image) for one, image in images if not isinstance(image, PrintImage))
        yield from ((one, template) for (one, _), template in zip(good, found, strict=True))
        progress(len(some))


def _read(one: ProbeFile) -> PrintImage | WhorlError:
    """The image of a probe, or why it cannot be used."""
    try:
        return read_image(one.path.read_bytes(), one.name, one.ppi)
    except OSError as error:
        return BadImage(f"{one.name}: {error.strerror}")
    except WhorlError as error:
        return error


def _is_error(result: object) -> bool:
    """Whether there is no template."""
    return isinstance(result, WhorlError)


def _refusal(one: ProbeFile, reason: object) -> Row:
    """The row of a probe that cannot be searched."""
    return {
        "probe": one.name,
        "probe_finger": one.finger.label,
        "state": "refused",
        "reason": str(reason),
    }


def _rows(answer: BatchAnswer, top: int, calibration: Path | None) -> list[Row]:
    """The rows of a probe: one a candidate, or one alone if there is none."""
    template = answer.probe.template
    common: Row = {
        "probe": answer.probe.name,
        "probe_finger": answer.probe.finger.label,
        "state": "searched",
        "minutiae": len(template.minutiae),
        "quality": template.quality,
        "searched": answer.searched,
        "compared": answer.compared,
        "shards_failed": [f"{shard}: {why}" for shard, why in sorted(answer.failed.items())],
    }
    found = [
        {**common, **_candidate(answer, place, calibration)}
        for place in range(min(top, len(answer.ranked)))
    ]
    return list(found) or [common]


def _candidate(answer: BatchAnswer, place: int, calibration: Path | None) -> Row:
    """The columns of a candidate."""
    person = answer.ranked[place]
    best, following = person.prints[0], answer.ranked[place + 1 : place + 2]
    extractors = (answer.probe.template.extractor, best.record.extractor)
    worth = calibrate(best.score, extractors, calibration)
    return {
        "rank": place + 1,
        "person": person.person_id,
        "ncb": best.record.ncb,
        "score": best.score,
        "fmr_decibels": worth.fmr_decibels if worth else None,
        "log10_lr": worth.log10_lr if worth else None,
        "extrapolated": worth.extrapolated if worth else None,
        "gap_to_next": person.score - following[0].score if following else None,
        "print_id": best.record.id,
        "finger": best.record.finger.label,
        "notices": list(answer.notices.get(person.person_id, ())),
    }
