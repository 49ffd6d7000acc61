"""Reads the weights of LEADER out of the installed `pyfing` package.

Source: R. Cappelli, "LEADER", arXiv 2602.15493; weights of PyPI `pyfing` 0.7.3 (MIT).
`pyfing` itself is never imported: it wants TensorFlow.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path

import h5py
import numpy as np

from engine.errors import MissingPart
from engine.extractor.leader.layers import CONVOLUTIONS, DEPTHWISE, NORMS, SEPARABLE
from engine.records import Float32Array

WEIGHTS_FILE = "LEADER.weights.h5"


@dataclass(frozen=True, slots=True, eq=False)
class Convolution:
    """A convolution's numbers.

    Attributes:
        kernel: (out, in, height, width) float32.
        bias: (out,) float32.
    """

    kernel: Float32Array
    bias: Float32Array


@dataclass(frozen=True, slots=True, eq=False)
class Norm:
    """A layer normalisation over the channels.

    Attributes:
        gain, offset: (channels,) float32.
    """

    gain: Float32Array
    offset: Float32Array


@dataclass(frozen=True, slots=True, eq=False)
class LeaderWeights:
    """All weights, by the names that pyfing's model definition gives its layers.

    Attributes:
        convolutions: dense ones, and the 1x1 half of separable ones.
        depthwise: (channels, 1, height, width) float32 kernels, one per channel.
        norms: layer normalisations.
    """

    convolutions: dict[str, Convolution]
    depthwise: dict[str, Float32Array]
    norms: dict[str, Norm]


def find_weights() -> Path:
    """The weights' file. Raises MissingPart if `pyfing` is not installed or lacks it."""
    try:
        found = [file for file in files("pyfing") or () if file.name == WEIGHTS_FILE]
    except PackageNotFoundError:
        raise MissingPart(
            f"The network's weights ({WEIGHTS_FILE}) are missing: install the package pyfing."
        ) from None
    paths = [Path(str(file.locate())) for file in found]
    if not paths or not paths[0].is_file():
        raise MissingPart(
            f"The installed package pyfing has no {WEIGHTS_FILE}: install version 0.7.3."
        )
    return paths[0]


def read_weights(path: Path) -> LeaderWeights:
    """Read all weights. Raises MissingPart if the file is not of the network that we know."""
    try:
        with h5py.File(path) as file:
            return _read_layers(file["layers"])
    except (OSError, KeyError) as error:
        raise MissingPart(f"{path} does not hold the weights of LEADER: {error}") from error


def _read_layers(layers: h5py.Group) -> LeaderWeights:
    convolutions, depthwise = {}, {}
    for name, (kernel, bias) in _read_class(layers, "conv2d", CONVOLUTIONS, 2):
        convolutions[name] = Convolution(kernel.transpose(3, 2, 0, 1), bias)
    for name, (spatial, kernel, bias) in _read_class(layers, "separable_conv2d", SEPARABLE, 3):
        depthwise[name] = spatial.transpose(2, 3, 0, 1)
        convolutions[name] = Convolution(kernel.transpose(3, 2, 0, 1), bias)
    for name, (spatial,) in _read_class(layers, "depthwise_conv2d", DEPTHWISE, 1):
        depthwise[name] = spatial.transpose(2, 3, 0, 1)
    norms = {
        name: Norm(gain, offset)
        for name, (gain, offset) in _read_class(layers, "layer_normalization", NORMS, 2)
    }
    return LeaderWeights(convolutions, depthwise, norms)


def _read_class(
    layers: h5py.Group, keras_class: str, names: tuple[str, ...], arrays: int
) -> list[tuple[str, list[Float32Array]]]:
    """The arrays of every layer of one Keras class, which numbers them `class`, `class_1`, …"""
    read = []
    for number, name in enumerate(names):
        if not name:
            continue
        stored = layers[keras_class + (f"_{number}" if number else "")]["vars"]
        read.append((name, [np.array(stored[str(k)], np.float32) for k in range(arrays)]))
    return read
