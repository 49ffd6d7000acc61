"""Templates for the tests of their forms."""

from __future__ import annotations

import numpy as np
import pytest

from engine.records import Minutiae, Template


@pytest.fixture(scope="session")
def template() -> Template:
    """Three minutiae in a 400 x 500 print, best first."""
    return Template(
        Minutiae(
            np.array([[100, 14], [399.3, 0.2], [55.03, 499.9]], np.float32),
            np.array([0.0, 1.963, 6.28], np.float32),
            np.array([1, 2, 0], np.uint8),
            np.array([90, 40, 0], np.uint8),
        ),
        width=400,
        height=500,
        quality=73,
        quality_measure="NFIQ2",
        extractor="leader-1",
    )
