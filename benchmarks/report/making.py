"""Makes the report: stored results to report.html and report.md."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from matplotlib import rc_context

from benchmarks.report import bars, curves, figures, reliability, scaling
from benchmarks.report.look import STYLE
from benchmarks.report.misses import Miss, draw_misses
from benchmarks.report.page import Section, write_html, write_markdown
from benchmarks.report.selection import Result, select
from benchmarks.store.templates import replace_file
from engine.errors import BadInput, MissingPart

TITLE = "Whorl: measured"


def make_report(results: Path, folder: Path, dataset: str | None = None) -> list[Path]:
    """Write the report; returns the paths of its two forms.

    Raises:
        BadInput: there is no result.
    """
    chosen = select(results, dataset)
    with rc_context(STYLE):
        sections = [make(one) for name, make in _SECTIONS.items() for one in chosen.get(name, ())]
    facts = _describe([one for found in chosen.values() for group in found for one in group])
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / "report.html", folder / "report.md"]
    replace_file(paths[0], write_html(TITLE, facts, sections).encode())
    replace_file(paths[1], write_markdown(TITLE, facts, sections).encode())
    return paths


def _describe(results: Sequence[Result]) -> str:
    """Where the figures come from."""
    newest = max(results, key=lambda one: str(one.facts["made_at"])).facts
    machine = newest["machine"]
    loads = [float(one.facts["load_average"][0]) for one in results]
    return (
        f"{newest['made_at'][:10]}, commit {newest['commit'][:10] or 'unknown'}, code "
        f"{newest['code']}. {machine['processor']}, {machine['cores']} cores, Python "
        f"{machine['python']}; load average {min(loads):.1f} to {max(loads):.1f} during the runs, "
        "which inflates wall times. Every figure can be traced to raw scores stored beside this "
        "report."
    )


def _verification(results: Sequence[Result]) -> Section:
    """Within sets."""
    return Section(
        f"Verification: {results[0].title}",
        "Every print of a set against every other. The curves pool the sets under one threshold.",
        (figures.set_table(results), figures.verification_table(results)),
        (curves.plot_det(results, "DET within sets, pooled"), curves.plot_histograms(results)),
    )


def _cross(results: Sequence[Result]) -> Section:
    """Across sets."""
    return Section(
        f"Verification across sets: {results[0].title}",
        "The open-set question: one threshold for all sensors, impostors from everywhere.",
        (figures.cross_table(results),),
        (curves.plot_det(results, "DET, all sets pooled, impostors across sets"),),
    )


def _identification(results: Sequence[Result]) -> Section:
    """Whole searches, with the worst of the first engine."""
    shown = [bars.plot_ranks(results), curves.plot_open_set(results), bars.plot_size(results)]
    return Section(
        f"Identification: {results[0].title}",
        "From the image file to the ranked answer: shortlist, exact comparison, catalogue, audit. "
        f"Below, the searches of {results[0].engine} in which the mate leads least or trails.",
        (figures.identification_table(results),),
        (*shown, bars.plot_latency(results)),
        tuple(_misses(results[0])),
    )


def _misses(result: Result) -> list[Miss]:
    """The worst searches, if their images are still where they were."""
    try:
        return draw_misses(result)
    except (BadInput, MissingPart):
        return []


def _index(results: Sequence[Result]) -> Section:
    """The first pass."""
    return Section(
        f"Index: {results[0].title}",
        "How much of the gallery the first pass must hand on for the mate to be among it.",
        (figures.index_table(results),),
        (bars.plot_penetration(results),),
    )


def _partials(results: Sequence[Result]) -> Section:
    """Partial prints."""
    return Section(
        f"Partial prints: {results[0].title}",
        "Latent-like probes, turned by up to 45 degrees, with noise.",
        (figures.partials_table(results),),
        (bars.plot_partials(results),),
    )


def _tenprint(results: Sequence[Result]) -> Section:
    """Fusion of fingers."""
    return Section(
        f"Several fingers: {results[0].title}",
        tables=(figures.tenprint_table(results),),
    )


def _calibration(results: Sequence[Result]) -> Section:
    """Do stated figures hold?"""
    return Section(
        f"Calibration: {results[0].title}",
        "What scores are said to be worth, checked on sets that the fit never saw.",
        (figures.calibration_table(results),),
        (reliability.plot_reliability(results),),
    )


def _growth(results: Sequence[Result]) -> Section:
    """Times against size."""
    return Section(
        f"Growth: {results[0].facts['dataset']}",
        "The same probes among ever more synthetic fingers.",
        tuple(scaling.growth_table(one) for one in results),
        tuple(scaling.plot_growth(one) for one in results),
    )


def _funnel(results: Sequence[Result]) -> Section:
    """The numbers of both passes."""
    return Section(
        f"Funnel among {results[0].facts['fingers']:,} fingers",
        "What each number between all codes and the shortlist finds and costs.",
        tuple(scaling.funnel_table(one) for one in results),
        tuple(scaling.plot_funnel(one) for one in results),
    )


def _peers(results: Sequence[Result]) -> Section:
    """Linear engines."""
    return Section(
        f"Linear peers among {results[0].facts['fingers']:,} fingers",
        tables=tuple(scaling.peers_table(one) for one in results),
    )


def _speed(results: Sequence[Result]) -> Section:
    """CPU times."""
    return Section(f"Speed: {results[0].title}", tables=(figures.speed_table(results),))


_SECTIONS: dict[str, Callable[[Sequence[Result]], Section]] = {
    "verification": _verification,
    "cross": _cross,
    "identification": _identification,
    "index": _index,
    "partials": _partials,
    "tenprint": _tenprint,
    "calibration": _calibration,
    "growth": _growth,
    "funnel": _funnel,
    "peers": _peers,
    "speed": _speed,
}
