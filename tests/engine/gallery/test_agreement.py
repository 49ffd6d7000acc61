"""Pairs of minutiae that agree in place."""

from __future__ import annotations

import math

import numpy as np
import pytest

from engine.descriptor.features import describe
from engine.fingers import Finger
from engine.gallery.agreement import Pairs, agreement
from engine.gallery.print_store import StoredTemplate
from engine.gallery.segment import SegmentContent, gather_prints
from engine.gallery.shards import all_shards
from support import disturb, make_template


def _content(seed: int) -> SegmentContent:
    """A segment of one print."""
    stored = [StoredTemplate(1, "P", all_shards()[0], Finger.UNKNOWN, make_template(seed), 1)]
    return gather_prints(all_shards()[0], stored, 1)


def _pairs(rows: list[int], minutiae: list[int]) -> Pairs:
    """Pairs of one print, all of similarity one."""
    return Pairs(
        np.ones((1, len(rows)), np.float32),
        np.array([rows], np.int32),
        np.array([minutiae], np.int64),
    )


def test_all_pairs_of_a_print_with_itself_agree() -> None:
    """Six pairs make thirty ordered agreements."""
    probe = describe(make_template(2).minutiae)
    minutiae = probe.minutia[:6].tolist()
    (score,) = agreement(probe, _pairs(list(range(6)), minutiae), _content(2))
    assert score == pytest.approx(30)


@pytest.mark.parametrize("turn", [0.5, -2.0, math.pi])
def test_a_turned_print_agrees(turn: float) -> None:
    """The movement may be any."""
    template = make_template(2)
    moved = disturb(template, 1, turn=turn, drop=0, noise=0.5)
    probe = describe(moved.minutiae)
    (score,) = agreement(probe, _pairs(list(range(6)), probe.minutia[:6].tolist()), _content(2))
    assert score > 25


def test_wrong_pairs_do_not_agree() -> None:
    """Pairs taken in another order rarely fit one movement."""
    probe = describe(make_template(2).minutiae)
    minutiae = probe.minutia[[3, 9, 1, 7, 0, 5]].tolist()
    (score,) = agreement(probe, _pairs(list(range(6)), minutiae), _content(2))
    assert score <= 4


def test_one_minutia_agrees_with_itself_nowhere() -> None:
    """Two pairs that share a minutia of the candidate do not support each other."""
    probe = describe(make_template(2).minutiae)
    (score,) = agreement(probe, _pairs([0, 1], [3, 3]), _content(2))
    assert score == 0
