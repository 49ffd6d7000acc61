"""Do the tuned numbers hold on sets that did not choose them?

Variants of the matcher's parameters, and of how weak a minutia may be, are measured on every set.
Then each group of sets is left out in turn: the variant that is best on the others is read on the
group, beside the numbers in use. If tuning fitted noise, the chosen variant does worse there.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from benchmarks.datasets.prints import PrintSet
from benchmarks.engines.base import Extracted, TemplateEngine
from benchmarks.measures.comparisons import Comparisons, Int64Array
from benchmarks.measures.errors import equal_error_rate, error_curve, fnmr_at_fmr
from benchmarks.protocols.base import Plan, find_failures, own_engine, telling
from benchmarks.protocols.gathering import group_sets
from benchmarks.protocols.pairs import Labels, label
from benchmarks.store.outcome import Arrays, Outcome
from engine.descriptor.features import Features, concatenate, describe
from engine.errors import BadInput, WhorlError
from engine.matcher.comparison import compare_many
from engine.matcher.parameters import DEFAULT, MatchParameters, Sigmoid
from engine.records import Float64Array, Minutiae

FMR = 1e-3


@dataclass(frozen=True, slots=True)
class Variant:
    """One choice of numbers.

    Attributes:
        name: for people.
        parameters: of the matcher.
        least_quality: of the minutiae that are used.
    """

    name: str
    parameters: MatchParameters = DEFAULT
    least_quality: int = 0


IN_USE = Variant("in use")

VARIANTS = (
    IN_USE,
    Variant("minutiae from 0.3", least_quality=30),
    Variant("minutiae from 0.45", least_quality=45),
    Variant("minutiae from 0.6", least_quality=60),
    Variant("every pair compared finely", replace(DEFAULT, min_code_similarity=0.0)),
    Variant("codes alike from 0.35", replace(DEFAULT, min_code_similarity=0.35)),
    Variant("codes alike from 0.45", replace(DEFAULT, min_code_similarity=0.45)),
    Variant("6 to 10 scored pairs", replace(DEFAULT, min_scored=6)),
    Variant("4 to 12 scored pairs", replace(DEFAULT, max_scored=12)),
    Variant("more pairs scored from 20 on", replace(DEFAULT, scored=Sigmoid(20, 0.25))),
    Variant("3 rounds", replace(DEFAULT, rounds=3)),
    Variant("5 rounds", replace(DEFAULT, rounds=5)),
    Variant("bearings within 9 degrees", replace(DEFAULT, bearing=Sigmoid(np.radians(9), -28))),
    Variant("bearings within 15 degrees", replace(DEFAULT, bearing=Sigmoid(np.radians(15), -28))),
)


def run_transfer(plan: Plan) -> Outcome:
    """Measure.

    Raises:
        BadInput: there is only one group of sets.
    """
    engine, failures = own_engine(plan), find_failures(plan)
    groups = np.array(group_sets(label(plan.dataset)))
    if len(np.unique(groups)) < 2:
        raise BadInput(f"{plan.dataset.name}: leaving a set out needs two sets of other fingers")
    eer, fnmr = _measure(plan, engine)
    chosen = [_best_without(eer, groups, group) for group in groups]
    rows = np.arange(len(groups))
    variants: dict[str, object] = {
        one.name: {"eer": rates.round(6).tolist(), "mean": round(float(rates.mean()), 6)}
        for one, rates in zip(VARIANTS, eer, strict=True)
    }
    figures: dict[str, object] = {
        "left_out": [part.name for part in plan.dataset.sets],
        "chosen": [VARIANTS[one].name for one in chosen],
        "eer_in_use": round(float(eer[0].mean()), 6),
        "eer_left_out": round(float(eer[chosen, rows].mean()), 6),
        "eer_best_on_all": round(float(eer.mean(axis=1).min()), 6),
        "fnmr_at_fmr_1e-3_in_use": round(float(fnmr[0].mean()), 6),
        "fnmr_at_fmr_1e-3_left_out": round(float(fnmr[chosen, rows].mean()), 6),
        "variants": variants,
        "failures": len(failures),
    }
    arrays: Arrays = {"eer": eer, "fnmr": fnmr}
    return Outcome("transfer", plan.engine.name, plan.engine.key, figures, arrays)


def _best_without(eer: Float64Array, groups: Int64Array, group: int) -> int:
    """The variant with the least mean EER over the sets outside a group."""
    return int(eer[:, groups != group].mean(axis=1).argmin())


def _measure(plan: Plan, engine: TemplateEngine) -> tuple[Float64Array, Float64Array]:
    """(V, S) EER, and FNMR at FMR 0.1 %, of every variant on every set."""
    sets, labels = plan.dataset.sets, label(plan.dataset)
    eer = np.zeros((len(VARIANTS), len(sets)))
    fnmr = np.zeros_like(eer)
    with telling("Comparing by variants", eer.size) as progress:
        for column, (part, names) in enumerate(zip(sets, labels, strict=True)):
            templates = engine.source.templates(part.prints, lambda _: None)
            for row, variant in enumerate(VARIANTS):
                curve = error_curve(_compare(part, names, templates, variant))
                eer[row, column] = float(equal_error_rate(curve))
                fnmr[row, column] = float(fnmr_at_fmr(curve, FMR))
                progress(1)
    return eer, fnmr


def _compare(
    part: PrintSet, labels: Labels, templates: list[Extracted], variant: Variant
) -> Comparisons:
    """All pairs of a set, each once."""
    prints = [_features(one, variant.least_quality) for one in templates]
    gallery, offsets = concatenate(prints)
    every = np.arange(len(part))
    scores = np.stack(
        [compare_many(one, gallery, offsets, every, variant.parameters) for one in prints]
    )
    rows, columns = np.triu_indices(len(part), 1)
    first, second = labels.identities[rows], labels.identities[columns]
    return Comparisons(scores[rows, columns], first, second, first == second)


def _features(one: Extracted, least: int) -> Features:
    """Features of a template's minutiae from a quality on; of a failure none."""
    if isinstance(one, WhorlError):
        return describe(Minutiae.empty())
    m = one.minutiae
    kept = m.quality >= least
    return describe(Minutiae(m.xy[kept], m.direction[kept], m.type[kept], m.quality[kept]))
