"""Sizes of the galleries that a run is to measure."""

from __future__ import annotations

from benchmarks.protocols.base import Plan
from engine.errors import BadInput

LEAST = 1000

MOST = 10_000_000


def one_size(plan: Plan, usual: int) -> int:
    """The size asked for, or the usual one.

    Raises:
        BadInput: several were asked for, or one that cannot be measured.
    """
    sizes = rising_sizes(plan, (usual,))
    if len(sizes) > 1:
        raise BadInput(f"{len(sizes)} sizes: this protocol measures one gallery a run")
    return sizes[0]


def rising_sizes(plan: Plan, usual: tuple[int, ...]) -> tuple[int, ...]:
    """The sizes asked for, or the usual ones, each once, the smallest first.

    Raises:
        BadInput: one of them cannot be measured.
    """
    sizes = tuple(sorted(set(plan.fingers or usual)))
    for fingers in sizes:
        if not LEAST <= fingers <= MOST:
            raise BadInput(f"{fingers} fingers: from {LEAST:,} to {MOST:,} can be measured")
    return sizes
