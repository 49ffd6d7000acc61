"""The similarity of minutiae: coarse look first, then the fine cylinders."""

from __future__ import annotations

import numpy as np

from engine.descriptor.features import Features, describe
from engine.matcher.parameters import DEFAULT
from engine.matcher.sides import side_of
from engine.matcher.similarity import fill_similarity, gamma
from engine.matcher.tables import tables_of
from engine.records import Float32Array
from support import disturb, make_template


def two_prints() -> tuple[Features, Features]:
    template = make_template(7)
    return describe(template.minutiae), describe(disturb(template, 8).minutiae)


def code_similarity(a: Features, b: Features) -> Float32Array:
    bits_a, bits_b = (np.unpackbits(f.codes, axis=1).astype(np.float32) for f in (a, b))
    apart = (bits_a[:, None] != bits_b[None]).sum(axis=2)
    norms = np.sqrt(bits_a.sum(axis=1))[:, None] + np.sqrt(bits_b.sum(axis=1))[None]
    return (1 - np.sqrt(apart) / norms).astype(np.float32)


def filled(a: Features, b: Features) -> Float32Array:
    out = np.empty((len(a), len(b)), np.float32)
    norms = np.empty(256, np.float32)
    fill_similarity(side_of(a), side_of(b), tables_of(DEFAULT), norms, out)
    return out


def test_unlike_codes_end_the_comparison() -> None:
    """Minutiae whose index codes differ too much have similarity 0."""
    a, b = two_prints()
    unlike = code_similarity(a, b) < DEFAULT.min_code_similarity - 1e-6
    assert unlike.any()
    assert not filled(a, b)[unlike].any()


def test_like_codes_are_compared_finely() -> None:
    """Minutiae whose codes are alike have the similarity of their fine cylinders."""
    a, b = two_prints()
    found, tables = filled(a, b), tables_of(DEFAULT)
    places = np.argwhere(found > 0)
    fine = [gamma(a.cylinders[i], b.cylinders[j], tables) for i, j in places]
    assert len(places) >= 10
    np.testing.assert_allclose(found[tuple(places.T)], fine, atol=1e-6)
