"""The cached graph."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.extractor.leader import session
from engine.extractor.leader.session import ensure_graph
from engine.extractor.leader.weights import find_weights, hash_weights


def test_graph_is_built_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second start takes the file that the first has left, and nothing else lies beside it."""
    cache = tmp_path / "deep" / "cache"
    first = ensure_graph(cache)
    monkeypatch.setattr(session, "build_network", None)
    assert ensure_graph(cache) == first
    assert list(cache.iterdir()) == [first]


def test_name_tells_the_weights(tmp_path: Path) -> None:
    """Other weights get another file."""
    assert hash_weights(find_weights()) in ensure_graph(tmp_path).name
