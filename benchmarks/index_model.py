"""Trains what all large indexes share: principal axes, cells and quantisation of codes.

Only synthetic prints are used, of another seed than the galleries that are searched in benchmarks;
the same code gives the same model.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import faiss
import numpy as np

from benchmarks.background.gallery import background
from benchmarks.store.templates import replace_file
from engine.descriptor.features import index_codes_many
from engine.gallery.index_model import AXES, CELLS, CODE_BITS
from engine.gallery.scanned_codes import norms_of
from engine.records import Float32Array, UInt8Array

FINGERS = 12_000
"""About 500,000 codes: 250 a cell."""

SEED = 77

ASKING = 4000
"""Codes whose neighbours tell what a distance is worth."""

NEAR = 48


def train_index_model(path: Path) -> dict[str, object]:
    """Train and write the model; returns what was done."""
    codes = _codes()
    bits = np.unpackbits(codes, axis=1, bitorder="little").astype(np.float32)
    mean = bits.mean(axis=0)
    bits -= mean
    bits /= np.maximum(np.linalg.norm(bits, axis=1, keepdims=True), np.float32(1e-6))
    axes, kept = _principal_axes(bits)
    points = np.ascontiguousarray(bits @ axes)
    index = faiss.index_factory(AXES, f"IVF{CELLS},PQ{AXES // 2}x4fs")
    index.train(points)
    empty = faiss.serialize_index(index)
    line, error = _fit_line(index, points, codes)
    beside = path.with_name(f"{path.name}.part.npz")
    np.savez_compressed(beside, mean=mean, axes=axes, line=line, empty=empty)
    replace_file(path, beside.read_bytes())
    beside.unlink()
    return {
        "written": str(path),
        "codes": len(codes),
        "cells": CELLS,
        "variance_kept": round(kept, 4),
        "line": [round(float(value), 4) for value in line],
        "similarity_error": round(error, 4),
        "bytes": path.stat().st_size,
    }


def _codes() -> UInt8Array:
    """(N, 32) index codes of synthetic prints."""
    parts = []
    for chunk in background(FINGERS, SEED, folder=None):
        out = np.zeros((len(chunk.xy), CODE_BITS // 8), np.uint8)
        valid = np.zeros(len(chunk.xy), np.bool_)
        directions = chunk.direction.astype(np.float32) * np.float32(np.pi / 128)
        index_codes_many(chunk.xy.astype(np.float32), directions, chunk.offsets, out, valid)
        parts.append(out[valid])
    return np.concatenate(parts)


def _principal_axes(bits: Float32Array) -> tuple[Float32Array, float]:
    """(256, AXES) axes of most variance, and the share of it that they keep."""
    values, vectors = np.linalg.eigh(bits.T @ bits / len(bits))
    largest = np.argsort(-values)[:AXES]
    return vectors[:, largest].astype(np.float32), float(values[largest].sum() / values.sum())


def _fit_line(index: Any, points: Float32Array, codes: UInt8Array) -> tuple[Float32Array, float]:
    """The similarity of near codes by the distance of their points, and its standard error.

    Mean and spread of the similarities stay as they are, so that scores of scanned segments and
    of those in cells can be compared.
    """
    index.add(points)
    asked = np.arange(0, len(points), len(points) // ASKING)
    search = faiss.IVFSearchParameters(nprobe=CELLS // 16)  # type: ignore[call-arg]  # C++ types
    distances, found = index.search(points[asked], NEAR, params=search)
    distances, found = distances[:, 1:], found[:, 1:]  # the first is the code itself
    apart = np.bitwise_count(codes[asked][:, None] ^ codes[found]).sum(axis=2)
    norms = norms_of(codes)[asked][:, None] + norms_of(codes)[found]
    told = norms > 0  # of two codes without a bit nothing is known
    distances, similar = distances[told], 1 - np.sqrt(apart[told]) / norms[told]
    slope = -similar.std() / distances.std()  # of regression it would be too flat: see the error
    start = similar.mean() - slope * distances.mean()
    error = similar - (start + slope * distances)
    return np.array([start, slope], np.float32), float(error.std())
