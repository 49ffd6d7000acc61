"""Archives of made-up minutiae, with which the whole suite runs in a second."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from support import disturb, make_template

WriteArchive = Callable[..., Path]


@pytest.fixture(scope="session")
def write_archive() -> WriteArchive:
    """Writes an archive of plain minutiae of invented fingers."""

    def write(path: Path, sets: int, fingers: int, impressions: int, seed: int = 0) -> Path:
        index, minutiae = [], []
        for number in range(1, sets + 1):
            for finger in range(1, fingers + 1):
                whole = make_template(1000 * seed + 100 * number + finger)
                for impression in range(1, impressions + 1):
                    found = disturb(whole, impression, turn=0.1 * impression).minutiae
                    degrees = np.rad2deg(found.direction)[:, None]
                    minutiae.append(np.concatenate([found.xy, degrees], axis=1))
                    index.append((number, finger, impression, len(found)))
        path.parent.mkdir(parents=True, exist_ok=True)
        np.savez(path, index=np.array(index), minutiae=np.concatenate(minutiae))
        return path

    return write
