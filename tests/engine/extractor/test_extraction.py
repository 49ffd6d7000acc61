"""A print to its template, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from engine.errors import NoFingerprint
from engine.extractor import Extractor, make_extractor
from engine.extractor.leader import LeaderFinder
from engine.extractor.refusal import require_minutiae, require_ridges
from engine.extractor.ridges import measure_ridges
from engine.records import Minutiae, PrintImage, Template
from engine.settings import Settings
from engine.templates.binary import decode, encode

Draw = Callable[..., PrintImage]


def write_page() -> np.ndarray:
    """A page of writing, (500, 500)."""
    page = np.full((500, 500), 255, np.uint8)
    for row in range(30, 500, 34):
        line = "The quick brown fox jumps over the dog"[row % 9 :]
        cv2.putText(page, line, (10, row), cv2.FONT_HERSHEY_SIMPLEX, 0.8, 0, 2)
    return page


def make_blobs() -> np.ndarray:
    """Soft blobs, as in a photograph, (300, 300)."""
    noise = np.random.default_rng(3).normal(size=(300, 300))
    soft = cv2.GaussianBlur(noise, (0, 0), 4)
    return np.clip(127 + 60 * soft / soft.std(), 0, 255)


NO_FINGERS = {
    "noise": lambda: np.random.default_rng(4).integers(0, 256, (300, 300)),
    "a slope": lambda: np.add.outer(np.arange(250), np.arange(250)) / 2,
    "a page": write_page,
    "blobs": make_blobs,
}


def test_template_tells_where_it_comes_from(drawn: Draw, fake_finder: type) -> None:
    """Size, extractor, quality and its measure stand in the template."""
    template = Extractor(fake_finder(8)).extract(drawn(size=(150, 190)))
    assert (template.width, template.height) == (190, 150)
    assert template.extractor == "fake-1"
    assert template.quality_measure in ("NFIQ2", "ridge-1")
    assert len(template.minutiae) == 8


def test_a_probe_gets_our_own_quality(drawn: Draw, fake_finder: type) -> None:
    """Where NFIQ 2 is not asked for, the measure says so, and the minutiae are the same."""
    extractor = Extractor(fake_finder(8))
    probe = extractor.extract(drawn(), exact_quality=False)
    assert probe.quality_measure == "ridge-1"
    np.testing.assert_array_equal(probe.minutiae.xy, extractor.extract(drawn()).minutiae.xy)


def test_template_is_as_it_will_be_stored(drawn: Draw, fake_finder: type) -> None:
    """A probe's template equals what the gallery would give back of it."""
    template = Extractor(fake_finder(8)).extract(drawn())
    stored = decode(encode(template))
    np.testing.assert_array_equal(stored.minutiae.direction, template.minutiae.direction)
    np.testing.assert_array_equal(stored.minutiae.xy, template.minutiae.xy)


@pytest.mark.parametrize(
    ("count", "words"), [(5, "only 5 minutiae"), (1, "only 1 minutia "), (0, "only 0 minutiae")]
)
def test_too_few_minutiae_are_refused(
    drawn: Draw, fake_finder: type, count: int, words: str
) -> None:
    """The message counts them, and names the file and the need."""
    with pytest.raises(NoFingerprint, match=rf"{words}.*drawn, at least 6 are needed"):
        Extractor(fake_finder(count)).extract(drawn())


@pytest.mark.parametrize("kind", NO_FINGERS)
def test_other_pictures_are_refused(fake_finder: type, image_of: Draw, kind: str) -> None:
    """What shows no ridges never reaches the finder."""
    finder = fake_finder(20)
    with pytest.raises(NoFingerprint, match=f"{kind} shows no ridges"):
        Extractor(finder).extract(image_of(np.asarray(NO_FINGERS[kind]()), kind))
    assert finder.seen == []


@pytest.mark.parametrize(
    ("size", "words"),
    [
        ((200, 200), "is blank"),
        ((63, 300), "300 x 63 pixels at 500 ppi, too few"),
        ((2000, 2000), "too many for a finger"),
    ],
)
def test_blank_small_and_huge_are_refused(
    fake_finder: type, image_of: Draw, size: tuple[int, int], words: str
) -> None:
    """Each with its own reason."""
    with pytest.raises(NoFingerprint, match=words):
        Extractor(fake_finder(20)).extract(image_of(np.full(size, 200), "grey"))


def test_one_bad_print_spoils_no_batch(drawn: Draw, fake_finder: type, image_of: Draw) -> None:
    """Errors come back in their places, and the finder sees only the good prints."""
    blank = image_of(np.full((99, 99), 255), "blank")
    finder = fake_finder(7)
    results = Extractor(finder).extract_many([drawn(), blank, drawn()])
    assert [type(result) for result in results] == [Template, NoFingerprint, Template]
    assert finder.seen == ["drawn", "drawn"]


def test_too_few_minutiae_in_a_batch(drawn: Draw, fake_finder: type) -> None:
    """In bulk the same rule holds, as a result instead of an error."""
    (result,) = Extractor(fake_finder(2)).extract_many([drawn()])
    assert isinstance(result, NoFingerprint)


def test_no_prints_no_templates(fake_finder: type) -> None:
    """An empty batch is fine."""
    assert Extractor(fake_finder(7)).extract_many([]) == []


def test_settings_choose_leader() -> None:
    """The default is the network."""
    assert make_extractor(Settings(threads=1)).name == "leader-2"


def test_settings_choose_classical() -> None:
    """The other one needs no network."""
    pytest.importorskip("engine.extractor.classical.finder")
    settings = Settings(extractor="classical")
    assert make_extractor(settings).name == "classical-1"


def read(path: Path) -> PrintImage:
    pixels = np.asarray(cv2.imread(str(path), cv2.IMREAD_GRAYSCALE), np.uint8)
    return PrintImage(pixels, 500.0, True, path.name, "PNG")


def test_every_real_print_is_accepted(lab_prints: list[Path]) -> None:
    """None of the laboratory's 640 prints is taken for another picture."""
    for path in lab_prints:
        require_ridges(read(path))
    assert len(lab_prints) == 640


def test_real_prints_give_templates(leader: LeaderFinder, lab_prints: list[Path]) -> None:
    """One print of each tenth finger, in bulk, gives as many templates."""
    images = [read(path) for path in lab_prints[::80]]
    results = Extractor(leader).extract_many(images)
    assert all(isinstance(result, Template) for result in results)


@pytest.mark.parametrize(("good", "accepted"), [(7, False), (8, True)])
def test_the_minutiae_decide_on_a_doubtful_picture(good: int, accepted: bool) -> None:
    """With few ridges among much else, a print needs eight good minutiae."""
    ridged = np.zeros((20, 20), bool)
    ridged[:4, :5] = True  # 20 of 400 blocks: 0.05
    field = replace(measure_ridges(np.full((99, 99), 255, np.uint8)), ridged=ridged)
    field = replace(field, seen=np.ones_like(ridged))
    quality = np.array([90] * good + [30] * 20, np.uint8)
    places = np.zeros((len(quality), 2), np.float32)
    minutiae = Minutiae(places, places[:, 0], quality, quality)
    image = PrintImage(np.zeros((99, 99), np.uint8), 500.0, True, "smear", "PNG")
    if accepted:
        require_minutiae(image, field, minutiae)
    else:
        with pytest.raises(NoFingerprint, match="smear shows no ridges of a finger"):
            require_minutiae(image, field, minutiae)
