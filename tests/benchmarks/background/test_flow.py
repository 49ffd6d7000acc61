"""Ridge flow at single places."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.background.flow import Field, finish_field, flow_angle, flow_change, new_field
from benchmarks.background.parameters import PLAIN
from benchmarks.synthetic.layout import sample_layout
from benchmarks.synthetic.orientation import orientation_field
from benchmarks.synthetic.parameters import CREASE_ROW, MASTER_WIDTH
from benchmarks.synthetic.pattern import Pattern

FLOW = PLAIN.flow._replace(loop_tightness=0.75, bend=0.0)


def _field(pattern: Pattern, bend: float = 0.0) -> Field:
    layout = sample_layout(pattern, np.random.default_rng(3))
    field = new_field()
    field.counts[:] = len(layout.cores), len(layout.deltas)
    field.cores[: len(layout.cores)] = layout.cores
    field.deltas[: len(layout.deltas)] = layout.deltas
    field.shape[:] = layout.reach, layout.rise
    finish_field(field, FLOW._replace(bend=bend), np.array([1], np.uint64))
    return field


@pytest.mark.parametrize("pattern", list(Pattern))
def test_flow_is_that_of_the_image_generator(
    pattern: Pattern, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without individual bends both generators draw the same flow."""
    monkeypatch.setattr("benchmarks.synthetic.orientation.FLOW_NOISE", 0.0)
    layout = sample_layout(pattern, np.random.default_rng(3))
    whole = orientation_field(layout, np.random.default_rng(0))
    field = _field(pattern)
    for row, column in ((100, 150), (250, 290), (400, 90), (470, 230)):
        place = complex(column - MASTER_WIDTH / 2, CREASE_ROW - row)
        apart = flow_angle(field, place, FLOW) - whole[row, column]
        assert abs((apart + np.pi / 2) % np.pi - np.pi / 2) < 1e-5


@pytest.mark.parametrize("pattern", list(Pattern))
def test_change_is_the_slope_of_the_angle(pattern: Pattern) -> None:
    """Its two parts are the differences to places a little to the right and up."""
    field, step = _field(pattern, bend=0.2), 1e-4
    for place in (40 + 150j, -90 + 300j, 10 + 420j):
        angle, right, up = flow_change(field, place, FLOW)
        assert flow_angle(field, place + step, FLOW) - angle == pytest.approx(
            right * step, abs=1e-8
        )
        assert flow_angle(field, place + 1j * step, FLOW) - angle == pytest.approx(
            up * step, abs=1e-8
        )
