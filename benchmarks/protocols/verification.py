"""Verification within each set: FVC pairs, and all pairs as impostors.

The headline figures take all pairs of different fingers as impostors: 2880 of a B set instead of
45. Of several sets they are the means over the sets, as in the FVC, each set with thresholds of
its own; `pooled_` figures take one threshold for all.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from benchmarks.datasets.prints import PrintSet
from benchmarks.measures.bootstrap import interval, resample_curves
from benchmarks.measures.comparisons import Comparisons, Float64Array, join
from benchmarks.measures.errors import Curve, error_curve, summarise
from benchmarks.protocols.base import Plan, find_failures
from benchmarks.protocols.pairs import compare_within, fvc_pairs
from benchmarks.store.outcome import Arrays, Outcome
from engine.errors import BadInput

FMRS = (1e-2, 1e-3, 1e-4)


def run_verification(plan: Plan) -> Outcome:
    """Measure.

    Raises:
        BadInput: the data set holds no two fingers, or no two prints of one.
    """
    failures = find_failures(plan)
    within = compare_within(plan)
    require_both_kinds(join(within))
    sets = [
        _figures(part, comparisons, failures)
        for part, comparisons in zip(plan.dataset.sets, within, strict=True)
        if _measurable(comparisons)
    ]
    figures = {**_mean(sets), **_totals(within, failures), "fvc_pairs": _total_fvc(sets)}
    figures |= {"ci95": _mean_intervals([one for one in within if _measurable(one)])}
    figures |= {"sets_measured": sets, "failed": failures}
    if len(within) > 1:
        pooled = summarise(error_curve(join(within)), FMRS)
        figures |= {f"pooled_{name}": round(float(value), 6) for name, value in pooled.items()}
    ordered = ("genuine", "impostor", "failures", *_names(), "ci95")
    return Outcome(
        "verification",
        plan.engine.name,
        plan.engine.key,
        {name: figures[name] for name in ordered} | figures,
        raw_scores(join(within)),
    )


def require_both_kinds(comparisons: Comparisons) -> None:
    """Check that there is something to measure.

    Raises:
        BadInput: no genuine or no impostor comparison.
    """
    if not _measurable(comparisons):
        raise BadInput("verification needs two prints of a finger and prints of two fingers")


def raw_scores(comparisons: Comparisons) -> Arrays:
    """What is stored of comparisons."""
    return {
        "scores": comparisons.scores,
        "mated": comparisons.mated,
        "first": comparisons.first.astype(np.int32),
        "second": comparisons.second.astype(np.int32),
    }


def measure(curve: Curve) -> dict[str, Float64Array]:
    """The figures of one curve or of many resampled ones."""
    return summarise(curve, FMRS)


def intervals(comparisons: Comparisons, fmrs: Sequence[float] = FMRS) -> dict[str, list[float]]:
    """95 % intervals of the figures, over fingers."""
    resampled = resample_curves(comparisons, lambda curve: summarise(curve, fmrs))
    return {name: _rounded(interval(values)) for name, values in resampled.items()}


def _measurable(comparisons: Comparisons) -> bool:
    """Whether there are both kinds of pairs."""
    return bool(comparisons.mated.any()) and not bool(comparisons.mated.all())


def _names() -> list[str]:
    """Names of the rates."""
    empty = Comparisons(
        np.zeros(2, np.float32), np.arange(2), np.zeros(2, np.int64), np.array([True, False])
    )
    return list(measure(error_curve(empty)))


def _figures(
    part: PrintSet, comparisons: Comparisons, failures: dict[str, str]
) -> dict[str, object]:
    """The figures of one set."""
    rates = measure(error_curve(comparisons))
    fvc = fvc_pairs(part, comparisons)
    fvc_rates = measure(error_curve(fvc))
    return {
        "set": part.name,
        "genuine": len(comparisons.genuine),
        "impostor": len(comparisons.impostor),
        "failures": sum(one.name in failures for one in part.prints),
        **{name: round(float(value), 6) for name, value in rates.items()},
        **{f"{name}_fvc": round(float(value), 6) for name, value in fvc_rates.items()},
        "impostor_fvc": len(fvc.impostor),
        "ci95": intervals(comparisons),
    }


def _mean(sets: Sequence[dict[str, object]]) -> dict[str, object]:
    """Means of the rates over sets."""
    names = [*_names(), *(f"{name}_fvc" for name in _names())]
    return {name: round(float(np.mean([one[name] for one in sets])), 6) for name in names}


def _totals(within: Sequence[Comparisons], failures: dict[str, str]) -> dict[str, object]:
    """Numbers of comparisons and failures."""
    return {
        "genuine": sum(len(one.genuine) for one in within),
        "impostor": sum(len(one.impostor) for one in within),
        "failures": len(failures),
    }


def _total_fvc(sets: Sequence[dict[str, object]]) -> dict[str, object]:
    """Numbers of the FVC's comparisons."""
    return {
        "genuine": sum(int(str(one["genuine"])) for one in sets),
        "impostor": sum(int(str(one["impostor_fvc"])) for one in sets),
    }


def _mean_intervals(within: Sequence[Comparisons]) -> dict[str, list[float]]:
    """Intervals of the means over sets: each resample draws fingers in every set."""
    resampled = [resample_curves(one, measure, stream) for stream, one in enumerate(within)]
    least = min(len(one["eer"]) for one in resampled)
    return {
        name: _rounded(interval(np.mean([one[name][:least] for one in resampled], axis=0)))
        for name in _names()
    }


def _rounded(limits: tuple[float, float]) -> list[float]:
    """An interval with six digits."""
    return [round(limits[0], 6), round(limits[1], 6)]
