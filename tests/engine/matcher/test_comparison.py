"""The exact comparison of two prints."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.descriptor.features import concatenate, describe
from engine.matcher.alignment import align
from engine.matcher.comparison import compare, compare_many
from engine.matcher.pairing import pair_greedily
from engine.matcher.parameters import DEFAULT
from engine.matcher.relaxation import compatibility, relax
from engine.matcher.similarity import counts, gamma
from engine.matcher.tables import tables_of
from engine.records import Minutiae
from support import disturb, make_template


def test_a_print_is_fully_like_itself() -> None:
    """Comparing a print with itself scores near 1 and pairs each minutia with itself."""
    features = describe(make_template(1).minutiae)
    scored = compare(features, features)
    assert scored.score > 0.85
    assert (scored.pairs[:, 0] == scored.pairs[:, 1]).all()


def test_mates_score_far_above_others() -> None:
    """Another impression scores above every one of forty other prints."""
    gallery, offsets = concatenate([describe(make_template(s).minutiae) for s in range(41)])
    probe = describe(disturb(make_template(17), 99).minutiae)
    scores = compare_many(probe, gallery, offsets, np.arange(41))
    others = np.delete(scores, 17)
    assert scores[17] > 1.5 * others.max()


def test_one_against_many_is_one_against_one() -> None:
    """The batch gives the scores of single comparisons, for any choice of prints."""
    parts = [describe(make_template(s).minutiae) for s in range(6)]
    gallery, offsets = concatenate(parts)
    chosen = np.array([4, 0, 4])
    scores = compare_many(parts[2], gallery, offsets, chosen)
    assert scores.tolist() == pytest.approx([compare(parts[2], parts[i]).score for i in chosen])


@settings(max_examples=25, deadline=None)
@given(first=st.integers(0, 10**6), second=st.integers(0, 10**6), drop=st.floats(0, 0.6))
def test_the_score_is_symmetric(first: int, second: int, drop: float) -> None:
    """It does not matter which of two prints is the probe."""
    a = describe(make_template(first % 50).minutiae)
    b = describe(disturb(make_template(second % 50), second, drop=drop).minutiae)
    there, back = compare(a, b), compare(b, a)
    assert there.score == back.score
    assert there.pairs.tolist() == back.pairs[:, ::-1].tolist()


@settings(max_examples=15, deadline=None)
@given(turn=st.floats(-1.0, 1.0), seed=st.integers(0, 1000))
def test_turning_a_print_hardly_changes_its_score(turn: float, seed: int) -> None:
    """Rotation and translation leave a genuine score high."""
    template = make_template(seed % 20)
    turned = disturb(template, seed, turn=turn, drop=0.0, noise=0.0)
    assert compare(describe(template.minutiae), describe(turned.minutiae)).score > 0.6


def test_prints_without_cylinders_score_nothing() -> None:
    """Empty prints compare to 0, in every place."""
    empty, full = describe(Minutiae.empty()), describe(make_template(1).minutiae)
    assert compare(empty, full).score == compare(full, empty).score == 0
    gallery, offsets = concatenate([empty, full])
    assert compare_many(full, gallery, offsets, np.array([0, 1]))[0] == 0
    assert compare_many(empty, gallery, offsets, np.array([0, 1])).tolist() == [0, 0]


def test_counts_are_those_of_the_bits() -> None:
    """The packed counts are the numbers of bits in each, in both apart, and in common."""
    a, b = np.zeros(32, np.uint64), np.zeros(32, np.uint64)
    a[0], b[0], a[3] = 0b1110, 0b0111, 0b1
    a[16:], b[16:] = 0b1111, 0b0111
    packed = counts(a, b)
    in_a, in_b = packed & 0xFFFF, (packed >> 16) & 0xFFFF
    assert (in_a, in_b, (packed >> 32) & 0xFFFF, packed >> 48) == (3, 3, 2, 48)


def test_gamma_needs_cells_in_common() -> None:
    """Cylinders that share too few cells are not alike at all; equal ones fully."""
    tables = tables_of(DEFAULT)
    a = np.zeros(32, np.uint64)
    a[:16], a[16:] = np.uint64(5), np.uint64(2**64 - 1)
    assert gamma(a, a, tables) == 1
    b = a.copy()
    b[16:] = 1
    assert gamma(a, b, tables) == 0


def test_pairs_are_chosen_one_to_one_by_falling_similarity() -> None:
    """The most similar pair comes first; its row and column are then taken."""
    similarity = np.array([[0.9, 0.8, 0.0], [0.85, 0.1, 0.0]], np.float32)
    order, first, second = np.empty(6, np.int32), np.empty(2, np.int64), np.empty(2, np.int64)
    count = pair_greedily(similarity, 2, order, first, second)
    assert count == 2
    assert list(zip(first.tolist(), second.tolist(), strict=True)) == [(0, 0), (1, 1)]


def test_pairs_without_similarity_are_left_out() -> None:
    """Zero never pairs."""
    order, first, second = np.empty(4, np.int32), np.empty(2, np.int64), np.empty(2, np.int64)
    assert pair_greedily(np.zeros((2, 2), np.float32), 2, order, first, second) == 0


def test_a_rigid_motion_is_compatible_with_itself() -> None:
    """Pairs of one motion agree with each other; a pair of another does not."""
    a = np.array([[0, 0], [40, 0], [0, 50], [30, 30]], np.float32)
    turn = 0.3
    c, s = math.cos(turn), math.sin(turn)
    b = a @ np.array([[c, s], [-s, c]], np.float32) + np.array([7, 9], np.float32)
    b[3] += [25, -60]
    turns = np.full((4, 2), [c, s], np.float32)
    pairs = np.ascontiguousarray(np.hstack([a, b, turns]).T, np.float32)
    rho = np.zeros((4, 4), np.float32)
    compatibility(pairs, tables_of(DEFAULT), rho)
    assert rho[:3, :3][~np.eye(3, dtype=bool)].min() > 0.8
    assert rho[3].max() < 0.1
    assert np.diag(rho).tolist() == [0, 0, 0, 0]


def test_relaxation_keeps_supported_pairs() -> None:
    """A pair that two others support keeps its value, a lonely one loses half a round."""
    rho = np.array([[0, 1, 1, 0], [1, 0, 1, 0], [1, 1, 0, 0], [0, 0, 0, 0]], np.float32)
    out = np.zeros(4, np.float32)
    relax(rho, np.full(4, 0.6, np.float32), 1, 0.5, out)
    assert out.tolist() == pytest.approx([0.5, 0.5, 0.5, 0.3])


def test_alignment_finds_the_motion_and_the_pairs() -> None:
    """The transform of a turned print is the turn, and nearly all its minutiae coincide."""
    template = make_template(5)
    turned = disturb(template, 1, turn=0.4, drop=0.0, noise=0.5)
    a, b = describe(template.minutiae), describe(turned.minutiae)
    alignment = align(a, b, compare(a, b))
    assert alignment is not None
    assert alignment.transform.rotation == pytest.approx(-0.4, abs=0.02)
    moved = alignment.transform.apply(template.minutiae.xy)
    assert np.abs(moved - turned.minutiae.xy).mean() < 2
    assert (alignment.pairs[:, 0] == alignment.pairs[:, 1]).mean() > 0.95
    assert len(alignment.pairs) > 35


def test_nothing_in_common_has_no_alignment() -> None:
    """Without pairs there is no transform."""
    empty = describe(Minutiae.empty())
    assert align(empty, empty, compare(empty, empty)) is None
