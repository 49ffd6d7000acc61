"""Minutiae that meet when two prints are laid over each other."""

from __future__ import annotations

import math

import numpy as np
import pytest

from engine.descriptor.features import Features, describe
from engine.fingers import Finger
from engine.gallery.agreement import Pairs
from engine.gallery.overlay import overlay
from engine.gallery.print_store import StoredTemplate
from engine.gallery.segment import SegmentContent, gather_prints
from engine.gallery.shards import all_shards
from engine.records import Template
from support import disturb, make_template

ROWS = np.zeros(1, np.int64)


def _content(template: Template) -> SegmentContent:
    """A segment of one print."""
    stored = [StoredTemplate(1, "P", all_shards()[0], Finger.UNKNOWN, template, 1)]
    return gather_prints(all_shards()[0], stored, 1)


def _pairs(rows: list[int], minutiae: list[int]) -> Pairs:
    """Pairs of one print, all of similarity one, and a place that holds none."""
    return Pairs(
        np.array([[1.0] * len(rows) + [0.0]], np.float32),
        np.array([[*rows, 0]], np.int32),
        np.array([[*minutiae, 0]], np.int64),
    )


def _same(probe: Features, content: SegmentContent, count: int = 4) -> float:
    """Of the first minutiae paired with those of the same number."""
    pairs = _pairs(list(range(count)), probe.minutia[:count].tolist())
    return float(overlay(probe, pairs, ROWS, content)[0])


@pytest.mark.parametrize("turn", [0.0, 0.5, -2.0, math.pi])
def test_the_minutiae_of_a_moved_print_meet(turn: float) -> None:
    """All of them tell for a mate, whatever the movement."""
    template = make_template(2)
    probe = describe(disturb(template, 1, turn=turn, drop=0, noise=1).minutiae)
    assert _same(probe, _content(template)) > 2 * len(probe)


def test_one_pair_is_enough() -> None:
    """Its place and direction are a movement."""
    template = make_template(2)
    probe = describe(disturb(template, 1, turn=0.3, drop=0, noise=0).minutiae)
    assert _same(probe, _content(template), count=1) > len(probe)


def test_another_print_does_not_meet() -> None:
    """What lies on it and meets nothing tells against a mate."""
    probe = describe(make_template(2).minutiae)
    assert _same(probe, _content(make_template(3))) < 10


def test_wrong_pairs_do_not_spoil_those_that_agree() -> None:
    """The movement is that of the pairs that support each other."""
    template = make_template(2)
    probe = describe(disturb(template, 1, turn=0.5, drop=0, noise=0.5).minutiae)
    rows = list(range(6))
    minutiae = [*probe.minutia[:4].tolist(), int(probe.minutia[9]), int(probe.minutia[7])]
    (score,) = overlay(probe, _pairs(rows, minutiae), ROWS, _content(template))
    assert score > 2 * len(probe)


def test_no_stored_minutia_is_met_twice() -> None:
    """Two of the probe at one place find one there: the second tells against a mate."""
    template = make_template(2)
    probe = describe(template.minutiae)
    doubled = Features(
        *(
            np.concatenate([values, values])
            for values in (probe.xy, probe.direction, probe.cylinders, probe.codes, probe.minutia)
        )
    )
    assert _same(doubled, _content(template)) < _same(probe, _content(template))
