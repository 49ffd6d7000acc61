"""Statistics of real and synthetic prints."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from benchmarks.background import Chunk, impressions
from benchmarks.background.likeness.comparing import Likeness, compare_samples, describe_likeness
from benchmarks.background.likeness.distance import (
    earth_mover,
    kolmogorov_smirnov,
    root_mean_square,
    total_variation,
    upper_quantile,
)
from benchmarks.background.likeness.first_pass import first_pass
from benchmarks.background.likeness.sample import synthetic_sample
from benchmarks.background.likeness.statistics import bit_frequencies, nearest_distances


@pytest.fixture(scope="module")
def likeness() -> Likeness:
    """Forty fingers stand for the real ones, forty others for the synthetic ones."""
    first, second = np.arange(40), np.arange(40, 80)
    real = synthetic_sample([impressions(first, number) for number in range(2)])
    return compare_samples(
        real, synthetic_sample([impressions(second, 0)]), synthetic_sample([impressions(second, 1)])
    )


def test_distances_of_small_arrays() -> None:
    """Values worked out by hand."""
    first, second = np.array([0.0, 1.0]), np.array([1.0, 3.0])
    assert kolmogorov_smirnov(first, second) == 0.5
    assert earth_mover(first, second) == 1.5
    assert total_variation(np.array([0.5, 0.5]), np.array([1.0, 0.0])) == 0.5
    assert root_mean_square(np.array([0.0, 2.0]), np.array([0.0, 0.0])) == pytest.approx(2**0.5)
    assert upper_quantile(np.arange(101.0), 0.1) == 90


def test_first_pass_is_the_engines_formula(chunk: Chunk) -> None:
    """A print against itself, as another's: eight codes of similarity 1."""
    few = synthetic_sample([chunk.first(3)])
    found = first_pass(few, synthetic_sample([chunk.first(1)]))
    assert found.scores[0] == pytest.approx(8.0)
    assert found.gammas[-1] >= 8
    assert len(found.scores) == 3


def test_statistics_of_prints(chunk: Chunk) -> None:
    """Shares are shares; distances keep to the hard core."""
    sample = synthetic_sample([chunk.first(50)])
    assert nearest_distances(sample).min() >= 7
    assert bit_frequencies(sample).shape == (255,)
    assert 0.15 < bit_frequencies(sample).mean() < 0.3


def test_two_synthetic_samples_are_alike(likeness: Likeness) -> None:
    """Nothing tells fingers 0 to 39 from fingers 40 to 79 but chance."""
    facts = describe_likeness(likeness)
    assert facts["bit_frequencies"]["rms"] < 0.05  # type: ignore[index]
    assert facts["score"]["ks"] < 0.25  # type: ignore[index]
    assert set(facts["tails"]["gamma"]) == set(likeness.impostors)  # type: ignore[index]


def test_plots(likeness: Likeness, tmp_path: Path) -> None:
    """One picture of nine plots."""
    plots = pytest.importorskip("benchmarks.background.likeness.plots", exc_type=ImportError)
    plots.save_plots(likeness, tmp_path / "likeness.png")
    assert (tmp_path / "likeness.png").read_bytes()[:4] == b"\x89PNG"
    assert len(plots.plot_likeness(likeness).axes) == 9
