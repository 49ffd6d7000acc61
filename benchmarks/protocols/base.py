"""What every protocol is given and gives."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.datasets.known import ALL
from benchmarks.datasets.prints import Dataset, Print
from benchmarks.engines.base import Engine, Progress, TemplateEngine, TemplateSource
from benchmarks.store.outcome import Outcome
from engine.errors import BadInput, WhorlError
from engine.records import Template
from engine.terminal import progress_bar


@dataclass(frozen=True)
class Plan:
    """One run of a protocol.

    Attributes:
        dataset: the prints.
        engine: under test.
        results: folder of all results.
        distractors: prints of other fingers to be enrolled too; None for none.
        fingers: sizes of galleries that are made up; none for the protocol's own.
    """

    dataset: Dataset
    engine: Engine
    results: Path
    distractors: Dataset | None = None
    fingers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Protocol:
    """A protocol.

    Attributes:
        name: on the command line.
        summary: one line.
        run: measures.
        own_only: it looks into our engine and cannot measure a peer.
        datasets: measured if none is named.
    """

    name: str
    summary: str
    run: Callable[[Plan], Outcome]
    own_only: bool = False
    datasets: tuple[str, ...] = (ALL,)


@contextmanager
def telling(title: str, total: int) -> Iterator[Progress]:
    """A progress bar on standard error."""
    with progress_bar(title, total) as bar:
        yield lambda count: bar.advance(bar.task_ids[0], count)


def own_engine(plan: Plan) -> TemplateEngine:
    """The engine, if it has our matcher, which the index and the whole path belong to.

    Raises:
        BadInput: the engine has another.
    """
    engine = plan.engine
    if not isinstance(engine, TemplateEngine) or engine.matcher.name != "whorl":
        raise BadInput(f"engine {engine.name}: this protocol needs an engine EXTRACTOR+whorl")
    return engine


def find_failures(plan: Plan) -> dict[str, str]:
    """Prints of the data set without a template, with the reason."""
    with telling(f"Extracting {plan.dataset.name}", len(plan.dataset)) as progress:
        failed: dict[str, str] = {}
        for part in plan.dataset.sets:
            failed |= plan.engine.failures(part, progress)
        return failed


def extract_prints(source: TemplateSource, prints: list[Print], title: str) -> dict[str, Template]:
    """Templates by the print's name; prints without one are left out."""
    with telling(title, len(prints)) as progress:
        results = source.templates(prints, progress)
    pairs = zip(prints, results, strict=True)
    return {one.name: found for one, found in pairs if not isinstance(found, WhorlError)}


def template_name(plan: Plan, engine: TemplateEngine) -> str:
    """What the templates of a data set say that found their minutiae.

    Raises:
        BadInput: they say different things, or there is none.
    """
    templates = engine.source.templates(list(plan.dataset), lambda _: None)
    names = {one.extractor for one in templates if not isinstance(one, WhorlError)}
    if len(names) != 1:
        raise BadInput(f"{plan.dataset.name}: templates of {len(names)} extractors, wanted one")
    return names.pop()


def percentiles(values: list[float]) -> dict[str, float]:
    """Median and 95th percentile, rounded to a hundredth."""
    low, high = np.percentile(values or [float("nan")], [50, 95])
    return {"p50": round(float(low), 2), "p95": round(float(high), 2)}
