"""Minutiae that an examiner has marked: what is taken and what is refused."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from engine.errors import BadInput, BadRequest
from engine.fingers import Finger, Impression
from engine.latents.marking import EXAMINER, Mark, template_of_marks
from engine.latents.marks_file import read_marks
from engine.records import PrintImage
from engine.templates.finger_view import FingerView
from engine.templates.iso19794_2 import write_iso
from latent_support import marks_of, part_of

GOOD = [Mark(10.0 * n, 20.0, 0.5 * n, quality=50 + n) for n in range(6)]
IMAGE = PrintImage(np.zeros((30, 60), np.uint8), 500, True, "scene.png", "PNG")


def test_marks_become_a_template() -> None:
    """Best quality first, named after the examiner, in a frame that holds them."""
    template = template_of_marks(GOOD)
    assert (template.extractor, len(template.minutiae), template.quality) == (EXAMINER, 6, 52)
    assert template.minutiae.quality.tolist() == [55, 54, 53, 52, 51, 50]
    assert (template.width, template.height) == (50, 20)
    assert (template_of_marks(GOOD, IMAGE).width, IMAGE.pixels.shape[1]) == (60, 60)


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"x": math.nan}, "finite"),
        ({"x": -1.0}, "outside"),
        ({"y": 5000.0}, "outside"),
        ({"direction": 7.0}, "0 to 2 pi"),
        ({"quality": 101}, "0 to 100"),
        ({"x": 0.0, "direction": 0.0}, "marked twice"),
    ],
)
def test_a_mark_that_cannot_be_is_refused(wrong: dict[str, float], reason: str) -> None:
    """With its place and the reason."""
    with pytest.raises(BadRequest, match=reason):
        template_of_marks([*GOOD[:5], replace(GOOD[5], **wrong)])  # type: ignore[arg-type]


@pytest.mark.parametrize("count", [0, 4, 256])
def test_the_number_of_marks_is_bounded(count: int) -> None:
    """Too few say nothing, and a template holds 255."""
    with pytest.raises(BadRequest, match="give 5 to 255"):
        template_of_marks([Mark(n, n, 0.0) for n in range(count)])


def test_marks_lie_in_their_image() -> None:
    """One outside of it was marked in another."""
    with pytest.raises(BadRequest, match="outside of 60 x 30"):
        template_of_marks([*GOOD[:5], Mark(61, 20, 1)], IMAGE)


def test_files_of_both_forms_are_read(tmp_path: Path) -> None:
    """A JSON list, and a record of ISO/IEC 19794-2."""
    part, text, record = part_of(3), tmp_path / "marks.json", tmp_path / "marks.fmr"
    marks = marks_of(part)
    rows = [
        {"x": m.x, "y": m.y, "direction": m.direction, "type": m.type.name.lower()} for m in marks
    ]
    text.write_text(json.dumps(rows))
    record.write_bytes(write_iso([FingerView(Finger.UNKNOWN, Impression.LIVE_PLAIN, 0, part)]))
    assert [(m.x, m.y) for m in read_marks(text)] == [(m.x, m.y) for m in marks]
    read = sorted(m.x for m in read_marks(record))
    assert np.allclose(read, sorted(m.x for m in marks), atol=1)


@pytest.mark.parametrize(
    "content",
    ["{}", '[{"x": 1}]', '[{"x": NaN, "y": 1, "direction": 1}]', "[" * 100_000, "x" * 10**6],
)
def test_other_files_are_refused(tmp_path: Path, content: str) -> None:
    """By name and reason, however they are broken."""
    path = tmp_path / "marks.json"
    path.write_text(content)
    with pytest.raises(BadInput, match=r"marks\.json"):
        read_marks(path)
