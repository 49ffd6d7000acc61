"""Several fingers of one person: who deserves an exact comparison, finger by finger.

Each finger's first pass names prints; what they score is added up by person, since a mate stands
out in several lists at once. Then all fingers of the leading persons are compared exactly.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engine.descriptor.features import Features
from engine.gallery.segment import Int64Array
from engine.records import Float32Array
from engine.scope import Found, Part, shortlist_parts

UInt64Array = NDArray[np.uint64]

COMPARED = 500
"""Exact comparisons of all fingers together."""

LONE_SHARE = 0.25
"""Share of the compared persons who may lead one finger's list alone: a card may lack the rest."""


def shortlist_card(
    probes: Sequence[Features], parts: Sequence[Sequence[Part]], threads: int
) -> list[list[Found]]:
    """The prints that deserve an exact comparison, for each probe.

    Args:
        probes: of different fingers of one person.
        parts: where each of them may look.
        threads: of each first pass.
    """
    listed = [
        shortlist_parts(probe, there, threads) for probe, there in zip(probes, parts, strict=True)
    ]
    persons = _leading(listed, max(10, COMPARED // len(probes)))
    return [[_prints_of(part, persons) for part in there] for there in parts]


def _leading(listed: Sequence[Sequence[Found]], count: int) -> UInt64Array:
    """(S,) subjects of the persons with the highest sums, and of those who lead single lists."""
    best = [_by_subject(found) for found in listed]
    subjects = np.concatenate([keys for keys, _ in best])
    scores = np.concatenate([values for _, values in best])
    everybody, place = np.unique(subjects, return_inverse=True)
    sums = np.bincount(place, weights=scores, minlength=len(everybody))
    lone = max(1, round(LONE_SHARE * count / len(listed)))
    leaders = [keys[np.argsort(-values, kind="stable")[:lone]] for keys, values in best]
    together = everybody[np.argsort(-sums, kind="stable")[:count]]
    return np.unique(np.concatenate([together, *leaders]))


def _by_subject(found: Sequence[Found]) -> tuple[UInt64Array, Float32Array]:
    """The subjects of some prints, and the best score of each."""
    keys = [one.segment.content.subjects[one.rows] for one in found]
    subjects, place = np.unique(
        np.concatenate([np.zeros(0, np.uint64), *keys]), return_inverse=True
    )
    best = np.zeros(len(subjects), np.float32)
    scores = np.concatenate([np.zeros(0, np.float32), *(one.scores for one in found)])
    np.maximum.at(best, place, scores)
    return subjects, best


def _prints_of(part: Part, persons: UInt64Array) -> Found:
    """The prints of some persons that may be found in a part."""
    rows: Int64Array = part.segment.rows_of(persons)
    if part.allowed is not None:
        rows = rows[part.allowed[rows]]
    return Found(part.segment, rows, np.zeros(len(rows), np.float32))
