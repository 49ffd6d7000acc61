"""CPU time of extraction and comparison on one thread, as the machine's load cannot inflate it.

Stage times of whole searches are in the outcome of `identification`.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import suppress

import numpy as np

from benchmarks.datasets.prints import Print
from benchmarks.engines.base import Extracted, TemplateEngine
from benchmarks.engines.stored import ExtractedTemplates
from benchmarks.protocols.base import Plan, percentiles, telling
from benchmarks.store.outcome import Outcome
from engine.descriptor.features import describe
from engine.errors import BadImage, BadInput, NoFingerprint
from engine.extractor import Extractor
from engine.images import read_image_file
from engine.records import PrintImage, Template

IMAGES = 24
"""Images that are extracted, spread evenly over the data set."""

SECONDS = 3.0
"""CPU time spent on comparisons, at least."""


def run_speed(plan: Plan) -> Outcome:
    """Measure.

    Raises:
        BadInput: the engine has no extractor and matcher of its own.
    """
    engine = plan.engine
    if not isinstance(engine, TemplateEngine):
        raise BadInput(f"engine {engine.name}: there is nothing to time")
    prints = _spread(list(plan.dataset), IMAGES)
    figures: dict[str, object] = {"images": len(prints)}
    if isinstance(engine.source, ExtractedTemplates):
        figures |= _time_extraction(engine.source, prints)
    found = engine.source.templates(_spread(list(plan.dataset), 4 * IMAGES), lambda _: None)
    figures |= _time_matching(engine, found)
    return Outcome("speed", engine.name, engine.key, figures)


def _spread(prints: Sequence[Print], count: int) -> list[Print]:
    """Some prints, spread evenly."""
    rows = np.unique(np.linspace(0, len(prints) - 1, min(count, len(prints))).astype(int))
    return [prints[row] for row in rows.tolist()]


def _time_extraction(source: ExtractedTemplates, prints: Sequence[Print]) -> dict[str, object]:
    """Milliseconds an image, by an extractor of one thread that remembers nothing."""
    extractor = source.open_single()
    images = [image for one in prints if (image := _read(one)) is not None]
    _try(lambda: extractor.extract_many(images[:1]))
    with telling("Timing extraction", len(images)) as progress:
        taken = []
        for image in images:
            taken.append(_cpu_ms(lambda image=image: extractor.extract_many([image])))  # type: ignore[misc]
            progress(1)
    figures = _percentiles_of("extract", taken)
    if type(extractor) is Extractor:  # ours: searches spare themselves NFIQ 2
        probes = [_cpu_ms(lambda image=image: _extract_probe(extractor, image)) for image in images]  # type: ignore[misc]
        figures |= _percentiles_of("extract_probe", probes)
    return figures


def _percentiles_of(stage: str, taken: list[float]) -> dict[str, object]:
    found = percentiles(taken)
    return {f"{stage}_cpu_ms_p50": found["p50"], f"{stage}_cpu_ms_p95": found["p95"]}


def _extract_probe(extractor: Extractor, image: PrintImage) -> None:
    """As a search extracts."""
    with suppress(NoFingerprint):
        extractor.extract(image, exact_quality=False)


def _read(one: Print) -> PrintImage | None:
    """The image of a print, None if it cannot be read."""
    try:
        return read_image_file(one.path, one.ppi)
    except BadImage:
        return None


def _try(call: Callable[[], object]) -> None:
    """Call once for what happens at a first call."""
    call()


def _time_matching(engine: TemplateEngine, found: Sequence[Extracted]) -> dict[str, object]:
    """Pairs a second of CPU, templates to scores, and milliseconds to describe a print."""
    templates = [one for one in found if isinstance(one, Template)]
    wanted = np.ones((len(templates), len(templates)), bool)

    def call() -> object:
        return engine.matcher.compare(templates, templates, wanted, lambda _: None)

    call()
    rounds, taken = 0, 0.0
    with telling("Timing comparison", int(SECONDS)) as progress:
        while taken < SECONDS * 1000:
            taken += _cpu_ms(call)
            rounds += 1
        progress(int(SECONDS))
    described = percentiles([_cpu_ms(lambda one=one: describe(one.minutiae)) for one in templates])  # type: ignore[misc]
    return {
        "minutiae_mean": round(float(np.mean([len(one.minutiae) for one in templates])), 1),
        "pairs_per_cpu_s": round(1000 * rounds * wanted.size / taken),
        "describe_cpu_ms_p50": described["p50"],
    }


def _cpu_ms(call: Callable[[], object]) -> float:
    """CPU time of a call, milliseconds, over all threads."""
    start = time.process_time()
    call()
    return 1000 * (time.process_time() - start)
