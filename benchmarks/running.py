"""Runs protocols over data sets and engines."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.datasets import Dataset, open_dataset
from benchmarks.datasets.opening import Source, open_distractors
from benchmarks.engines import make_engine
from benchmarks.protocols.base import Plan, Protocol
from benchmarks.protocols.catalogue import PROTOCOLS
from benchmarks.store.outcome import describe_outcome, save_outcome
from benchmarks.summary import summarise_facts
from engine.errors import BadInput, MissingPart

EVERYTHING = "all"

DEFAULT_ENGINE = "whorl"

ALL_ENGINES = ("whorl", "classical", "nbis", "mindtct+whorl", "leader+bozorth3")
"""Engines of a run of everything."""


@dataclass(frozen=True, slots=True)
class Job:
    """What was asked for on the command line; see there."""

    protocol: str
    datasets: tuple[str, ...]
    engines: tuple[str, ...]
    ppi: float | None
    duplicates: Path | None
    distractors: str | None
    results: Path
    fingers: tuple[int, ...] = ()


def run_jobs(job: Job) -> Iterator[tuple[dict[str, object], str]]:
    """Run, and give the figures of each run with a text for people.

    Raises:
        BadInput: no such protocol, engine or data set.
        MissingPart: this machine lacks a part of the engine that was asked for.
    """
    if job.protocol == EVERYTHING:
        yield from _run_everything(job)
        return
    if job.protocol not in PROTOCOLS:
        raise BadInput(f"unknown protocol {job.protocol!r}; known are {', '.join(PROTOCOLS)}")
    protocol = PROTOCOLS[job.protocol]
    for name in job.datasets or protocol.datasets:
        dataset = _open(job, name)
        for engine in job.engines or (DEFAULT_ENGINE,):
            yield _run_one(job, protocol, (name, dataset), engine)


def _run_everything(job: Job) -> Iterator[tuple[dict[str, object], str]]:
    """Every protocol with every engine that fits; an engine that is not installed is told."""
    for protocol in PROTOCOLS.values():
        for engine in job.engines or ALL_ENGINES:
            if protocol.own_only and not engine.endswith(("whorl", "classical")):
                continue
            try:
                yield from run_jobs(replace(job, protocol=protocol.name, engines=(engine,)))
            except MissingPart as error:
                print(f"{protocol.name} with {engine} left out: {error}", file=sys.stderr)


def _open(job: Job, name: str, beside: Dataset | None = None) -> Dataset:
    """A data set, or the distractors beside one, with what is ignored told."""
    source = Source(name, job.ppi, job.duplicates, job.results / "made")
    dataset = open_distractors(source, beside) if beside else open_dataset(source)
    for reason in dataset.ignored:
        print(f"ignored: {reason}", file=sys.stderr)
    return dataset


def _run_one(
    job: Job, protocol: Protocol, named: tuple[str, Dataset], engine_name: str
) -> tuple[dict[str, object], str]:
    """Run one protocol with one engine on one data set, which is given as asked for and read."""
    source, dataset = named
    engine = make_engine(engine_name, job.results / "templates")
    distractors = _open(job, job.distractors, dataset) if job.distractors else None
    outcome = protocol.run(Plan(dataset, engine, job.results, distractors, job.fingers))
    if distractors:
        beside = f"{distractors.name}-{distractors.digest[:8]}".replace("/", "-")
        outcome = replace(outcome, distractors=beside)
    facts = describe_outcome(outcome, dataset, dict(engine.parameters), source)
    path = save_outcome(outcome, dataset, facts, job.results)
    return facts, summarise_facts(facts) + f"\n  stored in {path}"
