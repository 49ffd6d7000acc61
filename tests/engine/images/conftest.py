"""Small prints and files for the tests of image reading."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import numpy as np
import pytest
from PIL import Image

from engine.records import UInt8Array

FileWriter = Callable[..., bytes]


@pytest.fixture(scope="session")
def rings() -> UInt8Array:
    """(200, 180) uint8: dark concentric ridges, nine pixels apart, that fade into light ground."""
    y, x = np.mgrid[:200, :180]
    radius = np.hypot(x - 90.0, y - 100.0)
    ridges = np.cos(2 * np.pi * radius / 9) > 0.2
    strength = np.clip((80 - radius) / 10, 0, 1)
    return (230 - 180 * ridges * strength).astype(np.uint8)


@pytest.fixture(scope="session")
def write() -> FileWriter:
    """`write(pixels or Pillow image, format, **options)` gives the bytes of a file."""

    def write_file(picture: Any, file_format: str, **options: Any) -> bytes:
        image = picture if isinstance(picture, Image.Image) else Image.fromarray(picture)
        buffer = BytesIO()
        image.save(buffer, file_format, **options)
        return buffer.getvalue()

    return write_file
