"""The LEADER network on the processor: two encoder-decoders and three heads.

The first (context) and the second (refinement) are joined by an attention gate. Only what lies
near ridges is computed, and direction and type only where a minutia was found.

Source: R. Cappelli, "LEADER", arXiv 2602.15493; model definition of pyfing 0.7.3.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.extractor.leader.attention import Attention
from engine.extractor.leader.bottleneck import Bottleneck
from engine.extractor.leader.encoder_decoder import LEVELS, EncoderDecoder
from engine.extractor.leader.feature_map import (
    fill_rows,
    halve_mask,
    size_of,
    strips_of,
    widen,
)
from engine.extractor.leader.head import Head
from engine.extractor.leader.parameters import CONTEXT_MARGIN, HEAD_MARGIN
from engine.extractor.leader.separable import Separable
from engine.extractor.leader.stem import Stem
from engine.extractor.leader.weights import LeaderWeights
from engine.extractor.leader.workspace import Workspace
from engine.records import Float32Array, UInt8Array

Places = NDArray[np.intp]

NOWHERE = -80.0
"""Logit of what cannot be: the probability of a minutia where nothing was computed."""


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """What the network saw of a print.

    Attributes:
        probability: (H, W) float32, of a minutia.
        features: the refined features, a map of half the size.
        space: where it lies. The thread's next search overwrites it.
    """

    probability: Float32Array
    features: Float32Array
    space: Workspace


class LeaderNetwork:
    """The network with its weights. Threads may share it."""

    def __init__(self, weights: LeaderWeights) -> None:
        self._threads = threading.local()
        self._stems = Stem(weights, "stem0", highest=True), Stem(weights, "stem1", highest=False)
        self._context = _make_context(weights)
        self._attention = Attention(weights)
        self._refinement = _make_refinement(weights)
        parts = _joined(weights, 0)
        self._position, self._direction, self._ending = (
            Head(weights, name, parts) for name in ("head_0", "head_1", "head_2")
        )

    def search(self, pixels: UInt8Array, ridges: UInt8Array) -> Found:
        """Where minutiae are.

        Args:
            pixels: (H, W) uint8 grey levels, H and W multiples of 32.
            ridges: (H / 2, W / 2) uint8, 1 where ridges are; the rest is computed only as far
                as the ridges' surroundings need.
        """
        height, width = ridges.shape
        space = self._space()
        image = space.as_map(pixels)
        levels = [strips_of(mask) for mask in _shrink(fill_rows(widen(ridges, CONTEXT_MARGIN)))]
        seen = space.empty_map(height, width, self._stems[0].channels)
        gated = self._attention.channels
        joined = space.empty_map(height, width, gated + self._stems[1].channels)
        self._stems[0].run(image, levels[0], seen, 0)
        self._stems[1].run(image, levels[0], joined, gated)
        self._attention.run(self._context.run(seen, levels, space), levels[0], joined)
        features = self._refinement.run(joined, levels, space)
        near = strips_of(fill_rows(widen(ridges, HEAD_MARGIN)))
        logits = self._position.run(features, near, NOWHERE, space)[0]
        return Found(1 / (1 + np.exp(-logits)), features, space)

    def _space(self) -> Workspace:
        """This thread's workspace, empty."""
        if not hasattr(self._threads, "space"):
            self._threads.space = Workspace()
        space: Workspace = self._threads.space
        space.clear()
        return space

    def describe(self, found: Found, x: Places, y: Places) -> tuple[Float32Array, Float32Array]:
        """What the minutiae at these pixels are.

        Returns:
            (2, N) float32, x and y of the direction (y up; any length), and (N,) float32,
            positive for endings.
        """
        around = np.zeros(size_of(found.features), np.uint8)
        around[y // 2, x // 2] = 1
        strips = strips_of(widen(around, 1))
        direction, ending = (
            head.run(found.features, strips, 0.0, found.space)[:, y, x]
            for head in (self._direction, self._ending)
        )
        return direction, ending[0]


def _make_context(weights: LeaderWeights) -> EncoderDecoder:
    down, up = (
        [Separable(weights, f"{way}0_{level}") for level in LEVELS] for way in ("enc", "dec")
    )
    return EncoderDecoder(down, up)


def _make_refinement(weights: LeaderWeights) -> EncoderDecoder:
    inputs = [weights.depthwise[f"enc1_{level}"].shape[0] for level in LEVELS]
    down = [Bottleneck(weights, f"enc1_{level}", (inputs[level],)) for level in LEVELS]
    deepest = (_outputs(weights, f"enc1_{LEVELS[-1]}"),)
    parts = [_joined(weights, level + 1) for level in LEVELS[:-1]] + [deepest]
    up = [Bottleneck(weights, f"dec1_{level}", parts[level]) for level in LEVELS]
    return EncoderDecoder(down, up)


def _joined(weights: LeaderWeights, level: int) -> tuple[int, int]:
    """Channels of the two parts that the second decoder joins at a level."""
    return _outputs(weights, f"dec1_{level}"), _outputs(weights, f"enc1_{level}")


def _outputs(weights: LeaderWeights, block: str) -> int:
    return len(weights.convolutions[f"{block}_adjust"].bias)


def _shrink(mask: UInt8Array) -> list[UInt8Array]:
    """The mask at the size of each level, and at that below the last."""
    masks = [mask]
    for _ in LEVELS:
        masks.append(halve_mask(masks[-1]))
    return masks
