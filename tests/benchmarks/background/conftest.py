"""Prints that several tests look at."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.background import Chunk
from benchmarks.background.drawing import draw_chunk


@pytest.fixture(scope="session")
def chunk() -> Chunk:
    """One print each of 1,000 fingers."""
    return draw_chunk(np.arange(1000), seed=7)
