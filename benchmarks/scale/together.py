"""Searches that share work: several fingers of a person, and many probes at once."""

from __future__ import annotations

import time
from collections.abc import Sequence

import numpy as np

from benchmarks.background.finger import FINGERS
from benchmarks.background.gallery import impressions
from benchmarks.protocols.base import percentiles, telling
from benchmarks.protocols.enrolment import ASKER
from benchmarks.scale.probes import MatedProbe
from engine.batch.searching import BatchProbe, BatchScope, search_together
from engine.candidates import FingerProbe, SearchRequest
from engine.fingers import Finger
from engine.records import Template
from engine.search import Searcher

CARDS = 40

WARM_UP = 2

BATCH = 1000
"""Probes of the batch."""

ALONE = 100
"""Of them that are searched one by one as well."""

TWO = (Finger.RIGHT_INDEX, Finger.LEFT_INDEX)

_IMPRESSION = 1


def measure_cards(searcher: Searcher, fingers: int) -> dict[str, object]:
    """Ten fingers, and both index fingers, of synthetic persons of the gallery.

    Args:
        searcher: of the gallery.
        fingers: synthetic ones in it.
    """
    persons = _persons(fingers // FINGERS, CARDS + WARM_UP)
    return {
        **_search_cards(searcher, persons, tuple(Finger(1 + n) for n in range(FINGERS)), "ten"),
        **_search_cards(searcher, persons, TWO, "two"),
    }


def _persons(count: int, wanted: int) -> list[int]:
    """Numbers of persons, spread over the gallery."""
    spread = np.linspace(0, count - 1, min(count, wanted)).astype(np.int64)
    return [int(number) for number in np.unique(spread)]


def _search_cards(
    searcher: Searcher, persons: Sequence[int], fingers: Sequence[Finger], name: str
) -> dict[str, object]:
    """Search the same fingers of every person."""
    taken, ranks = [], []
    with telling(f"Searching {name} fingers", len(persons)) as progress:
        for person in persons:
            answer = searcher.search(_card(person, fingers), ASKER)
            taken.append(sum(answer.times.values()))
            wanted = f"D{person:06}"
            ranks += [[one.rank for one in answer.candidates if one.person.id == wanted]]
            progress(1)
    found = percentiles(taken[WARM_UP:])
    first = [bool(one) and one[0] == 1 for one in ranks]
    return {
        f"{name}_fingers_p50_ms": found["p50"],
        f"{name}_fingers_p95_ms": found["p95"],
        f"{name}_fingers_rank1": round(float(np.mean(first)), 6),
    }


def _card(person: int, fingers: Sequence[Finger]) -> SearchRequest:
    """Another impression of some fingers of a person."""
    numbers = FINGERS * person + np.array([int(finger) - 1 for finger in fingers])
    chunk = impressions(numbers, _IMPRESSION)
    first, *others = [
        FingerProbe(chunk.template(row), finger) for row, finger in enumerate(fingers)
    ]
    return SearchRequest(first.probe, first.finger, others=tuple(others))


def measure_batch(
    searcher: Searcher, probes: Sequence[MatedProbe], fingers: int
) -> dict[str, object]:
    """A batch of templates against the same searches one by one."""
    templates = [probe.template for probe in probes]
    chunk = impressions(
        np.linspace(0, fingers - 1, BATCH - len(templates)).astype(np.int64), _IMPRESSION
    )
    templates += [chunk.template(row) for row in range(len(chunk))]
    batch = [BatchProbe(str(number), template) for number, template in enumerate(templates)]
    scope = BatchScope(top=20)
    search_together(searcher, batch[:WARM_UP], scope, ASKER)
    some = templates[:: max(1, len(templates) // ALONE)]
    alone = _one_by_one(searcher, some)
    start = time.perf_counter()
    search_together(searcher, batch, scope, ASKER)
    together = len(batch) / (time.perf_counter() - start)
    return {
        "batch_probes": len(batch),
        "batch_searches_per_s": round(together, 2),
        "single_searches_per_s": round(alone, 2),
        "batch_gain": round(together / alone, 2),
    }


def _one_by_one(searcher: Searcher, templates: Sequence[Template]) -> float:
    """Searches a second."""
    with telling("Searching one by one", len(templates)) as progress:
        start = time.perf_counter()
        for template in templates:
            searcher.search(SearchRequest(template), ASKER)
            progress(1)
        return len(templates) / (time.perf_counter() - start)
