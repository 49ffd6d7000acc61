"""Opens the network: the graph is built once and kept in the cache directory."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import onnxruntime

from engine.extractor.leader.network import GRAPH_VERSION, build_network
from engine.extractor.leader.weights import find_weights, hash_weights, read_weights


def open_session(cache_dir: Path, threads: int) -> onnxruntime.InferenceSession:
    """A session that runs each call on `threads` threads; calls may come from any thread.

    Raises MissingPart if the weights are not installed.
    """
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    # Waiting threads sleep: spinning would take the processor from other searches.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    # Prints differ in size, so a memory plan made for one shape serves no other.
    options.enable_mem_pattern = False
    path = ensure_graph(cache_dir)
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def ensure_graph(cache_dir: Path) -> Path:
    """The ONNX file of the network; built and checked at the first call."""
    weights = find_weights()
    path = cache_dir / f"leader-graph{GRAPH_VERSION}-{hash_weights(weights)}.onnx"
    if not path.exists():
        _write_beside(path, build_network(read_weights(weights)).SerializeToString())
    return path


def _write_beside(path: Path, content: bytes) -> None:
    """Write under another name and rename, so that no reader meets half a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
