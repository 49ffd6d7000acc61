"""A small builder of ONNX graphs: values are names, weights are stored as they are used."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import onnx
from numpy.typing import ArrayLike
from onnx import TensorProto, helper, numpy_helper

from engine.records import Float32Array

OPSET = 20
"""The first opset with Gelu as one operator."""

IR_VERSION = 9


@dataclass(frozen=True, slots=True)
class Features:
    """A feature map inside the graph: the value's name and its number of channels."""

    name: str
    channels: int


class GraphBuilder:
    """Collects nodes and constants; values flow as `Features` in (batch, channel, y, x) order."""

    def __init__(self) -> None:
        self._nodes: list[onnx.NodeProto] = []
        self._constants: list[onnx.TensorProto] = []

    def constant(self, values: ArrayLike, kind: type[np.generic] = np.float32) -> str:
        """Store an array in the graph and give its name."""
        name = f"constant_{len(self._constants)}"
        array = np.ascontiguousarray(np.asarray(values, kind))
        self._constants.append(numpy_helper.from_array(array, name))
        return name

    def node(self, operator: str, *inputs: str, outputs: int = 1, **attributes: Any) -> list[str]:
        """Add an operator and give the names of its outputs."""
        number = len(self._nodes)
        names = [f"{operator}_{number}_{k}" for k in range(outputs)]
        self._nodes.append(helper.make_node(operator, list(inputs), names, **attributes))
        return names

    def apply(self, operator: str, x: Features, *others: str, **attributes: Any) -> Features:
        """Add an operator with one output that keeps the number of channels."""
        return Features(self.node(operator, x.name, *others, **attributes)[0], x.channels)

    def convolve(
        self, x: Features, kernel: Float32Array, bias: Float32Array | None = None, dilation: int = 1
    ) -> Features:
        """A convolution that keeps the size: zeros around. `kernel` is (out, in, k, k)."""
        size = kernel.shape[2]
        weights = [self.constant(kernel)] + ([] if bias is None else [self.constant(bias)])
        (name,) = self.node(
            "Conv",
            x.name,
            *weights,
            kernel_shape=[size, size],
            pads=[(size - 1) // 2 * dilation] * 4,
            dilations=[dilation, dilation],
            group=x.channels // kernel.shape[1],
        )
        return Features(name, kernel.shape[0])

    def concatenate(self, *parts: Features) -> Features:
        """Feature maps of equal size, channel behind channel."""
        (name,) = self.node("Concat", *(part.name for part in parts), axis=1)
        return Features(name, sum(part.channels for part in parts))

    def split(self, x: Features, first: int) -> tuple[Features, Features]:
        """The first `first` channels, and the rest."""
        sizes = self.constant([first, x.channels - first], np.int64)
        one, other = self.node("Split", x.name, sizes, outputs=2, axis=1)
        return Features(one, first), Features(other, x.channels - first)

    def build(self, name: str, source: Features, result: Features) -> onnx.ModelProto:
        """The checked model from `source` to `result`, with free batch, height and width."""
        graph = helper.make_graph(
            self._nodes, name, [_port(source)], [_port(result)], self._constants
        )
        opset = [helper.make_opsetid("", OPSET)]
        model = helper.make_model(graph, opset_imports=opset, ir_version=IR_VERSION)
        onnx.checker.check_model(model, full_check=True)
        return model


def _port(x: Features) -> onnx.ValueInfoProto:
    shape: list[str | int | None] = ["batch", x.channels, "height", "width"]
    return helper.make_tensor_value_info(x.name, TensorProto.FLOAT, shape)
