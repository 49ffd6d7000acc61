"""Indexes over codes: exact ones, and those by cells."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from engine.descriptor.features import describe
from engine.errors import CorruptFile
from engine.fingers import Finger
from engine.gallery.code_index import (
    CODE_BITS,
    ScannedIndex,
    build_index,
    file_in_cells,
    index_model,
    read_index,
)
from engine.gallery.print_store import StoredTemplate
from engine.gallery.segment import Segment, describe_prints, make_segment
from engine.gallery.shards import all_shards
from engine.gallery.shortlist import shortlist
from engine.records import UInt8Array
from support import disturb, make_template


@pytest.fixture(scope="module")
def codes() -> UInt8Array:
    """Codes of 60 prints, each once."""
    every = np.concatenate([describe(make_template(n).minutiae).codes for n in range(60)])
    return np.unique(every, axis=0)


@pytest.fixture(scope="module")
def segment() -> Segment:
    """Sixty prints, their codes filed in cells."""
    shard = all_shards()[0]
    stored = [
        StoredTemplate(n + 1, shard, Finger.UNKNOWN, make_template(n), added=n) for n in range(60)
    ]
    content = describe_prints(shard, stored, built_at=60)
    return make_segment(content, "cells", file_in_cells(content.features.codes))


def test_small_segments_are_scanned(codes: UInt8Array) -> None:
    """The nearest code of a scan is that with the least Hamming distance."""
    index = build_index(codes)
    assert isinstance(index, ScannedIndex)
    probe = codes[7] ^ np.uint8(1)
    apart = np.bitwise_count(codes ^ probe).sum(axis=1)
    (row,) = index.nearest(probe[None], 1, None)[0]
    assert apart[row] == apart.min()


def test_a_code_finds_itself_in_its_cell(codes: UInt8Array) -> None:
    """Each code is among the nearest to itself."""
    rows = file_in_cells(codes).nearest(codes, 4, None)
    assert (rows == np.arange(len(codes))[:, None]).any(axis=1).all()


def test_what_is_not_selected_is_never_found(codes: UInt8Array) -> None:
    """Both kinds give selected rows alone, and as many as without the others."""
    selected = np.arange(len(codes)) % 3 == 0
    bits = np.packbits(selected, bitorder="little")
    for index in (build_index(codes), file_in_cells(codes)):
        rows = index.nearest(codes[:20], 8, bits)
        assert selected[rows[rows >= 0]].all()
        assert (rows >= 0).all(axis=1).mean() > 0.9


def test_stored_forms_come_back(codes: UInt8Array) -> None:
    """Both kinds find the same after they were written and read."""
    for index in (build_index(codes), file_in_cells(codes)):
        again = read_index(index.to_bytes(), "a.faiss")
        assert type(again) is type(index)
        np.testing.assert_array_equal(
            again.nearest(codes[:9], 3, None), index.nearest(codes[:9], 3, None)
        )


@pytest.mark.parametrize("data", [b"", b"IBxF", b"IwPf", b"something else"])
def test_other_bytes_are_no_index(data: bytes) -> None:
    """The error names the file."""
    with pytest.raises(CorruptFile, match="a.faiss"):
        read_index(np.frombuffer(data, np.uint8), "a.faiss")


def test_mates_are_found_in_cells(segment: Segment) -> None:
    """Another impression leads the first pass, as by a scan."""
    scanned = replace(segment, index=build_index(segment.features.codes))
    for finger in (3, 31, 59):
        probe = describe(disturb(make_template(finger), 1).minutiae)
        for one in (segment, scanned):
            assert shortlist(probe, one, None).argmax() == finger


def test_hidden_prints_take_no_place_in_cells(segment: Segment) -> None:
    """Without the best print the others have the scores that they have beside it."""
    probe = describe(disturb(make_template(5), 1).minutiae)
    allowed = np.arange(60) != 5
    scores = shortlist(probe, segment, allowed)
    assert scores[5] == 0
    assert scores[allowed].max() > 0


def test_the_model_fits_the_codes() -> None:
    """Mean and axes have the shapes that projection needs; codes project to length 1 at most."""
    model = index_model()
    assert model.mean.shape == (CODE_BITS,)
    points = model.project(describe(make_template(1).minutiae).codes)
    assert points.dtype == np.float32
    assert np.linalg.norm(points, axis=1).max() <= 1.0001
