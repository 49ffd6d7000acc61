"""Drawn prints, a finder that needs no network, and the real one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from engine.extractor.leader import LeaderFinder
from engine.records import Minutiae, PrintImage

Draw = Callable[..., PrintImage]


class FakeFinder:
    """Reports a fixed number of minutiae, whatever the print shows."""

    name = "fake-1"

    def __init__(self, count: int) -> None:
        self.count = count
        self.seen: list[str] = []

    def find(self, image: PrintImage) -> Minutiae:
        self.seen.append(image.name)
        place = np.arange(self.count, dtype=np.float32)
        return Minutiae(
            np.stack([20 + 10 * place, 30 + 7 * place], axis=1),
            (0.1 + place / 100).astype(np.float32),
            np.ones(self.count, np.uint8),
            np.full(self.count, 80, np.uint8),
        )

    def find_many(self, images: Sequence[PrintImage]) -> list[Minutiae]:
        return [self.find(image) for image in images]


def draw_print(*minutiae: tuple[int, int], size: tuple[int, int] = (200, 240)) -> PrintImage:
    """Level ridges 9 pixels apart, (height, width) = size, broken at each minutia's x, y.

    One turn of the phase around a point makes a ridge end there (Larkin and Fletcher, "A
    coherent framework for fingerprint analysis", Optics Express 15 (2007)).
    """
    y, x = np.mgrid[: size[0], : size[1]].astype(np.float64)
    phase = 2 * np.pi * (y + 8 * np.sin(x / 60)) / 9
    for column, row in minutiae:
        phase += np.arctan2(y - row, x - column)
    pixels = np.rint(127 + 110 * np.cos(phase)).astype(np.uint8)
    return make_image(pixels, "drawn")


def make_image(pixels: np.ndarray, name: str) -> PrintImage:
    return PrintImage(pixels.astype(np.uint8), 500.0, True, name, "PNG")


@pytest.fixture
def drawn() -> Draw:
    return draw_print


@pytest.fixture
def image_of() -> Draw:
    return make_image


@pytest.fixture
def fake_finder() -> type[FakeFinder]:
    return FakeFinder


@pytest.fixture(scope="session")
def leader() -> LeaderFinder:
    return LeaderFinder(threads=2)


@pytest.fixture(scope="session")
def lab_prints(lab_data: Path) -> list[Path]:
    """All real prints of the laboratory."""
    return sorted(lab_data.glob("fvc200[02]/DB?_B/*.png"))
