"""Which stored results a report shows: of each protocol and engine the newest."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.measures.comparisons import Comparisons
from benchmarks.measures.searches import Searches
from benchmarks.store.outcome import load_outcomes
from benchmarks.store.scores import read_array
from engine.errors import BadInput


@dataclass(frozen=True)
class Result:
    """A stored outcome.

    Attributes:
        path: of its figures; raw arrays lie beside.
        facts: its figures.
    """

    path: Path
    facts: dict[str, Any]

    @property
    def title(self) -> str:
        """The data set, and what was enrolled besides."""
        beside = str(self.facts.get("distractors", "")).rpartition("-")[0]
        return str(self.facts["dataset"]) + (f" + {beside}" if beside else "")

    @property
    def engine(self) -> str:
        """Name of the engine."""
        return str(self.facts["engine"])

    def array(self, name: str) -> np.ndarray[tuple[int, ...], np.dtype[Any]]:
        """One of its raw arrays."""
        return read_array(self.path.with_suffix(".h5"), name)

    @cached_property
    def comparisons(self) -> Comparisons:
        """The comparisons of a verification."""
        return Comparisons(
            self.array("scores"),
            self.array("first").astype(np.int64),
            self.array("second").astype(np.int64),
            self.array("mated").astype(bool),
        )

    @cached_property
    def searches(self) -> Searches:
        """The searches of an identification."""
        names = ("fingers", "ranks", "mate_scores", "other_scores")
        return Searches(*(self.array(name) for name in names))


ORDER = (
    "leader+whorl",
    "classical+whorl",
    "leader+bozorth3",
    "mindtct+whorl",
    "mindtct+bozorth3",
)
"""Engines in the order of tables and legends; others follow."""


def select(results: Path, dataset: str | None = None) -> dict[str, list[list[Result]]]:
    """The results to show: by protocol, groups of engines that were measured alike.

    Args:
        results: folder of all results.
        dataset: name of a data set; None shows of each protocol that with most engines measured,
            then that with most to compare. Runs with distractors are groups of their own.

    Raises:
        BadInput: there is no result.
    """
    newest: dict[tuple[str, str, str], Result] = {}
    for path, facts in load_outcomes(results):
        one = Result(path, facts)
        if dataset in (None, facts["dataset"]):
            newest.setdefault((str(facts["protocol"]), one.title, one.engine), one)
    if not newest:
        raise BadInput(f"{results}: no results to report; run something first")
    groups: dict[str, dict[str, list[Result]]] = {}
    for (protocol, title, _), one in newest.items():
        group = groups.setdefault(protocol, {}).setdefault(title, [])
        # The prints under a name may have changed: what was measured on the former is dropped.
        if not group or group[0].path.parent == one.path.parent:
            group.append(one)
    return {protocol: _widest(list(found.values())) for protocol, found in groups.items()}


def _widest(groups: list[list[Result]]) -> list[list[Result]]:
    """The group with most engines, then most to measure, and those on its data set with more."""
    best = max(groups, key=lambda one: (len(one), _size(one[0].facts)))
    digest = best[0].facts["dataset_sha256"]
    more = [
        one
        for one in groups
        if one is not best
        and one[0].facts["dataset_sha256"] == digest
        and one[0].facts.get("distractors")
    ]
    return [sorted(one, key=lambda r: (_place(r.engine), r.engine)) for one in (best, *more)]


def _size(facts: dict[str, Any]) -> int:
    """How much was measured."""
    names = ("genuine", "gallery", "images", "persons", "fingers")
    return next((int(facts[name]) for name in names if name in facts), 0)


def _place(engine: str) -> int:
    """Place of an engine in the order."""
    return ORDER.index(engine) if engine in ORDER else len(ORDER)
