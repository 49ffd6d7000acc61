"""What an engine under test offers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from benchmarks.datasets.prints import Print, PrintSet
from engine.errors import WhorlError
from engine.records import Float32Array, Template

Extracted = Template | WhorlError
"""A template, or why there is none."""

Progress = Callable[[int], None]
"""Told how many further prints or comparisons are done."""

FAILED = 0.0
"""Score of a comparison with a print that has no template: a failure counts against an engine."""


class TemplateSource(Protocol):
    """Gives the templates of prints."""

    @property
    def name(self) -> str:
        """For people: `leader`."""

    @property
    def key(self) -> str:
        """Name and digest of code and parameters; results that have it are comparable."""

    @property
    def parameters(self) -> Mapping[str, object]:
        """What the results depend on, as plain values."""

    def templates(self, prints: Sequence[Print], progress: Progress) -> list[Extracted]:
        """The templates of prints, in their order."""


class Matcher(Protocol):
    """Compares templates. Higher scores are more alike, none is below `FAILED`."""

    @property
    def name(self) -> str:
        """For people: `bozorth3`."""

    @property
    def key(self) -> str:
        """Name and digest of code and parameters."""

    @property
    def parameters(self) -> Mapping[str, object]:
        """What the results depend on, as plain values."""

    def compare(
        self,
        probes: Sequence[Extracted],
        candidates: Sequence[Extracted],
        wanted: np.ndarray[tuple[int, int], np.dtype[np.bool_]],
        progress: Progress,
    ) -> Float32Array:
        """(P, C) float32 scores of the wanted pairs; the others are 0."""


class Engine(Protocol):
    """Scores the pairs of two sets."""

    @property
    def name(self) -> str:
        """For people: `leader+whorl`."""

    @property
    def key(self) -> str:
        """Name and digest of all that the scores depend on; part of the results' path."""

    @property
    def parameters(self) -> Mapping[str, object]:
        """What the scores depend on, as plain values."""

    def failures(self, part: PrintSet, progress: Progress) -> dict[str, str]:
        """Prints that the engine cannot use, by name, with the reason."""

    def scores(self, first: PrintSet, second: PrintSet, progress: Progress) -> Float32Array:
        """(N, M) float32 scores; of a set with itself only those above the diagonal count."""


@dataclass(frozen=True)
class TemplateEngine:
    """An engine made of an extractor and a matcher."""

    source: TemplateSource
    matcher: Matcher

    @property
    def name(self) -> str:
        """Extractor and matcher."""
        return f"{self.source.name}+{self.matcher.name}"

    @property
    def key(self) -> str:
        """Both keys."""
        return f"{self.source.key}+{self.matcher.key}"

    @property
    def parameters(self) -> dict[str, object]:
        """Those of both parts."""
        return {
            "extractor": {"key": self.source.key, **self.source.parameters},
            "matcher": {"key": self.matcher.key, **self.matcher.parameters},
        }

    def failures(self, part: PrintSet, progress: Progress) -> dict[str, str]:
        """Prints without a template."""
        templates = self.source.templates(part.prints, progress)
        pairs = zip(part.prints, templates, strict=True)
        return {one.name: str(why) for one, why in pairs if isinstance(why, WhorlError)}

    def scores(self, first: PrintSet, second: PrintSet, progress: Progress) -> Float32Array:
        """Scores of all pairs."""
        probes = self.source.templates(first.prints, lambda _: None)
        candidates = self.source.templates(second.prints, lambda _: None)
        wanted = np.ones((len(first), len(second)), bool)
        if first is second:
            wanted = np.triu(wanted, 1)
        return self.matcher.compare(probes, candidates, wanted, progress)
