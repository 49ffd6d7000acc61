"""Which stored results a report shows: of each protocol and engine the newest."""

from __future__ import annotations

from collections import Counter
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


def select(results: Path, dataset: str | None = None) -> dict[str, list[Result]]:
    """The results to show, by protocol, in the order of engines.

    Args:
        results: folder of all results.
        dataset: name of a data set; None shows of each protocol that with most engines measured,
            then that with most to compare.

    Raises:
        BadInput: there is no result.
    """
    newest: dict[tuple[str, str, str], Result] = {}
    for path, facts in load_outcomes(results):
        if dataset in (None, facts["dataset"]):
            # Runs with other distractors are other experiments: the folder tells them apart.
            key = (str(facts["protocol"]), path.parent.name, str(facts["engine"]))
            newest.setdefault(key, Result(path, facts))
    if not newest:
        raise BadInput(f"{results}: no results to report; run something first")
    chosen: dict[str, list[Result]] = {}
    for protocol in dict.fromkeys(key[0] for key in newest):
        shown = _widest({key: one for key, one in newest.items() if key[0] == protocol})
        chosen[protocol] = sorted(shown, key=lambda one: (_place(one.engine), one.engine))
    return chosen


def _widest(found: dict[tuple[str, str, str], Result]) -> list[Result]:
    """The results on the data set with most engines, then most to measure."""
    engines = Counter(dataset for _, dataset, _ in found)
    size = {key[1]: _size(one.facts) for key, one in found.items()}
    best = max(engines, key=lambda name: (engines[name], size[name]))
    return [one for key, one in found.items() if key[1] == best]


def _size(facts: dict[str, Any]) -> int:
    """How much was measured."""
    names = ("genuine", "gallery", "images", "persons")
    return next((int(facts[name]) for name in names if name in facts), 0)


def _place(engine: str) -> int:
    """Place of an engine in the order."""
    return ORDER.index(engine) if engine in ORDER else len(ORDER)
