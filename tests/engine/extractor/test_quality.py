"""The quality of prints."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest

from engine.errors import MissingPart
from engine.extractor import nfiq2, quality
from engine.extractor.nfiq2 import measure_nfiq2
from engine.extractor.quality import measure_quality, rate_ridges
from engine.extractor.ridges import measure_ridges
from engine.records import Minutiae, PrintImage

Draw = Callable[..., PrintImage]


@pytest.fixture
def without_nbis(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a machine without the optional package."""

    def refuse(_: PrintImage) -> int:
        raise MissingPart("no nbis-py")

    monkeypatch.setattr(quality, "measure_nfiq2", refuse)


def good_minutiae(count: int) -> Minutiae:
    return Minutiae(
        np.zeros((count, 2), np.float32),
        np.zeros(count, np.float32),
        np.ones(count, np.uint8),
        np.full(count, 90, np.uint8),
    )


@pytest.mark.usefixtures("without_nbis")
def test_own_measure_has_its_own_name(drawn: Draw) -> None:
    """Without NFIQ 2 the value is not called NFIQ."""
    image = drawn()
    measured = measure_quality(image, measure_ridges(image.pixels), good_minutiae(20))
    assert measured.measure == "ridge-1"
    assert 0 <= measured.value <= 100


def test_noise_lowers_our_measure(drawn: Draw) -> None:
    """The more noise over the same ridges, the lower the quality."""
    clean = drawn(size=(320, 300)).pixels.astype(np.float64)
    noise = np.random.default_rng(2).normal(size=clean.shape)
    values = [
        rate_ridges(
            measure_ridges(np.clip(clean + level * noise, 0, 255).astype(np.uint8)),
            good_minutiae(30),
        )
        for level in (0, 100, 250)
    ]
    assert values[0] > values[1] > values[2]


def test_few_minutiae_and_small_area_lower_our_measure(drawn: Draw) -> None:
    """A small print, or one with little in it, is worth less."""
    large, small = (measure_ridges(drawn(size=size).pixels) for size in ((320, 300), (120, 100)))
    assert rate_ridges(large, good_minutiae(40)) > rate_ridges(large, good_minutiae(10))
    assert rate_ridges(large, good_minutiae(10)) > rate_ridges(small, good_minutiae(10))


def test_blank_is_worth_nothing() -> None:
    """No contrast, no quality."""
    assert rate_ridges(measure_ridges(np.full((90, 90), 7, np.uint8)), Minutiae.empty()) == 0


def test_failed_nfiq2_falls_back(drawn: Draw, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where NFIQ 2 gives up, ours stands in under its own name."""
    monkeypatch.setattr(quality, "measure_nfiq2", lambda _: None)
    image = drawn()
    measured = measure_quality(image, measure_ridges(image.pixels), good_minutiae(20))
    assert measured.measure == "ridge-1"


def test_nfiq2_gives_up_on_a_blank(image_of: Draw) -> None:
    """NFIQ 2's failure is no error of ours."""
    pytest.importorskip("nbis")
    assert measure_nfiq2(image_of(np.full((200, 200), 255), "blank")) is None


def test_missing_nbis_is_named(drawn: Draw, monkeypatch: pytest.MonkeyPatch) -> None:
    """The error says which package to install."""
    monkeypatch.setitem(sys.modules, "nbis", None)
    nfiq2._open.cache_clear()
    with pytest.raises(MissingPart, match="nbis-py"):
        measure_nfiq2(drawn())


def read(path: Path) -> PrintImage:
    pixels = np.asarray(cv2.imread(str(path), cv2.IMREAD_GRAYSCALE), np.uint8)
    return PrintImage(pixels, 500.0, True, path.name, "PNG")


def test_nfiq2_of_a_real_print(lab_data: Path) -> None:
    """The value that NFIQ 2 gave when nbis-py 0.1.3 was compared with NIST's reference."""
    pytest.importorskip("nbis")
    image = read(lab_data / "fvc2002" / "DB1_B" / "101_1.png")
    measured = measure_quality(image, measure_ridges(image.pixels), Minutiae.empty())
    assert (measured.value, measured.measure) == (65, "NFIQ2")


def test_our_measure_ranks_as_nfiq2(lab_prints: list[Path]) -> None:
    """Over every 32nd real print the two rankings agree (Spearman over 0.7)."""
    pytest.importorskip("nbis")
    images = [read(path) for path in lab_prints[::32]]
    theirs = [measure_nfiq2(image) or 0 for image in images]
    ours = [rate_ridges(measure_ridges(image.pixels), good_minutiae(30)) for image in images]
    ranks = [np.argsort(np.argsort(values)) for values in (theirs, ours)]
    assert np.corrcoef(ranks)[0, 1] > 0.7
