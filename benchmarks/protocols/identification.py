"""Identification 1:N through the whole path, closed set and open set.

The first impression of each finger is enrolled, by batch enrolment into a temporary gallery over
bureaus of all regions, and built into segments. Every other impression is searched as an image
file. A non-mated search is the same search with the probe's own finger struck from the answer.
A probe or an enrolment that fails is a miss. The penalty of the shortlist is the rank-1 rate of
the same searches without the index, less that with it.
"""

from __future__ import annotations

import numpy as np

from benchmarks.measures.searches import (
    Searches,
    fnir_at_fpir,
    fnir_interval,
    match_curve,
    rank_interval,
    rank_rate,
)
from benchmarks.protocols.base import Plan, own_engine, percentiles
from benchmarks.protocols.enrolment import Enrolment, enrolled_gallery, split_probes
from benchmarks.protocols.fnir_by_size import fnir_by_size
from benchmarks.protocols.searching import (
    LISTED,
    Answers,
    Probe,
    make_probes,
    open_searcher,
    search_all,
)
from benchmarks.store.outcome import Arrays, Outcome
from engine.errors import BadInput

WARM_UP = 3
"""Searches before the measured ones: kernels are loaded, files are mapped."""


def run_identification(plan: Plan) -> Outcome:
    """Measure.

    Raises:
        BadInput: no finger has a second impression, or the engine has another matcher.
    """
    engine = own_engine(plan)
    source = engine.source
    enrolled, prints = split_probes(plan.dataset)
    if not prints:
        raise BadInput(f"{plan.dataset.name}: no finger has a second impression to search")
    numbers = plan.dataset.numbers
    with enrolled_gallery(plan, source) as enrolment:
        searcher = open_searcher(enrolment, source)
        found = make_probes(source, prints)
        probes: list[tuple[str, int, Probe | str]] = [
            (one.name, numbers[one.name], probe) for one, probe in zip(prints, found, strict=True)
        ]
        search_all(searcher, enrolment, probes[:WARM_UP], "Warming up")
        answers = search_all(searcher, enrolment, probes, "Searching")
        exhaustive = search_all(searcher, enrolment, probes, "Searching everything", True)
    figures = _figures(answers, exhaustive, enrolment)
    figures |= {"fnir_by_size": fnir_by_size(plan, engine, enrolled, prints)}
    return Outcome(
        "identification", plan.engine.name, plan.engine.key, figures, _arrays(answers, enrolment)
    )


def _figures(answers: Answers, exhaustive: Answers, enrolment: Enrolment) -> dict[str, object]:
    """The figures of all searches."""
    searches, everything = answers.searches(), exhaustive.searches()
    totals = percentiles(answers.totals())
    return {
        "probes": len(searches),
        "gallery": enrolment.prints,
        "rank1": round(rank_rate(searches, 1), 6),
        "rank10": round(rank_rate(searches, 10), 6),
        "fnir_at_fpir_1e-2": round(fnir_at_fpir(searches, 1e-2), 6),
        "search_p50_ms": totals["p50"],
        "search_p95_ms": totals["p95"],
        "fnir_at_fpir_1e-3": round(fnir_at_fpir(searches, 1e-3), 6),
        "rank1_exhaustive": round(rank_rate(everything, 1), 6),
        "rank10_exhaustive": round(rank_rate(everything, 10), 6),
        "rank1_loss": round(rank_rate(everything, 1) - rank_rate(searches, 1), 6),
        "fnir_at_fpir_1e-2_exhaustive": round(fnir_at_fpir(everything, 1e-2), 6),
        "search_p50_ms_exhaustive": percentiles(exhaustive.totals())["p50"],
        "compared_mean": round(float(np.mean(answers.compared or [0])), 1),
        "failures": len(answers.failed) + len(enrolment.refused),
        "failures_to_enrol": len(enrolment.refused),
        "list_length": LISTED,
        "stages_ms": answers.stages(),
        "cmc": [round(rate, 6) for rate in match_curve(searches, range(1, LISTED + 1))],
        "ci95": _intervals(searches),
        "failed": answers.failed | enrolment.refused,
    }


def _intervals(searches: Searches) -> dict[str, list[float]]:
    """95 % intervals, over fingers."""
    found = {
        "rank1": rank_interval(searches, 1),
        "rank10": rank_interval(searches, 10),
        "fnir_at_fpir_1e-2": fnir_interval(searches, 1e-2),
        "fnir_at_fpir_1e-3": fnir_interval(searches, 1e-3),
    }
    return {name: [round(low, 6), round(high, 6)] for name, (low, high) in found.items()}


def _arrays(answers: Answers, enrolment: Enrolment) -> Arrays:
    """What is stored of the searches."""
    searches = answers.searches()
    return {
        "probes": np.array(answers.probes, np.str_),
        "fingers": searches.fingers,
        "ranks": searches.ranks,
        "mate_scores": searches.mate_scores,
        "other_scores": searches.other_scores,
        "other_fingers": np.array(
            [enrolment.identities.get(person, -1) for person in answers.top], np.int64
        ),
        "total_ms": np.array(answers.totals(), np.float32),
    }
