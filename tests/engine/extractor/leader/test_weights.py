"""Reading LEADER's weights."""

from __future__ import annotations

import importlib.metadata
from pathlib import Path

import h5py
import pytest

from engine.errors import MissingPart
from engine.extractor.leader import weights
from engine.extractor.leader.weights import find_weights, read_weights


def test_every_layer_is_read() -> None:
    """All 948 114 weights are taken, but for the fixed blur's 25."""
    read = read_weights(find_weights())
    with h5py.File(find_weights()) as file:
        stored = [0]
        file.visititems(lambda _, item: stored.append(getattr(item, "size", 0)))
    taken = sum(layer.kernel.size + layer.bias.size for layer in read.convolutions.values())
    taken += sum(kernel.size for kernel in read.depthwise.values())
    taken += sum(norm.gain.size + norm.offset.size for norm in read.norms.values())
    assert sum(stored) - taken == 25


@pytest.mark.parametrize(
    ("name", "shape"),
    [
        ("stem0_dilated", (8, 1, 5, 5)),
        ("attention_gate", (32, 48, 1, 1)),
        ("dec1_3_adjust", (27, 32, 1, 1)),
        ("head_1_out", (2, 4, 5, 5)),
        ("head_2_adjust", (6, 52, 1, 1)),
    ],
)
def test_layers_have_the_shapes_of_the_model(name: str, shape: tuple[int, ...]) -> None:
    """The table of layers assigns each name an entry of the right shape."""
    assert read_weights(find_weights()).convolutions[name].kernel.shape == shape


def test_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without pyfing the error says what to install."""

    def not_installed(name: str) -> None:
        raise importlib.metadata.PackageNotFoundError(name)

    monkeypatch.setattr(weights, "files", not_installed)
    with pytest.raises(MissingPart, match="install the package pyfing"):
        find_weights()


def test_package_without_weights_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pyfing that lacks the file is an error of its own."""
    monkeypatch.setattr(weights, "files", lambda _: [])
    with pytest.raises(MissingPart, match=r"has no LEADER\.weights\.h5"):
        find_weights()


def test_other_weights_are_refused(tmp_path: Path) -> None:
    """A file without LEADER's layers is not used."""
    path = tmp_path / "other.h5"
    with h5py.File(path, "w") as file:
        file.create_group("layers")
    with pytest.raises(MissingPart, match="does not hold the weights"):
        read_weights(path)
