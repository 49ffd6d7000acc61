"""Prints of many fingers."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.background import PLAIN, ROLLED, Chunk, impressions
from benchmarks.background.capture import NEAREST
from benchmarks.background.drawing import draw_chunk
from benchmarks.background.layout import ARCH, LEFT_LOOP, RIGHT_LOOP, WHORL
from engine.descriptor.features import concatenate, describe
from engine.errors import BadInput
from engine.fingers import Finger
from engine.matcher.comparison import compare_many


def _same(first: Chunk, second: Chunk) -> bool:
    """Whether two chunks hold the same minutiae."""
    return np.array_equal(first.xy, second.xy) and np.array_equal(first.direction, second.direction)


def test_a_finger_does_not_depend_on_its_company(chunk: Chunk) -> None:
    """Drawn alone, in another order or by other threads, it is the same."""
    alone = draw_chunk(np.array([612, 3]), seed=7, workers=1)
    for row, finger in enumerate((612, 3)):
        assert np.array_equal(alone.minutiae(row).xy, chunk.minutiae(finger).xy)
        assert np.array_equal(alone.minutiae(row).direction, chunk.minutiae(finger).direction)
    assert _same(draw_chunk(np.arange(1000), seed=7, workers=1), chunk)


def test_seeds_and_impressions_differ() -> None:
    """Another seed gives other fingers; another impression other minutiae."""
    fingers = np.arange(5)
    first = draw_chunk(fingers, seed=1)
    assert not _same(draw_chunk(fingers, seed=2), first)
    assert not _same(impressions(fingers, 1, seed=1), first)
    assert np.array_equal(impressions(fingers, 1, seed=1).pattern, first.pattern)


def test_prints_are_well_formed(chunk: Chunk) -> None:
    """Within their image, best first, not nearer than two that would be read as one."""
    for row in range(200):
        one, (width, height) = chunk.minutiae(row), chunk.size[row]
        assert (one.xy >= 0).all()
        assert (one.xy < (width, height)).all()
        assert set(one.type.tolist()) <= {1, 2}
        assert (np.diff(one.quality.astype(int)) <= 0).all()
        apart = np.linalg.norm(one.xy[:, None] - one.xy[None], axis=2)
        assert apart[np.triu_indices(len(one), 1)].min() >= NEAREST


def test_counts_are_those_of_real_prints(chunk: Chunk) -> None:
    """Of all prints: 41 on average in the real ones, with a deviation of 15."""
    counts = np.diff(chunk.offsets)
    assert 36 < counts.mean() < 48
    assert 11 < counts.std() < 21
    assert counts.min() >= 3
    assert counts.max() <= 150


def test_persons_have_ten_fingers(chunk: Chunk) -> None:
    """Finger i belongs to person i // 10 and takes the positions in turn."""
    assert chunk.person(39) == 3
    assert chunk.finger(0) is Finger.RIGHT_THUMB
    assert chunk.finger(19) is Finger.LEFT_LITTLE
    assert len(np.unique(chunk.size[:10], axis=0)) == 1


def test_patterns_depend_on_the_finger(chunk: Chunk) -> None:
    """Loops open towards the little finger; most whorls are on thumbs and ring fingers."""
    right = chunk.position <= 5
    assert (chunk.pattern[right] == RIGHT_LOOP).sum() > 3 * (
        chunk.pattern[right] == LEFT_LOOP
    ).sum()
    whorl = chunk.pattern >= WHORL
    ring, little = (whorl[np.isin(chunk.position, place)].mean() for place in ((4, 9), (5, 10)))
    assert ring > 2 * little
    assert (chunk.pattern == ARCH).any()


def test_rolled_prints_show_more() -> None:
    """At least half as many minutiae again as plain prints of the same fingers."""
    fingers = np.arange(50)
    plain, rolled = (draw_chunk(fingers, 1, numbers=one).offsets[-1] for one in (PLAIN, ROLLED))
    assert rolled > 1.5 * plain


def test_mates_score_above_impostors(chunk: Chunk) -> None:
    """The median mate scores above 99 in 100 impostors."""
    fingers = np.arange(60)
    gallery, offsets = concatenate([describe(chunk.minutiae(row)) for row in fingers])
    mates = impressions(fingers, 1, seed=7)
    scores = np.array(
        [compare_many(describe(mates.minutiae(row)), gallery, offsets, fingers) for row in fingers]
    )
    impostors = scores[~np.eye(60, dtype=bool)]
    assert np.median(np.diag(scores)) > np.quantile(impostors, 0.99)


@pytest.mark.parametrize(("fingers", "seed"), [([-1], 1), ([0], -1), ([0], 2**31), ([[0]], 1)])
def test_numbers_out_of_range_are_refused(fingers: list[int], seed: int) -> None:
    """With an error that says which."""
    with pytest.raises(BadInput, match="seed|fingers"):
        draw_chunk(np.array(fingers), seed)


@pytest.mark.parametrize("wrong", [{"half_width": 1e6}, {"soft_core": 17.0}, {"bottom": -1.0}])
def test_numbers_without_room_are_refused(wrong: dict[str, float]) -> None:
    """Kernels check no bounds."""
    numbers = PLAIN._replace(points=PLAIN.points._replace(**wrong))
    with pytest.raises(BadInput, match="numbers"):
        draw_chunk(np.arange(1), 1, numbers=numbers)


def test_no_fingers_give_no_prints() -> None:
    """An empty list is no error."""
    assert len(draw_chunk(np.zeros(0, np.int64), 1)) == 0
