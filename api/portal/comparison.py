"""A probe and a candidate's print side by side, as the workbench takes them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from api.portal.workbench import Bench, BenchPrint
from api.schemas.answers import AnswerView, CandidateView, ProbeView
from api.schemas.minutiae import MinutiaView, Place, TransformView, show_minutiae
from engine.matcher.alignment import Transform
from engine.records import Minutiae, MinutiaType, Template


@dataclass(frozen=True, slots=True, eq=False)
class Compared:
    """What a comparison is made from.

    Attributes:
        job_id: of the search.
        answer: of the search, as it may be shown now.
        candidate: of the answer.
        template: of the candidate's best print.
        has_image: whether the image of the probe can be shown.
    """

    job_id: str
    answer: AnswerView
    candidate: CandidateView
    template: Template
    has_image: bool


def bench_of_search(compared: Compared, labels: tuple[str, str]) -> Bench:
    """The workbench of a candidate, with the pairs and the transform of the answer."""
    candidate, template = compared.candidate, compared.template
    best = candidate.fingers[0]
    probe = [compared.answer.probe, *compared.answer.others][best.probe]
    searched = f"/portal/searches/{compared.job_id}/probes/{best.probe}/image"
    image = searched if compared.has_image else ""
    stored = f"/portal/prints/{best.print_id}/image"
    return Bench(
        BenchPrint(labels[0], image, probe.width, probe.height, _minutiae(probe.minutiae)),
        BenchPrint(labels[1], stored, template.width, template.height, template.minutiae),
        _pairs(probe, template, candidate),
        _transform(candidate.transform),
    )


def _pairs(probe: ProbeView, template: Template, candidate: CandidateView) -> list[tuple[int, int]]:
    """The pairs of the answer by the numbers of their minutiae; what is not found is left out."""
    ours, theirs = _numbers(probe.minutiae), _numbers(show_minutiae(template.minutiae))
    rows = ((ours.get(_place(one.probe)), theirs.get(_place(one.candidate)))
            for one in candidate.pairs)  # fmt: skip
    return [(one, other) for one, other in rows if one is not None and other is not None]


def _transform(shown: TransformView | None) -> Transform | None:
    """The engine's form of a transform."""
    return None if shown is None else Transform(shown.rotation, shown.dx, shown.dy)


def _minutiae(shown: Sequence[MinutiaView]) -> Minutiae:
    """The engine's form of shown minutiae: what is shown loses nothing."""
    return Minutiae(
        np.array([(one.x, one.y) for one in shown], np.float32).reshape(-1, 2),
        np.array([one.direction for one in shown], np.float32),
        np.array([MinutiaType[one.type.upper()] for one in shown], np.uint8),
        np.array([one.quality for one in shown], np.uint8),
    )


def _numbers(shown: Sequence[MinutiaView]) -> dict[tuple[float, float, float], int]:
    """Numbers of minutiae by their places."""
    return {_place(one): number for number, one in enumerate(shown)}


def _place(one: Place) -> tuple[float, float, float]:
    """Where a minutia is."""
    return one.x, one.y, one.direction
