"""Indexes over codes: exact ones, and those by finger and cells."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from engine.descriptor.features import describe
from engine.errors import CorruptFile
from engine.fingers import Finger
from engine.gallery.code_index import CodePiece, ScannedCodes, build_pieces, file_by_finger, scan
from engine.gallery.index_file import read_index, write_index
from engine.gallery.index_model import CODE_BITS, index_model
from engine.gallery.nearest import Asked
from engine.gallery.print_store import StoredTemplate
from engine.gallery.segment import Segment, coded_rows, gather_prints
from engine.gallery.shards import all_shards
from engine.records import UInt8Array
from support import disturb, first_pass, make_template

FINGERS = (Finger.UNKNOWN, Finger.RIGHT_INDEX, Finger.LEFT_INDEX)


def _cells(codes: UInt8Array, finger: int = 0) -> tuple[CodePiece, ...]:
    """All codes as of one finger, each its own minutia."""
    return file_by_finger(codes, np.arange(len(codes)), np.full(len(codes), finger, np.uint8))


@pytest.fixture(scope="module")
def codes() -> UInt8Array:
    """Codes of 60 prints, each once."""
    every = np.concatenate([describe(make_template(n).minutiae).codes for n in range(60)])
    return np.unique(every, axis=0)


@pytest.fixture(scope="module")
def scanned() -> Segment:
    """Sixty prints of three positions in turn, their codes scanned."""
    shard = all_shards()[0]
    stored = [
        StoredTemplate(n + 1, f"P{n}", shard, FINGERS[n % 3], make_template(n), added=n)
        for n in range(60)
    ]
    content = gather_prints(shard, stored, built_at=60)
    return Segment("scanned", content, (scan(*coded_rows(content)),))


@pytest.fixture(scope="module")
def celled(scanned: Segment) -> Segment:
    """The same prints, their codes filed by finger and cells."""
    content = scanned.content
    codes, rows = coded_rows(content)
    fingers = np.repeat(content.fingers, np.diff(content.offsets))[rows]
    return replace(scanned, name="celled", pieces=file_by_finger(codes, rows, fingers))


def test_small_segments_are_scanned(codes: UInt8Array) -> None:
    """The nearest code of a scan is that with the least Hamming distance."""
    (piece,) = build_pieces(codes, np.arange(len(codes)), np.zeros(len(codes), np.uint8))
    assert isinstance(piece, ScannedCodes)
    probe = codes[7] ^ np.uint8(1)
    apart = np.bitwise_count(codes ^ probe).sum(axis=1)
    row = piece.nearest(Asked(probe[None]), 1, None).rows[0, 0]
    assert apart[row] == apart.min()


def test_a_scan_tells_similarities(codes: UInt8Array) -> None:
    """One less the distance over the norms, whose squares are the numbers of bits."""
    piece = scan(codes, np.arange(len(codes)))
    rows, similarities = piece.nearest(Asked(codes[:3]), 5, None)
    bits = np.bitwise_count(codes).sum(axis=1)
    apart = np.bitwise_count(codes[:3, None] ^ codes[rows]).sum(axis=2)
    expected = 1 - np.sqrt(apart) / (np.sqrt(bits[:3])[:, None] + np.sqrt(bits[rows]))
    np.testing.assert_allclose(similarities, expected, atol=1e-6)


def test_a_code_finds_itself_in_its_cell(codes: UInt8Array) -> None:
    """Each code is among the nearest to itself."""
    rows = _cells(codes)[0].nearest(Asked(codes), 4, None).rows
    assert (rows == np.arange(len(codes))[:, None]).any(axis=1).all()


def test_both_kinds_tell_like_similarities(codes: UInt8Array) -> None:
    """Scores of scanned segments and of those in cells are put in one order."""
    (piece,) = _cells(codes)
    rows, similarities = piece.nearest(Asked(codes), 8, None)
    bits = np.sqrt(np.bitwise_count(codes).sum(axis=1))
    apart = np.bitwise_count(codes[:, None] ^ codes[rows]).sum(axis=2)
    exact = 1 - np.sqrt(apart) / (bits[:, None] + bits[rows])
    assert abs(float((similarities - exact)[rows >= 0].mean())) < 0.05


def test_what_is_not_selected_is_never_found(codes: UInt8Array) -> None:
    """Both kinds give selected rows alone, and as many as without the others."""
    selected = np.arange(len(codes)) % 3 == 0
    bits = np.packbits(selected, bitorder="little")
    for piece in (scan(codes, np.arange(len(codes))), *_cells(codes)):
        rows = piece.nearest(Asked(codes[:20]), 8, bits).rows
        assert selected[rows[rows >= 0]].all()
        assert (rows >= 0).all(axis=1).mean() > 0.5


def test_stored_forms_come_back(tmp_path: Path, scanned: Segment, celled: Segment) -> None:
    """Both kinds find the same after they were written and read."""
    asked = describe(make_template(3).minutiae).codes
    for segment in (scanned, celled):
        write_index(tmp_path / "a.faiss", segment.pieces)
        for piece, again in zip(segment.pieces, read_index(tmp_path / "a.faiss"), strict=True):
            assert (type(again), again.finger, again.size) == (
                type(piece),
                piece.finger,
                piece.size,
            )
            for one, other in zip(
                again.nearest(Asked(asked), 3, None),
                piece.nearest(Asked(asked), 3, None),
                strict=True,
            ):
                np.testing.assert_array_equal(one, other)


@pytest.mark.parametrize("data", [b"", b"IBxF", b"IwPf", b"something else", b"WHRLCODE\1\0\0\0"])
def test_other_bytes_are_no_index(tmp_path: Path, data: bytes) -> None:
    """The error names the file."""
    (tmp_path / "a.faiss").write_bytes(data)
    with pytest.raises(CorruptFile, match=r"a\.faiss"):
        read_index(tmp_path / "a.faiss")


@pytest.mark.parametrize("cut", [30, 300, 3000])
def test_a_file_cut_short_is_no_index(tmp_path: Path, scanned: Segment, cut: int) -> None:
    """Wherever it ends."""
    path = tmp_path / "a.faiss"
    write_index(path, scanned.pieces)
    path.write_bytes(path.read_bytes()[:-cut])
    with pytest.raises(CorruptFile, match=r"a\.faiss"):
        read_index(path)


def test_mates_are_found_in_cells(scanned: Segment, celled: Segment) -> None:
    """Another impression leads the first pass, as by a scan."""
    for finger in (3, 31, 59):
        probe = describe(disturb(make_template(finger), 1).minutiae)
        assert first_pass(probe, scanned).argmax() == finger
        assert first_pass(probe, celled).argmax() == finger


def test_other_fingers_are_not_looked_at(scanned: Segment, celled: Segment) -> None:
    """Prints of a position that is not allowed are in nobody's list, of either kind."""
    probe = describe(disturb(make_template(4), 1).minutiae)
    allowed = scanned.fingers == Finger.RIGHT_INDEX
    for segment in (scanned, celled):
        scores = first_pass(probe, segment, allowed)
        assert scores.argmax() == 4
        assert not scores[~allowed].any()


def test_hidden_prints_change_nothing_in_cells(celled: Segment) -> None:
    """Without the best print the others have the scores that they have where it never was."""
    probe = describe(disturb(make_template(5), 1).minutiae)
    allowed = np.arange(60) != 5
    codes, rows = coded_rows(celled.content)
    owners = np.repeat(np.arange(60), np.diff(celled.content.offsets))[rows]
    there = owners != 5
    pieces = file_by_finger(codes[there], rows[there], celled.fingers[owners[there]])
    never = replace(celled, pieces=pieces)
    np.testing.assert_array_equal(
        first_pass(probe, celled, allowed), first_pass(probe, never, allowed)
    )


def test_the_model_fits_the_codes() -> None:
    """Mean and axes have the shapes that projection needs; codes project to length 1 at most."""
    model = index_model()
    assert model.mean.shape == (CODE_BITS,)
    points = model.project(describe(make_template(1).minutiae).codes)
    assert points.dtype == np.float32
    assert np.linalg.norm(points, axis=1).max() <= 1.0001
