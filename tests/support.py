"""Prints that tests make up."""

from __future__ import annotations

import math
import uuid

import numpy as np
from numpy.typing import NDArray

from engine.descriptor.features import Features
from engine.fingers import Finger, Impression
from engine.gallery.print_store import NewPrint
from engine.gallery.question import ask_of
from engine.gallery.segment import Segment
from engine.gallery.shortlist import shortlist
from engine.persons import GalleryKind
from engine.records import Minutiae, Template
from engine.templates.binary import quantise

SIZE = 360


def make_template(seed: int, count: int = 40) -> Template:
    """A template of minutiae at least 14 pixels apart, directions along a smooth flow."""
    random = np.random.default_rng(seed)
    points: list[tuple[float, float]] = []
    while len(points) < count:
        x, y = random.uniform(40, SIZE - 40, 2)
        if all(math.hypot(x - a, y - b) >= 14 for a, b in points):
            points.append((x, y))
    xy = np.array(points, np.float32)
    bend = random.uniform(-0.01, 0.01, 2)
    flow = random.uniform(0, math.pi) + xy @ bend
    direction = flow + math.pi * random.integers(0, 2, count)
    minutiae = Minutiae(
        xy,
        np.mod(direction, 2 * math.pi).astype(np.float32),
        random.integers(1, 3, count).astype(np.uint8),
        np.sort(random.integers(40, 100, count))[::-1].astype(np.uint8),
    )
    return quantise(Template(minutiae, SIZE, SIZE, 60, "ridge-1", "test-1"))


def disturb(
    template: Template, seed: int, turn: float = 0.2, drop: float = 0.2, noise: float = 1.5
) -> Template:
    """Another impression: turned about the middle, moved, blurred, some minutiae missing."""
    random = np.random.default_rng(seed)
    old = template.minutiae
    kept = random.random(len(old)) >= drop
    cos, sin = math.cos(turn), math.sin(turn)
    # Twice the frame, so that no turn moves a minutia out of it.
    turned = (old.xy[kept] - SIZE / 2) @ np.array([[cos, -sin], [sin, cos]]) + SIZE
    xy = turned + random.normal(0, noise, turned.shape)
    direction = old.direction[kept] + turn + random.normal(0, 0.05, int(kept.sum()))
    minutiae = Minutiae(
        xy.astype(np.float32),
        np.mod(direction, 2 * math.pi).astype(np.float32),
        old.type[kept],
        old.quality[kept],
    )
    return quantise(Template(minutiae, 2 * SIZE, 2 * SIZE, 60, "ridge-1", "test-1"))


def as_print(template: Template, finger: Finger = Finger.UNKNOWN, image: bytes = b"") -> NewPrint:
    """A template as a print that can be stored."""
    return NewPrint(
        template=template,
        finger=finger,
        impression=Impression.LIVE_PLAIN,
        kind=GalleryKind.TENPRINT,
        image=image or b"not an image",
        image_format="PNG",
        image_ppi=500,
        image_sha256=uuid.uuid4().hex * 2,
        source="test.png",
    )


def first_pass(
    probe: Features, segment: Segment, allowed: NDArray[np.bool_] | None = None
) -> NDArray[np.float32]:
    """(P,) first-pass scores of all prints of a segment, 0 where no code came near."""
    scores = np.zeros(len(segment), np.float32)
    for piece in segment.pieces:
        (listed,) = shortlist(ask_of([probe]), segment, piece, allowed)
        scores[listed.rows] = listed.scores
    return scores
