"""What each number of the funnel from all codes to the shortlist costs and finds.

One number is varied at a time, the others are as in use. A probe of unknown position goes through
both passes up to the overlay; the place of its mate's print there tells which shortlists would
hold it. CPU time is that of one thread, with the exact comparison of the shortlist at its mean.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np

from benchmarks.protocols.base import Plan, own_engine, telling
from benchmarks.protocols.enrolment import ASKER
from benchmarks.scale.gallery import scale_gallery
from benchmarks.scale.probes import MatedProbe, mated_probes
from benchmarks.scale.sizes import one_size
from benchmarks.store.outcome import Arrays, Outcome
from engine.candidates import SearchRequest
from engine.descriptor.features import Features, describe
from engine.gallery.code_index import CelledCodes, CodePiece
from engine.gallery.gallery import Snapshot
from engine.gallery.nearest import CELLS_SEEN
from engine.gallery.print_store import prints_of
from engine.gallery.question import ASKING, ask_of
from engine.gallery.segment import Int64Array, Segment
from engine.gallery.shortlist import Listed, check_agreement, check_overlay, shortlist
from engine.scope import CHECKED, OVERLAID, Found, best_listed, compare_found, shortlist_size
from engine.search import Searcher

FINGERS = 10_000
"""Unless told otherwise."""

EACH = 7
"""Probes of each finger, up to `LARGE` fingers."""

LARGE = 100_000

EACH_OF_LARGE = 2
"""Beyond that: an hour's CPU time otherwise."""

ALL_CODES = 256

ASKING_TRIED = (8, 12, 16, ASKING, 32, ALL_CODES)
CELLS_TRIED = (4, 8, CELLS_SEEN, 32)
NEAREST_TRIED = (0.25, 0.5, 1.0, 2.0)
"""Times as many nearest codes as each piece is asked for."""
OVERLAID_TRIED = (2, 5, 10, 20, OVERLAID, CHECKED)
"""Times the shortlist."""
SHORTLISTS = (10, 25, 50, 100, 200, 400, 1000)

_TIMED = 200
"""Prints whose exact comparison with a probe is timed."""

_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True)
class Setting:
    """Numbers of the two passes; the defaults are those in use.

    Attributes:
        asking: codes of a probe that ask.
        cells: that each looks into.
        nearest: times as many nearest codes as usual.
        overlaid: prints laid over the probe, in shortlists.
    """

    asking: int = ASKING
    cells: int = CELLS_SEEN
    nearest: float = 1.0
    overlaid: int = OVERLAID


@dataclass(frozen=True, slots=True)
class Passed:
    """What came of a setting.

    Attributes:
        ranks: (P,) int64, place of each probe's mate in the order of overlay; 0 is nowhere.
        cpu_ms: (P,) of both passes on one thread.
    """

    ranks: Int64Array
    cpu_ms: np.ndarray[tuple[int, ...], np.dtype[np.float64]]


def settings_tried(*, in_cells: bool) -> dict[str, dict[float, Setting]]:
    """Settings by the number that is varied and its value; cells only where codes lie in cells."""
    tried: dict[str, dict[float, Setting]] = {
        "asking": {value: Setting(asking=value) for value in ASKING_TRIED},
        "cells": {value: Setting(cells=value) for value in CELLS_TRIED if in_cells},
        "nearest": {value: Setting(nearest=value) for value in NEAREST_TRIED},
        "overlaid": {value: Setting(overlaid=value) for value in OVERLAID_TRIED},
    }
    return {name: some for name, some in tried.items() if some}


def run_funnel(plan: Plan) -> Outcome:
    """Measure.

    Raises:
        BadInput: the engine has another matcher, or several sizes are asked for.
    """
    engine = own_engine(plan)
    made = scale_gallery(plan, engine.source, one_size(plan, FINGERS))
    each = EACH if made.fingers <= LARGE else EACH_OF_LARGE
    probes = mated_probes(plan, engine.source, each)
    gallery = made.open()
    searcher = Searcher(gallery, None, 1)  # type: ignore[arg-type]  # probes are templates
    try:
        snapshot = gallery.snapshot()
        pieces = [piece for segment in snapshot.segments for piece in segment.pieces]
        tried = settings_tried(in_cells=any(isinstance(one, CelledCodes) for one in pieces))
        found = _pass_all(searcher, snapshot, probes, tried)
        print_ms = _comparison_ms(searcher, snapshot, probes)
    finally:
        gallery.catalogue.close()
    size = shortlist_size(made.fingers)
    figures: dict[str, object] = {
        "fingers": made.fingers,
        "probes": len(probes),
        "shortlist": size,
        "overlaid": OVERLAID * size,
        "compare_ms_a_print": round(print_ms, 4),
        "rows": [*_rows(tried, found, size, print_ms)],
        "load_when_timed": round(os.getloadavg()[0], 2),
    }
    usual = found[Setting()]
    arrays: Arrays = {"ranks": usual.ranks, "cpu_ms": usual.cpu_ms}
    return Outcome("funnel", engine.name, engine.key, figures, arrays, f"{made.fingers}-fingers")


def _pass_all(
    searcher: Searcher,
    snapshot: Snapshot,
    probes: Sequence[MatedProbe],
    tried: dict[str, dict[float, Setting]],
) -> dict[Setting, Passed]:
    """All settings, probe by probe, so that the machine's load falls on all alike."""
    settings = {setting for some in tried.values() for setting in some.values()} | {Setting()}
    firsts = {replace(one, overlaid=OVERLAID) for one in settings}
    ranks: dict[Setting, list[int]] = {one: [] for one in settings}
    taken: dict[Setting, list[float]] = {one: [] for one in settings}
    with telling("Passing the funnel", len(probes)) as progress:
        for probe in probes:
            features, mates = describe(probe.template.minutiae), _mates(searcher, probe)
            for first in firsts:
                ms, listed = _timed(_first_pass, features, snapshot, first)
                for setting in settings:
                    if replace(setting, overlaid=OVERLAID) == first:
                        more, laid = _timed(_narrow, features, listed, setting)
                        ranks[setting].append(_rank(laid, mates))
                        taken[setting].append(ms + more)
            progress(1)
    return {one: Passed(np.array(ranks[one]), np.array(taken[one])) for one in settings}


_Listed = list[tuple[Segment, Listed]]


def _first_pass(probe: Features, snapshot: Snapshot, setting: Setting) -> _Listed:
    """What the codes of a probe come near, piece by piece."""
    question = ask_of([probe], setting.asking, setting.cells)
    found = []
    for segment in snapshot.segments:
        for piece in segment.pieces:
            (listed,) = shortlist(question, segment, _asked_for(piece, setting.nearest), None)
            found.append((segment, listed))
    return found


def _asked_for(piece: CodePiece, times: float) -> CodePiece:
    """The same piece, asked for another number of nearest codes."""
    each, least = times * piece.place_each, max(1, round(times * piece.place_least))
    changed: CodePiece = replace(piece, place_each=each, place_least=least)  # type: ignore[type-var]  # both kinds are records
    return changed


def _narrow(probe: Features, listed: _Listed, setting: Setting) -> _Listed:
    """The prints that are laid over the probe, with their scores."""
    size = shortlist_size(sum(len(one) for one in {segment for segment, _ in listed}))
    segments = [segment for segment, _ in listed]
    likely = best_listed([one for _, one in listed], CHECKED * size)
    checked = [check_agreement(probe, *place) for place in zip(segments, likely, strict=True)]
    likely = best_listed(checked, setting.overlaid * size)
    laid = [check_overlay(probe, *place) for place in zip(segments, likely, strict=True)]
    return list(zip(segments, laid, strict=True))


def _rank(listed: _Listed, mates: Sequence[int]) -> int:
    """Place of the best of some prints; 0 if none is listed."""
    scores = np.concatenate([one.scores for _, one in listed])
    numbers = np.concatenate([segment.prints[one.rows] for segment, one in listed])
    mine = np.isin(numbers, mates)
    return 1 + int((scores > scores[mine].max()).sum()) if mine.any() else 0


def _mates(searcher: Searcher, probe: MatedProbe) -> list[int]:
    """Numbers of the prints of the probe's person."""
    with searcher.gallery.catalogue.reading() as connection:
        return [record.id for record in prints_of(connection, probe.person)]


def _comparison_ms(searcher: Searcher, snapshot: Snapshot, probes: Sequence[MatedProbe]) -> float:
    """CPU time of an exact comparison, mean over the probes and some stored prints."""
    segment = snapshot.segments[0]
    rows = np.unique(np.linspace(0, len(segment) - 1, _TIMED).astype(np.int64))
    chosen = [Found(segment, rows, np.zeros(len(rows), np.float32))]
    searcher.search(SearchRequest(probes[0].template), ASKER)  # what happens at a first call
    taken = [_timed(compare_found, describe(one.template.minutiae), chosen, 1)[0] for one in probes]
    return float(np.mean(taken)) / len(rows)


def _timed(work: Callable[..., _Result], *given: object) -> tuple[float, _Result]:
    """CPU milliseconds of this thread, and the result."""
    start = time.thread_time()
    result = work(*given)
    return 1000 * (time.thread_time() - start), result


def _rows(
    tried: dict[str, dict[float, Setting]],
    found: dict[Setting, Passed],
    size: int,
    print_ms: float,
) -> Iterator[dict[str, object]]:
    """A row for each value tried."""
    for name, some in tried.items():
        for value, setting in some.items():
            yield _row(name, value, found[setting], size, print_ms)
    for shorter in SHORTLISTS:
        row = _row("shortlist", shorter, found[Setting()], shorter, print_ms)
        yield {**row, "usual": shorter == size}


def _row(name: str, value: float, passed: Passed, size: int, print_ms: float) -> dict[str, object]:
    """Recall of the mates by a shortlist, and CPU time of the probe with its comparison."""
    held = (passed.ranks > 0) & (passed.ranks <= size)
    usual = {"asking": ASKING, "cells": CELLS_SEEN, "nearest": 1.0, "overlaid": OVERLAID}
    return {
        "axis": name,
        "value": value,
        "usual": value == usual.get(name),
        "recall": round(float(held.mean()), 6),
        "cpu_ms": round(float(passed.cpu_ms.mean()) + size * print_ms, 2),
        "passes_cpu_ms": round(float(passed.cpu_ms.mean()), 2),
    }
