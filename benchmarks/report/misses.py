"""The worst searches as pictures: the probe beside its mate, and beside the best non-mate."""

from __future__ import annotations

import base64
from dataclasses import dataclass

import cv2
import numpy as np

from benchmarks.datasets import Dataset, Print, open_dataset
from benchmarks.datasets.opening import Source
from benchmarks.engines import TemplateEngine, make_engine
from benchmarks.protocols.enrolment import split_probes
from benchmarks.report.selection import Result
from engine.candidates import PairedMinutia
from engine.descriptor.features import describe
from engine.images import read_image_file
from engine.matcher.alignment import align
from engine.matcher.comparison import compare
from engine.picture import Side, draw_match
from engine.records import Minutiae, Template, UInt8Array

SHOWN = 6
"""Searches that are shown; a probe's finger comes once."""

QUALITY = 82
"""Of the pictures, JPEG: half a megabyte each would make a page that no one loads."""


@dataclass(frozen=True)
class Miss:
    """One search.

    Attributes:
        title: what happened.
        pictures: probe with mate, probe with best non-mate; base64 of JPEG.
    """

    title: str
    pictures: tuple[str, ...]


def draw_misses(result: Result) -> list[Miss]:
    """The searches in which the mate leads least or trails most, worst first."""
    dataset = open_dataset(Source(str(result.facts["source"])))
    if dataset.digest != result.facts["dataset_sha256"]:
        return []  # other images lie there now
    engine = make_engine(result.engine, result.path.parents[2] / "templates")
    if not isinstance(engine, TemplateEngine):
        return []
    drawer = _Drawer(dataset, engine)
    return [drawer.draw(result, row) for row in _worst(result)]


def _worst(result: Result) -> list[int]:
    """Rows of the searches to show."""
    searches = result.searches
    lead = np.where(searches.ranks > 0, searches.mate_scores, -1.0) - searches.other_scores
    rows: list[int] = []
    for row in np.argsort(lead, kind="stable").tolist():
        if searches.fingers[row] not in searches.fingers[rows]:
            rows.append(row)
    return rows[:SHOWN]


class _Drawer:
    """Draws probes of one data set beside enrolled prints."""

    def __init__(self, dataset: Dataset, engine: TemplateEngine) -> None:
        self._prints = {one.name: one for one in dataset}
        self._engine = engine
        enrolled, _ = split_probes(dataset)
        numbers = dataset.numbers
        self._of_finger: dict[int, list[Print]] = {}
        for one in enrolled:
            self._of_finger.setdefault(numbers[one.name], []).append(one)

    def draw(self, result: Result, row: int) -> Miss:
        """Draw one search."""
        name = result.array("probes")[row].decode()
        searches = result.searches
        rank = int(searches.ranks[row])
        place = f"mate at rank {rank}" if rank else "mate not listed"
        scores = f"{searches.mate_scores[row]:.3f} against {searches.other_scores[row]:.3f}"
        probe = self._prints[name]
        mate = self._best(probe, int(searches.fingers[row]))
        other = self._best(probe, int(result.array("other_fingers")[row]))
        pictures = [self._pair(probe, one, kind) for one, kind in (
            (mate, "its mate"), (other, "best non-mate")) if one is not None]  # fmt: skip
        return Miss(f"{name}: {place}, {scores}", tuple(pictures))

    def _best(self, probe: Print, finger: int) -> Print | None:
        """The enrolled print of a finger; of a finger with two, the more alike."""
        prints = self._of_finger.get(finger, [])
        return max(prints, key=lambda one: self._compare(probe, one)[0], default=None)

    def _template(self, one: Print) -> Template | None:
        """The template of a print."""
        (found,) = self._engine.source.templates([one], lambda _: None)
        return found if isinstance(found, Template) else None

    def _compare(self, probe: Print, other: Print) -> tuple[float, list[PairedMinutia]]:
        """Score of two prints, and the minutiae that coincide."""
        first, second = self._template(probe), self._template(other)
        if first is None or second is None:
            return 0.0, []
        a, b = describe(first.minutiae), describe(second.minutiae)
        scored = compare(a, b)
        alignment = align(a, b, scored)
        if alignment is None:
            return scored.score, []
        return scored.score, [
            PairedMinutia(_place(first, i), _place(second, j)) for i, j in alignment.pairs.tolist()
        ]

    def _pair(self, probe: Print, other: Print, kind: str) -> str:
        """Picture of two prints."""
        score, pairs = self._compare(probe, other)
        caption = f"score {score:.3f}, {len(pairs)} minutiae coincide"
        drawn = draw_match(self._side(probe, "probe"), self._side(other, kind), pairs, caption)
        return _to_jpeg(drawn)

    def _side(self, one: Print, title: str) -> Side:
        """One print of a picture."""
        template = self._template(one)
        minutiae = template.minutiae if template else Minutiae.empty()
        return Side(
            _pixels(one, template), minutiae, title, f"{one.name}, {len(minutiae)} minutiae"
        )


def _pixels(one: Print, template: Template | None) -> UInt8Array:
    """The print's image; where there never was one, white paper."""
    if one.row is None:
        return read_image_file(one.path, one.ppi).pixels
    size = (template.height, template.width) if template else (1, 1)
    return np.full(size, 255, np.uint8)


def _place(template: Template, row: int) -> tuple[float, float, float]:
    """Position and direction of a minutia."""
    x, y = template.minutiae.xy[row]
    return float(x), float(y), float(template.minutiae.direction[row])


def _to_jpeg(picture: UInt8Array) -> str:
    """Base64 of a JPEG."""
    options = [cv2.IMWRITE_JPEG_QUALITY, QUALITY]
    _, data = cv2.imencode(".jpg", cv2.cvtColor(picture, cv2.COLOR_RGB2BGR), options)
    return base64.b64encode(data.tobytes()).decode()
