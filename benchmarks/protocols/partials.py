"""Latent-like probes in the enrolled gallery: 12, 8 and 5 minutiae, turned by up to 45 degrees.

`marked`: minutiae of the other impressions as an examiner would mark them, with noise of their
positions and directions. `image`: the part of the picture that shows as many minutiae, with noise
of the pixels, extracted anew; one impression a finger. What the extractor refuses is a miss.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from benchmarks.datasets.prints import Print
from benchmarks.engines.base import TemplateSource
from benchmarks.engines.stored import ExtractedTemplates
from benchmarks.measures.searches import rank_interval, rank_rate
from benchmarks.protocols.base import Plan, extract_prints, own_engine, telling
from benchmarks.protocols.cropping import crop_image, crop_template
from benchmarks.protocols.enrolment import enrolled_gallery, split_probes
from benchmarks.protocols.searching import Answers, Probe, open_searcher, search_all
from benchmarks.store.outcome import Outcome
from engine.errors import BadInput, NoFingerprint
from engine.images import read_image_file
from engine.records import Template

COUNTS = (12, 8, 5)
"""Minutiae: the old rule for a proof, a poor latent, and hopeless."""

SEED = 19794


def run_partials(plan: Plan) -> Outcome:
    """Measure.

    Raises:
        BadInput: no finger has a second impression, or the engine has another matcher.
    """
    engine = own_engine(plan)
    _, prints = split_probes(plan.dataset)
    templates = extract_prints(engine.source, prints, "Extracting probes")
    if not templates:
        raise BadInput(f"{plan.dataset.name}: no finger has a second impression to search")
    figures: dict[str, object] = {"probes": len(prints), "failures": len(prints) - len(templates)}
    intervals: dict[str, list[float]] = {}
    numbers = plan.dataset.numbers
    with enrolled_gallery(plan, engine.source) as enrolment:
        figures["gallery"] = enrolment.prints
        searcher = open_searcher(enrolment, engine.source)
        for kind, count, made in _all_probes(engine.source, prints, templates):
            probes = [(one.name, numbers[one.name], probe) for one, probe in made]
            title = f"Searching {count} minutiae ({kind})"
            _add(figures, intervals, f"{kind}_{count}", search_all(
                searcher, enrolment, probes, title))  # fmt: skip
    return Outcome("partials", plan.engine.name, plan.engine.key, figures | {"ci95": intervals})


def _add(
    figures: dict[str, object], intervals: dict[str, list[float]], name: str, answers: Answers
) -> None:
    """Add the figures of one kind of probes."""
    searches = answers.searches()
    for rank in (1, 10):
        figures[f"rank{rank}_{name}"] = round(rank_rate(searches, rank), 6)
        low, high = rank_interval(searches, rank)
        intervals[f"rank{rank}_{name}"] = [round(low, 6), round(high, 6)]
    figures[f"probes_{name}"] = len(searches)
    figures[f"failures_{name}"] = len(answers.failed)


def _all_probes(
    source: TemplateSource, prints: Sequence[Print], templates: dict[str, Template]
) -> Iterator[tuple[str, int, list[tuple[Print, Probe | str]]]]:
    """Kind, number of minutiae and probes of each experiment."""
    for count in COUNTS:
        yield "marked", count, _marked(prints, templates, count)
    if isinstance(source, ExtractedTemplates):
        for count in COUNTS:
            yield "image", count, _images(source, _one_a_finger(prints), templates, count)


def _marked(
    prints: Sequence[Print], templates: dict[str, Template], count: int
) -> list[tuple[Print, Probe | str]]:
    """Cropped templates."""
    random = np.random.default_rng([SEED, count])
    return [
        (one, crop_template(templates[one.name], count, random)
         if one.name in templates else "no template of the whole print")
        for one in prints
    ]  # fmt: skip


def _images(
    source: ExtractedTemplates,
    prints: Sequence[Print],
    templates: dict[str, Template],
    count: int,
) -> list[tuple[Print, Probe | str]]:
    """Templates of cropped images."""
    random = np.random.default_rng([SEED, count])
    made: list[tuple[Print, Probe | str]] = []
    with telling(f"Extracting {count} minutiae", len(prints)) as progress:
        for one in prints:
            made.append((one, _extract(source, one, templates.get(one.name), count, random)))
            progress(1)
    return made


def _extract(
    source: ExtractedTemplates,
    one: Print,
    whole: Template | None,
    count: int,
    random: np.random.Generator,
) -> Probe | str:
    """The template of a cropped image, or why there is none."""
    if whole is None:
        return "no template of the whole print"
    try:
        image = crop_image(read_image_file(one.path, one.ppi), whole, count, random)
        return source.extractor.extract(image)
    except NoFingerprint as error:
        return str(error)


def _one_a_finger(prints: Sequence[Print]) -> list[Print]:
    """The first of the prints of each finger."""
    first: dict[tuple[str, str], Print] = {}
    for one in prints:
        first.setdefault((one.set, one.finger), one)
    return list(first.values())
