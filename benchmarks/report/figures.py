"""The tables of a report."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from benchmarks.measures.errors import rate_name
from benchmarks.protocols.calibration import STATED
from benchmarks.protocols.index import PENETRATIONS
from benchmarks.protocols.partials import COUNTS
from benchmarks.protocols.tenprint import COUNTS as FINGERS
from benchmarks.report.quoted import QUOTED, SETS
from benchmarks.report.selection import Result
from benchmarks.report.tables import Table, percent

INTERVALS = (
    "Intervals in brackets: 95 %, bootstrap over fingers. No error among n comparisons still "
    "allows a rate of about 3/n, and the bootstrap does not show that."
)

_RATES = ("eer", "fnmr_at_fmr_1e-2", "fnmr_at_fmr_1e-3", "fnmr_at_fmr_1e-4")


def set_table(results: Sequence[Result]) -> Table:
    """EER of each set, and quoted figures if the sets are those that they are about."""
    names = [str(one["set"]) for one in results[0].facts["sets_measured"]]
    rows = [
        (one.engine, *(percent(part["eer"]) for part in one.facts["sets_measured"]),
         percent(one.facts["eer"], one.facts["ci95"]["eer"]))
        for one in results
    ]  # fmt: skip
    muted = frozenset[int]()
    if tuple(names) == SETS:
        muted = frozenset(range(len(rows), len(rows) + len(QUOTED)))
        rows += [
            (f"{name} (quoted)", *(f"{rate:.1f}" for rate in rates), f"{sum(rates) / 8:.2f}")
            for name, rates in QUOTED.items()
        ]
    note = "EER in %, all pairs of different fingers of a set as impostors. " + (
        "Rows marked quoted are known figures on the same images, not measured in this run. "
        if muted
        else ""
    )
    return Table(("engine", *names, "mean"), tuple(rows), muted, note + INTERVALS)


def verification_table(results: Sequence[Result]) -> Table:
    """Mean rates over the sets, with all pairs and with the FVC's."""
    head = ("engine", "EER", "FNMR at FMR 1 %", "at 0.1 %", "at 0.01 %", "EER, FVC pairs",
            "failures")  # fmt: skip
    rows = tuple(
        (one.engine, *_rates(one.facts), percent(one.facts["eer_fvc"]), str(one.facts["failures"]))
        for one in results
    )
    facts = results[0].facts
    note = (
        f"Means over the sets in %, {facts['genuine']:,} genuine and {facts['impostor']:,} "
        f"impostor comparisons; FVC pairs: {facts['fvc_pairs']['impostor']:,} impostors."
    )
    return Table(head, rows, note=note)


def cross_table(results: Sequence[Result]) -> Table:
    """Rates of all sets pooled."""
    head = ("engine", "EER", "FNMR at FMR 1 %", "at 0.1 %", "at 0.01 %", "at 0.001 %",
            "at 0.01 % with mates across sets")  # fmt: skip
    rows = tuple(
        (
            one.engine,
            *_rates(one.facts),
            percent(one.facts["fnmr_at_fmr_1e-5"], one.facts["ci95"]["fnmr_at_fmr_1e-5"]),
            percent(one.facts["with_mates_fnmr_at_fmr_1e-4"]),
        )
        for one in results
    )
    facts = results[0].facts
    note = (
        f"One threshold for all sets, in %; {facts['genuine']:,} genuine and "
        f"{facts['impostor']:,} impostor comparisons, across sets too. Fingers declared the same "
        f"in two sets are no impostors; their {facts['mates_across_sets']:,} pairs across sets "
        "count as genuine in the last column only."
    )
    return Table(head, rows, note=note)


def identification_table(results: Sequence[Result]) -> Table:
    """Rates and times of whole searches."""
    head = ("engine", "rank 1", "rank 10", "FNIR at FPIR 1 %", "at 0.1 %", "rank 1, exhaustive",
            "search p50 / p95 ms", "failures")  # fmt: skip
    rows = tuple(_identification_row(one) for one in results)
    facts = results[0].facts
    note = (
        f"{facts['probes']:,} probes against {facts['gallery']:,} enrolled prints through the "
        "whole path. A non-mated search is the same search with the probe's own finger struck "
        f"from the answer; with {facts['probes']:,} of them FPIR 0.1 % "
        + ("allows no false positive." if facts["probes"] < 1000 else "is measurable.")
    )
    return Table(head, rows, note=note)


def _identification_row(one: Result) -> tuple[str, ...]:
    """The row of one engine."""
    facts, limits = one.facts, one.facts["ci95"]
    names = ("rank1", "rank10", "fnir_at_fpir_1e-2", "fnir_at_fpir_1e-3")
    return (
        one.engine,
        *(percent(facts[name], limits[name]) for name in names),
        percent(facts["rank1_exhaustive"]),
        f"{facts['search_p50_ms']:.0f} / {facts['search_p95_ms']:.0f}",
        str(facts["failures"]),
    )


def index_table(results: Sequence[Result]) -> Table:
    """Hit rates by penetration."""
    head = ("engine", *(f"{100 * share:g} %" for share in PENETRATIONS), "not found")
    rows = tuple(
        (
            one.engine,
            *(percent(one.facts[f"hit_at_penetration_{share:g}"]) for share in PENETRATIONS),
            str(one.facts["not_found"]),
        )
        for one in results
    )
    return Table(head, rows, note="Hit rate in % by share of the gallery that is compared exactly.")


def partials_table(results: Sequence[Result]) -> Table:
    """Rates of partial prints."""
    kinds = [(kind, count) for kind in ("marked", "image") for count in COUNTS]
    head = ("engine", *(f"{kind} {count}" for kind, count in kinds))
    rows = tuple(
        (one.engine, *(_two_ranks(one.facts, kind, count) for kind, count in kinds))
        for one in results
    )
    return Table(head, rows, note="Identified at rank 1 / within rank 10, in %; N as above.")


def _two_ranks(facts: dict[str, Any], kind: str, count: int) -> str:
    """Rank-1 and rank-10 rates; a dash where there is no image."""
    first, tenth = (facts.get(f"rank{rank}_{kind}_{count}") for rank in (1, 10))
    return "-" if first is None or tenth is None else f"{100 * first:.1f} / {100 * tenth:.1f}"


def tenprint_table(results: Sequence[Result]) -> Table:
    """Rates by the number of fingers."""
    counts = [n for n in FINGERS if f"eer_{n}_fingers" in results[0].facts]
    head = ("engine", *(f"rank 1, {n}" for n in counts), *(f"EER, {n}" for n in counts))
    rows = tuple(
        (
            one.engine,
            *(percent(one.facts[f"rank1_{n}_fingers"]) for n in counts),
            *(percent(one.facts[f"eer_{n}_fingers"]) for n in counts),
        )
        for one in results
    )
    rows += tuple(
        (
            f"{one.engine}, by likelihood ratios",
            *(percent(one.facts[f"rank1_{n}_fingers_by_lr"]) for n in counts),
            *(percent(one.facts[f"eer_{n}_fingers_by_lr"]) for n in counts),
        )
        for one in results
        if "eer_1_fingers_by_lr" in one.facts
    )
    note = (
        f"By number of fingers, in %; {results[0].facts['persons']} synthetic persons, hard "
        "partial second impressions against everyday first ones, fused by the sum of scores, or "
        "of the fingers' log likelihood ratios."
    )
    return Table(head, rows, note=note)


def calibration_table(results: Sequence[Result]) -> Table:
    """Stated and observed rates."""
    names = [rate_name(fmr) for fmr in STATED]
    head = ("engine", *(f"FMR observed at {name}" for name in names),
            *(f"FNMR there, {name}" for name in names), "Cllr", "least Cllr")  # fmt: skip
    rows = tuple(
        (
            one.engine,
            *(f"{one.facts[f'fmr_observed_at_{name}']:.1e}" for name in names),
            *(percent(one.facts[f"fnmr_at_stated_fmr_{name}"]) for name in names),
            f"{one.facts['cllr']:.3f}",
            f"{one.facts['cllr_min']:.3f}",
        )
        for one in results
    )
    note = (
        "Each group of sets with fingers of its own is left out in turn; the calibration is fitted "
        "to the others and read on the one left out. Cllr in bits: 0 for perfect likelihood "
        "ratios, 1 for saying nothing; the least is what a perfect calibration would leave."
    )
    return Table(head, rows, note=note)


def speed_table(results: Sequence[Result]) -> Table:
    """CPU times."""
    head = ("engine", "extraction p50 / p95 ms", "minutiae", "pairs a second", "describe ms")
    rows = tuple(
        (
            one.engine,
            f"{one.facts.get('extract_cpu_ms_p50', 0):.0f} / "
            f"{one.facts.get('extract_cpu_ms_p95', 0):.0f}",
            f"{one.facts['minutiae_mean']:.0f}",
            f"{one.facts['pairs_per_cpu_s']:,}",
            f"{one.facts['describe_cpu_ms_p50']:.2f}",
        )
        for one in results
    )
    return Table(head, rows, note="CPU time on one thread, image to template, quality included.")


def _rates(facts: dict[str, Any]) -> list[str]:
    """The rates with their intervals."""
    return [percent(facts[name], facts["ci95"][name]) for name in _RATES]
