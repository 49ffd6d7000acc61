"""The codes of a probe that ask."""

from __future__ import annotations

import numpy as np

from engine.descriptor.features import describe
from engine.gallery.question import ASKING, ask_of
from support import make_template


def test_the_codes_with_the_most_bits_ask() -> None:
    """No code that is left out has more bits than one that asks."""
    probe = describe(make_template(2).minutiae)
    (rows,) = ask_of([probe], most=5).rows
    bits = np.bitwise_count(probe.codes).sum(axis=1)
    assert len(rows) == 5
    assert bits[rows].min() >= np.delete(bits, rows).max()


def test_all_codes_of_a_small_probe_ask() -> None:
    """A print of few minutiae asks with every one."""
    probe = describe(make_template(2, count=10).minutiae)
    (rows,) = ask_of([probe]).rows
    np.testing.assert_array_equal(rows, np.arange(len(probe)))


def test_codes_of_several_probes_stand_one_after_the_other() -> None:
    """Each part is the probe's own codes."""
    probes = [describe(make_template(seed).minutiae) for seed in (1, 2, 3)]
    question = ask_of(probes)
    assert len(question.asked) <= 3 * ASKING
    for probe, rows, place in question.parts():
        np.testing.assert_array_equal(question.asked.codes[place], probe.codes[rows])


def test_nobody_asks_nothing() -> None:
    """No probes make no codes."""
    assert len(ask_of([]).asked) == 0


def test_codes_look_into_as_many_cells_as_told() -> None:
    """The nearest come first, so that fewer cells are the first of more."""
    probe = describe(make_template(2).minutiae)
    few, more = (ask_of([probe], cells_seen=cells).asked.cells for cells in (4, 8))
    assert few.numbers.shape == (min(len(probe), ASKING), 4)
    np.testing.assert_array_equal(few.numbers, more.numbers[:, :4])
