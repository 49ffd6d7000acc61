"""The blocks of LEADER as ONNX nodes.

They compute what pyfing's Keras layers compute, with the linear parts merged: a layer
normalisation first takes the mean over the channels away, which is linear, so where a
convolution stands before it (or a 1x1 convolution behind it) that step goes into its weights.
"""

from __future__ import annotations

import numpy as np

from engine.extractor.leader.graph import Features, GraphBuilder
from engine.extractor.leader.weights import Convolution, LeaderWeights, Norm
from engine.records import Float32Array

NORM_EPSILON = 1e-3
"""Added to the variance; the default of Keras, which pyfing keeps."""

STEM_SIZE = 9
"""A 5x5 kernel dilated by 2 spans 9x9 pixels."""

ATTENTION_DILATIONS = (1, 3, 6)


class Blocks:
    """Adds the blocks of the network to a graph; each method is one block."""

    def __init__(self, builder: GraphBuilder, weights: LeaderWeights) -> None:
        self._builder = builder
        self._weights = weights

    def stem(self, name: str, x: Features, pooling: str) -> Features:
        """A plain and a dilated 5x5 convolution as one of 9x9, then half the size."""
        merged = _merge_stem(self._convolution(name), self._convolution(f"{name}_dilated"))
        y = self._gelu(self._convolve_and_normalise(x, merged, name))
        return self._builder.apply(pooling, y, kernel_shape=[2, 2], strides=[2, 2])

    def separable(self, name: str, x: Features) -> Features:
        """Depthwise 5x5, then 1x1, normalised."""
        y = self._builder.convolve(x, self._weights.depthwise[name])
        return self._gelu(self._convolve_and_normalise(y, self._convolution(name), name))

    def bottleneck(self, name: str, x: Features) -> Features:
        """Inverted bottleneck: depthwise 7x7, expansion by 4, reduction, sum with the input.

        The 1x1 convolution behind the sum is applied to both summands, so that it merges
        with the reduction.
        """
        y = self._builder.convolve(x, self._weights.depthwise[name])
        y = self._builder.apply("Mul", y, self._inverse_deviation(y, centred=False))
        expand = _norm_into(self._weights.norms[name], self._convolution(f"{name}_expand"))
        y = self._gelu(self._builder.convolve(y, expand.kernel, expand.bias))
        adjust = self._convolution(f"{name}_adjust")
        merged = _chain(self._convolution(f"{name}_reduce"), adjust)
        y = self._builder.convolve(y, merged.kernel, merged.bias)
        return self._builder.apply("Add", y, self._builder.convolve(x, adjust.kernel).name)

    def halve(self, x: Features) -> Features:
        """Half the size: maximum of the first half of the channels, mean of the other."""
        first, second = self._builder.split(x, x.channels // 2)
        window = {"kernel_shape": [2, 2], "strides": [2, 2]}
        return self._builder.concatenate(
            self._builder.apply("MaxPool", first, **window),
            self._builder.apply("AveragePool", second, **window),
        )

    def double(self, x: Features) -> Features:
        """Twice the size: every value four times."""
        return self._builder.apply(
            "Resize",
            x,
            "",
            self._builder.constant([1, 1, 2, 2]),
            mode="nearest",
            coordinate_transformation_mode="asymmetric",
            nearest_mode="floor",
        )

    def attend(self, x: Features) -> Features:
        """The attention gate: weights in 0..1 from three dilated 3x3 convolutions."""
        views = []
        for dilation in ATTENTION_DILATIONS:
            view = self._convolution(f"attention_d{dilation}")
            views.append(self._gelu(self._builder.convolve(x, view.kernel, view.bias, dilation)))
        gate = self._convolution("attention_gate")
        opened = self._builder.convolve(self._builder.concatenate(*views), gate.kernel, gate.bias)
        return self._builder.apply("Mul", x, self._builder.apply("Sigmoid", opened).name)

    def head(self, name: str, x: Features) -> Features:
        """From the shared features to the output's size. 1x1 layers run before the doubling."""
        y = self.bottleneck(name, x)
        y = self._convolve_and_normalise(y, self._convolution(f"{name}_mix1"), f"{name}_mix")
        mix = self._convolution(f"{name}_mix2")
        y = self.double(self._gelu(self._builder.convolve(y, mix.kernel, mix.bias)))
        out = self._convolution(f"{name}_out")
        return self._builder.convolve(y, out.kernel, out.bias)

    def _convolution(self, name: str) -> Convolution:
        return self._weights.convolutions[name]

    def _gelu(self, x: Features) -> Features:
        return self._builder.apply("Gelu", x)

    def _convolve_and_normalise(self, x: Features, layer: Convolution, norm: str) -> Features:
        centred = _centre(layer)
        y = self._builder.convolve(x, centred.kernel, centred.bias)
        y = self._builder.apply("Mul", y, self._inverse_deviation(y, centred=True))
        gain, offset = self._weights.norms[norm].gain, self._weights.norms[norm].offset
        y = self._builder.apply("Mul", y, self._builder.constant(gain.reshape(1, -1, 1, 1)))
        return self._builder.apply("Add", y, self._builder.constant(offset.reshape(1, -1, 1, 1)))

    def _inverse_deviation(self, x: Features, *, centred: bool) -> str:
        """1 / sqrt(variance over the channels + epsilon), one channel."""
        mean = np.full((1, x.channels, 1, 1), 1 / x.channels, np.float32)
        square = self._builder.apply("Mul", x, x.name)
        variance = self._builder.convolve(square, mean)
        if not centred:
            average = self._builder.convolve(x, mean)
            average = self._builder.apply("Mul", average, average.name)
            variance = self._builder.apply("Sub", variance, average.name)
        raised = self._builder.apply("Add", variance, self._builder.constant(NORM_EPSILON))
        root = self._builder.apply("Sqrt", raised)
        return self._builder.apply("Reciprocal", root).name


def _merge_stem(plain: Convolution, dilated: Convolution) -> Convolution:
    count = len(plain.bias)
    kernel = np.zeros((2 * count, 1, STEM_SIZE, STEM_SIZE), np.float32)
    kernel[:count, :, 2:7, 2:7] = plain.kernel
    kernel[count:, :, ::2, ::2] = dilated.kernel
    return Convolution(kernel, np.concatenate([plain.bias, dilated.bias]))


def _centre(layer: Convolution) -> Convolution:
    """The same convolution with outputs whose mean over the channels is zero."""
    kernel: Float32Array = layer.kernel - layer.kernel.mean(0, keepdims=True)
    return Convolution(kernel, layer.bias - layer.bias.mean())


def _norm_into(norm: Norm, layer: Convolution) -> Convolution:
    """A 1x1 convolution that also centres, scales and shifts its input."""
    kernel = layer.kernel[:, :, 0, 0]
    scaled = kernel * norm.gain
    scaled = scaled - scaled.mean(1, keepdims=True)
    return Convolution(scaled[:, :, None, None], layer.bias + kernel @ norm.offset)


def _chain(first: Convolution, second: Convolution) -> Convolution:
    """Two 1x1 convolutions in a row as one."""
    one, two = first.kernel[:, :, 0, 0], second.kernel[:, :, 0, 0]
    return Convolution((two @ one)[:, :, None, None], second.bias + two @ first.bias)
