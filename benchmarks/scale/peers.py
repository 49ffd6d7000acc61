"""Linear engines beside ours, in one gallery and one run.

The same probes are searched by our index, by our exact comparison of everything, and by NBIS
Bozorth3 (if installed) with every print in turn. The background is made of templates, there are no
images of it: so all compare the same minutiae, and Bozorth3 does so without MINDTCT. What linear
engines would take in larger galleries is reckoned in proportion; ours is measured there too.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from benchmarks.engines.nbis_peer import BozorthMatcher
from benchmarks.protocols.base import Plan, own_engine, telling
from benchmarks.protocols.enrolment import ASKER
from benchmarks.scale.gallery import ScaleGallery, scale_gallery
from benchmarks.scale.probes import MatedProbe, mated_probes, search_probes
from benchmarks.scale.sizes import rising_sizes
from benchmarks.store.outcome import Outcome
from engine.candidates import SearchRequest
from engine.errors import MissingPart
from engine.gallery.print_store import find_prints, read_template
from engine.records import Template
from engine.search import Searcher

FINGERS = 10_000
"""Unless told otherwise; linear engines search the smallest gallery alone."""

PROBES = 35
"""Fingers that a probe is searched of: a linear search takes seconds."""

OURS, EXACT, BOZORTH = "whorl", "whorl, all prints compared", "bozorth3"

Row = dict[str, object]


def run_peers(plan: Plan) -> Outcome:
    """Measure.

    Raises:
        BadInput: the engine has another matcher, or a size cannot be measured.
    """
    engine = own_engine(plan)
    sizes = rising_sizes(plan, (FINGERS,))
    probes = mated_probes(plan, engine.source, each=1)
    probes = probes[:: max(1, len(probes) // PROBES)][:PROBES]
    rows: list[Row] = []
    for fingers in sizes:
        made = scale_gallery(plan, engine.source, fingers)
        rows += _measure(made, probes, linear=fingers == sizes[0])
    linear = [row for row in rows if row["engine"] != OURS]
    rows += [_reckon(row, fingers) for fingers in sizes[1:] for row in linear]
    figures: Row = {
        "fingers": sizes[0],
        "probes": len(probes),
        "rows": rows,
        "load_when_timed": round(os.getloadavg()[0], 2),
    }
    return Outcome("peers", engine.name, engine.key, figures)


def _measure(made: ScaleGallery, probes: Sequence[MatedProbe], *, linear: bool) -> Iterator[Row]:
    """The engines in one gallery, each on one thread."""
    gallery = made.open()
    searcher = Searcher(gallery, None, 1)  # type: ignore[arg-type]  # probes are templates
    try:
        ours = search_probes(searcher, probes, "Searching")
        ranks = [one.rank for one in ours]
        yield _row(OURS, made.fingers, [one.cpu_ms for one in ours], ranks)
        if linear:
            yield _row(EXACT, made.fingers, *_search_all(searcher, probes))
            yield from _search_bozorth(searcher, made.fingers, probes)
    finally:
        gallery.catalogue.close()


def _search_all(searcher: Searcher, probes: Sequence[MatedProbe]) -> tuple[list[float], list[int]]:
    """CPU milliseconds and ranks of searches without the index."""
    taken, ranks = [], []
    with telling("Comparing all", len(probes)) as progress:
        for probe in probes:
            start = time.process_time()
            answer = searcher.search(SearchRequest(probe.template, exhaustive=True), ASKER)
            taken.append(1000 * (time.process_time() - start))
            mine = [one.rank for one in answer.candidates if one.person.id == probe.person]
            ranks.append(mine[0] if mine else 0)
            progress(1)
    return taken, ranks


def _search_bozorth(
    searcher: Searcher, fingers: int, probes: Sequence[MatedProbe]
) -> Iterator[Row]:
    """NBIS, if it is installed."""
    try:
        matcher = BozorthMatcher()
    except MissingPart:
        return
    persons, templates = _everything(searcher)
    gallery = [matcher.load(one) for one in templates]
    taken, ranks = [], []
    with telling("Searching by Bozorth3", len(probes)) as progress:
        for probe in probes:
            start = time.process_time()
            scores = _compare(matcher.load(probe.template), gallery)
            taken.append(1000 * (time.process_time() - start))
            ranks.append(_rank(scores, persons == probe.person))
            progress(1)
    yield _row(BOZORTH, fingers, taken, ranks)


def _everything(searcher: Searcher) -> tuple[np.ndarray[tuple[int], Any], list[Template]]:
    """The person and template of every print of the gallery, from its catalogue."""
    numbers = np.concatenate([one.prints for one in searcher.gallery.snapshot().segments]).tolist()
    with searcher.gallery.catalogue.reading() as connection:
        records = find_prints(connection, numbers)
        templates = [read_template(connection, number) for number in numbers]
    return np.array([records[number].person_id for number in numbers]), templates


def _compare(probe: Any, gallery: Sequence[Any]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Scores of one probe with every print, as Bozorth3 has loaded them; 0 for one it cannot."""
    if probe is None:
        return np.zeros(len(gallery))
    return np.array([0 if one is None else max(0, probe.compare(one)) for one in gallery], float)


def _rank(scores: np.ndarray[Any, Any], mine: np.ndarray[Any, Any]) -> int:
    """Rank of the mate, behind all that score as high; 0 if it scores nothing."""
    best = float(scores[mine].max(initial=0))
    return 1 + int((scores[~mine] >= best).sum()) if best > 0 else 0


def _row(engine: str, fingers: int, cpu_ms: Sequence[float], ranks: Sequence[int]) -> Row:
    """What an engine did in a gallery."""
    return {
        "engine": engine,
        "fingers": fingers,
        "cpu_ms": round(float(np.mean(cpu_ms)), 2),
        "rank1": round(float(np.mean(np.array(ranks) == 1)), 6),
        "measured": True,
    }


def _reckon(row: Row, fingers: int) -> Row:
    """What a linear engine would take in a larger gallery; its rank 1 there is not known."""
    cpu_ms = float(str(row["cpu_ms"])) * fingers / int(str(row["fingers"]))
    return {**row, "fingers": fingers, "cpu_ms": round(cpu_ms), "rank1": None, "measured": False}
