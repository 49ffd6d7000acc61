"""A chain of ten rows on each database, with two checkpoints."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from audit_support import ACTOR, act
from engine.audit.checkpointing import write_checkpoint
from engine.audit.proof import Proof, find_evidence, prove
from engine.gallery.catalogue import Catalogue
from engine.gallery.gallery import Gallery
from engine.settings import Settings

Prove = Callable[[], Proof]


@pytest.fixture
def places(tmp_path: Path) -> Settings:
    """Where key and checkpoints are."""
    return Settings(data_dir=tmp_path / "data", audit_checkpoint_minutes=0)


@pytest.fixture
def chain(gallery: Gallery, places: Settings) -> Catalogue:
    """Rows 1 to 12; row 5 names a checkpoint of the four before, row 10 one of the nine."""
    act(gallery.catalogue, 2)
    write_checkpoint(gallery.catalogue, places, ACTOR)
    act(gallery.catalogue, 2, start=2)
    write_checkpoint(gallery.catalogue, places, ACTOR)
    act(gallery.catalogue, 1, start=4)
    return gallery.catalogue


@pytest.fixture
def proven(chain: Catalogue, places: Settings) -> Prove:
    """Proves the chain with its own checkpoints."""
    return lambda: prove(chain, find_evidence(places))
