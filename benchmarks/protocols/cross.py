"""Verification over several sets pooled, with impostors across sets: one threshold for all.

Fingers that are declared the same in two sets are never impostors. In the headline figures their
pairs across sets are left out, as two sensors make another task; `with_mates_` figures count them
as genuine.
"""

from __future__ import annotations

from benchmarks.measures.comparisons import Comparisons, join
from benchmarks.measures.errors import error_curve, summarise, threshold_at_fmr
from benchmarks.protocols.base import Plan, find_failures
from benchmarks.protocols.pairs import compare_across, compare_within
from benchmarks.protocols.verification import FMRS, intervals, raw_scores, require_both_kinds
from benchmarks.store.outcome import Outcome
from engine.errors import BadInput

CROSS_FMRS = (*FMRS, 1e-5)
"""Hundreds of thousands of impostors show one more decade."""


def run_cross(plan: Plan) -> Outcome:
    """Measure.

    Raises:
        BadInput: there is only one set, or nothing to measure.
    """
    if len(plan.dataset.sets) < 2:
        raise BadInput(f"{plan.dataset.name}: comparing across sets needs two sets or more")
    failures = find_failures(plan)
    within, across = join(compare_within(plan)), compare_across(plan)
    headline = join([within, across.where(~across.mated)])
    require_both_kinds(headline)
    curve = error_curve(headline)
    rates = summarise(curve, CROSS_FMRS)
    figures: dict[str, object] = {
        "genuine": len(headline.genuine),
        "impostor": len(headline.impostor),
        "failures": len(failures),
        **{name: round(float(value), 6) for name, value in rates.items()},
        "ci95": intervals(headline, CROSS_FMRS),
        "threshold_at_fmr_1e-4": threshold_at_fmr(curve, 1e-4),
        **_with_mates(within, across),
        "failed": failures,
    }
    arrays = raw_scores(headline)
    return Outcome("cross", plan.engine.name, plan.engine.key, figures, arrays)


def _with_mates(within: Comparisons, across: Comparisons) -> dict[str, object]:
    """The rates if declared duplicates count as genuine across sets."""
    rates = summarise(error_curve(join([within, across])), CROSS_FMRS)
    return {
        "mates_across_sets": len(across.genuine),
        **{f"with_mates_{name}": round(float(value), 6) for name, value in rates.items()},
    }
