"""The picture of a probe beside its best candidate, made from what the interface tells."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from api.demo.client import Client
from api.schemas.answers import AnswerView, CandidateView
from api.schemas.minutiae import MinutiaView, Place
from engine.candidates import PairedMinutia
from engine.images import encode_png, read_image, read_image_file
from engine.picture import Side, draw_match
from engine.records import Minutiae, MinutiaType


def draw_best(client: Client, probe: Path, answer: AnswerView, out: Path) -> Path:
    """Write the picture of a probe and the first candidate; returns its path."""
    best = answer.candidates[0]
    seen = answer.probe
    left = Side(
        read_image_file(probe).pixels,
        _minutiae(seen.minutiae),
        f"Probe {probe.stem}",
        f"{len(seen.minutiae)} minutiae, quality {seen.quality} ({seen.quality_measure})",
    )
    pairs = [PairedMinutia(_place(pair.probe), _place(pair.candidate)) for pair in best.pairs]
    caption = f"score {best.score:.3f}  ·  {len(pairs)} minutiae paired"
    picture = draw_match(left, _candidate(client, best), pairs, caption)
    out.mkdir(parents=True, exist_ok=True)
    path = out / f"{probe.stem}.png"
    path.write_bytes(encode_png(picture))
    return path


def _candidate(client: Client, best: CandidateView) -> Side:
    """The candidate's side."""
    print_ = client.read_print(best.fingers[0].links.self_)
    image = read_image(client.read_bytes(print_.links.image), f"print {print_.id}")
    name = f"{best.person.family_name.upper()} {best.person.forename}".strip()
    finger = print_.finger.replace("_", " ")
    return Side(
        image.pixels,
        _minutiae(print_.minutiae),
        f"{best.person.id}  {name}",
        f"{finger}, {print_.minutiae_count} minutiae, {best.ncb}, {best.region}",
    )


def _minutiae(views: list[MinutiaView]) -> Minutiae:
    """The engine's record of minutiae."""
    return Minutiae(
        np.array([(one.x, one.y) for one in views], np.float32).reshape(-1, 2),
        np.array([one.direction for one in views], np.float32),
        np.array([MinutiaType[one.type.upper()] for one in views], np.uint8),
        np.array([one.quality for one in views], np.uint8),
    )


def _place(place: Place) -> tuple[float, float, float]:
    """The engine's record of a place."""
    return place.x, place.y, place.direction
