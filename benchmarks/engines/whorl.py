"""Our extractors and our matcher as parts of engines under test."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Literal

import numpy as np

from benchmarks.code_digest import code_digest
from benchmarks.engines.base import Extracted, Progress
from benchmarks.engines.stored import ExtractedTemplates
from engine.descriptor.features import Features, concatenate, describe
from engine.descriptor.parameters import INDEXING, MATCHING
from engine.errors import WhorlError
from engine.extractor import Extractor, make_extractor
from engine.matcher.comparison import compare_many
from engine.matcher.parameters import DEFAULT
from engine.records import Float32Array, Minutiae
from engine.settings import Settings

_COMMON = ("engine/images", "engine/templates/binary.py", "engine/records.py")


def open_own(name: Literal["leader", "classical"], folder: Path) -> ExtractedTemplates:
    """One of our extractors; `folder` keeps its templates."""

    def opens(threads: int) -> Extractor:
        return make_extractor(Settings(extractor=name, threads=threads))

    return ExtractedTemplates(name, _extractor_digest(name), opens, folder)


def _extractor_digest(name: str) -> str:
    """Digest of the code that an extractor's templates depend on."""
    package = Path(__file__).resolve().parents[2] / "engine" / "extractor"
    common = sorted(f"engine/extractor/{path.name}" for path in package.glob("*.py"))
    return code_digest([*_COMMON, *common, f"engine/extractor/{name}"])


class WhorlMatcher:
    """The exact comparison of this engine, every pair, without the index."""

    name = "whorl"

    def __init__(self) -> None:
        code = code_digest(["engine/matcher", "engine/descriptor", "engine/kernels.py"])
        self.key = f"whorl-{code}"
        self.parameters = {
            "code": code,
            "match": asdict(DEFAULT),
            "fine_cylinders": asdict(MATCHING),
            "index_cylinders": asdict(INDEXING),
        }

    def compare(
        self,
        probes: Sequence[Extracted],
        candidates: Sequence[Extracted],
        wanted: np.ndarray[tuple[int, int], np.dtype[np.bool_]],
        progress: Progress,
    ) -> Float32Array:
        """(P, C) float32 scores, 0 to 1."""
        scores = np.zeros(wanted.shape, np.float32)
        gallery, offsets = concatenate([_features(one) for one in candidates])
        for row, probe in enumerate(probes):
            columns = np.flatnonzero(wanted[row])
            scores[row, columns] = compare_many(_features(probe), gallery, offsets, columns)
            progress(len(columns))
        return scores


def _features(one: Extracted) -> Features:
    """Features of a template; of a failure none, which score 0."""
    return describe(Minutiae.empty() if isinstance(one, WhorlError) else one.minutiae)
