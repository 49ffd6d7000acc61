"""Comparison with prints of which only the places of minutiae are kept."""

from __future__ import annotations

import numpy as np

from engine.descriptor.features import describe
from engine.matcher.comparison import compare, compare_stored
from engine.matcher.grouped import compare_grouped
from engine.records import Minutiae
from engine.templates.quantised import place_many, to_minutiae
from support import disturb, make_template


def test_scores_equal_those_of_described_prints() -> None:
    """To the last bit, for mates and others, in any order."""
    templates = [make_template(n, 12 + n) for n in range(30)]
    places, offsets = place_many(templates)
    probe = describe(disturb(templates[7], 2).minutiae)
    wanted = np.array([7, 29, 0, 7, 13], np.int64)
    scores = compare_stored(probe, places, offsets, wanted)
    exact = [np.float32(compare(probe, describe(templates[n].minutiae)).score) for n in wanted]
    assert scores.tolist() == exact
    assert scores[0] > 0.3


def test_places_are_those_of_the_templates() -> None:
    """Six bytes a minutia hold what a stored template holds of its place."""
    template = make_template(3)
    back = to_minutiae(place_many([template])[0])
    np.testing.assert_array_equal(back.xy, template.minutiae.xy)
    np.testing.assert_array_equal(back.direction, template.minutiae.direction)


def test_nothing_compares_with_an_empty_print() -> None:
    """A print without minutiae scores 0, and so does a probe without."""
    template = make_template(1)
    places, offsets = place_many([template, template])
    offsets = np.array([0, 0, offsets[1]], np.int64)
    rows = np.arange(2, dtype=np.int64)
    scores = compare_stored(describe(template.minutiae), places, offsets, rows)
    assert scores[0] == 0 < scores[1]
    nobody = describe(Minutiae.empty())
    assert not compare_stored(nobody, places, offsets, rows).any()


def test_comparisons_by_print_equal_those_by_probe() -> None:
    """Whoever asks for a print gets the score that it would get alone."""
    templates = [make_template(n, 12 + n) for n in range(30)]
    places, offsets = place_many(templates)
    probes = [describe(disturb(templates[n], n).minutiae) for n in (3, 11, 20)]
    probes.append(describe(Minutiae.empty()))
    wanted = [np.array(rows, np.int64) for rows in ([3, 5, 29], [], [20, 3], [1])]
    found = compare_grouped(probes, places, offsets, wanted, threads=2)
    for probe, rows, scores in zip(probes, wanted, found, strict=True):
        np.testing.assert_array_equal(scores, compare_stored(probe, places, offsets, rows))
