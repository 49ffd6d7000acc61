"""Which layer of LEADER each entry of the weights' file is.

Keras 3 saves the layers of a model under their class and a running number (`conv2d`,
`conv2d_1`, …), in falling distance from the output and, at equal distance, in the order of
creation. The three heads differ in that distance (behind the position follow a blur and a
maximum, behind the direction an arc tangent), hence they interleave. The tables below follow
from pyfing's `minutiae_end_to_end.py` by that rule; "" is an entry that we do not need.
"""

from __future__ import annotations

CONTEXT_BLOCKS = tuple(f"enc0_{i}" for i in range(4)) + tuple(f"dec0_{i}" for i in (3, 2, 1, 0))
"""The first encoder and decoder, in the order of the flow."""

REFINEMENT_BLOCKS = tuple(f"enc1_{i}" for i in range(4)) + tuple(f"dec1_{i}" for i in (3, 2, 1, 0))
"""The second encoder and decoder, in the order of the flow."""

SEPARABLE = CONTEXT_BLOCKS

DEPTHWISE = (*REFINEMENT_BLOCKS, "head_0", "head_1", "head_2")

CONVOLUTIONS = (
    "stem0",
    "stem0_dilated",
    "stem1",
    "stem1_dilated",
    "attention_d1",
    "attention_d3",
    "attention_d6",
    "attention_gate",
    *(f"{block}_{part}" for block in REFINEMENT_BLOCKS for part in ("expand", "reduce", "adjust")),
    "head_0_expand",
    "head_0_reduce",
    "head_1_expand",
    "head_0_adjust",
    "head_1_reduce",
    "head_2_expand",
    "head_2_reduce",
    "head_1_adjust",
    "head_0_mix1",
    "head_2_adjust",
    "head_0_mix2",
    "head_1_mix1",
    "head_0_out",
    "head_2_mix1",
    "head_1_mix2",
    "",  # the fixed Gaussian before the non-maximum suppression
    "head_1_out",
    "head_2_mix2",
    "head_2_out",
)

NORMS = (
    "stem0",
    *CONTEXT_BLOCKS,
    "stem1",
    *REFINEMENT_BLOCKS,
    "head_0",
    "head_1",
    "head_2",
    "head_0_mix",
    "head_1_mix",
    "head_2_mix",
)
