"""The LEADER network as one lean ONNX graph.

Two encoder-decoders in a row (context, then refinement) with an attention gate between them,
and three heads on the refined features. Non-maximum suppression and the angle are left to
`decode.py`.

Source: R. Cappelli, "LEADER", arXiv 2602.15493; model definition of pyfing 0.7.3.
"""

from __future__ import annotations

from collections.abc import Callable

import onnx

from engine.extractor.leader.blocks import Blocks
from engine.extractor.leader.graph import Features, GraphBuilder
from engine.extractor.leader.weights import LeaderWeights

GRAPH_VERSION = 1
"""Part of the cached file's name: raise it whenever the graph changes."""

LEVELS = range(4)
"""Each encoder halves the size four times."""

INPUT = "image"


def build_network(weights: LeaderWeights) -> onnx.ModelProto:
    """The network from grey levels to four maps of the same size.

    Input: (batch, 1, H, W) float32, grey levels 0..255; H and W multiples of 32.
    Output: (batch, 4, H, W) float32: probability of a minutia, x and y of its direction (y up;
    any length), probability that it is an ending.
    """
    builder = GraphBuilder()
    blocks = Blocks(builder, weights)
    image = Features(INPUT, 1)
    context = _run_context(builder, blocks, blocks.stem("stem0", image, "MaxPool"))
    detail = blocks.stem("stem1", image, "AveragePool")
    features = builder.concatenate(blocks.attend(context), detail)
    refined = _run_refinement(builder, blocks, features)
    return builder.build("leader", image, _run_heads(builder, blocks, refined))


def _run_context(builder: GraphBuilder, blocks: Blocks, x: Features) -> Features:
    return _encode_and_decode(builder, blocks, blocks.separable, "0", x)


def _run_refinement(builder: GraphBuilder, blocks: Blocks, x: Features) -> Features:
    return _encode_and_decode(builder, blocks, blocks.bottleneck, "1", x)


def _encode_and_decode(
    builder: GraphBuilder,
    blocks: Blocks,
    block: Callable[[str, Features], Features],
    stage: str,
    x: Features,
) -> Features:
    """Four blocks on the way down, four on the way up, each up step joined with its equal."""
    passed = []
    for level in LEVELS:
        x = block(f"enc{stage}_{level}", x)
        passed.append(x)
        x = blocks.halve(x)
    for level in reversed(LEVELS):
        x = blocks.double(block(f"dec{stage}_{level}", x))
        x = builder.concatenate(x, passed[level])
    return x


def _run_heads(builder: GraphBuilder, blocks: Blocks, x: Features) -> Features:
    position = builder.apply("Sigmoid", blocks.head("head_0", x))
    direction = blocks.head("head_1", x)
    ending = builder.apply("Sigmoid", blocks.head("head_2", x))
    return builder.concatenate(position, direction, ending)
