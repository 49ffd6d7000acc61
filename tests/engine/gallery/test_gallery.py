"""Catalogue, segments and memory seen as one gallery."""

from __future__ import annotations

import numpy as np
import pytest

from engine.asker import Asker
from engine.descriptor.features import describe
from engine.enrol import withdraw_prints
from engine.errors import CorruptFile
from engine.fingers import Finger
from engine.gallery.gallery import Gallery
from engine.gallery.nearest import Asked
from engine.gallery.segment import coded_rows
from engine.gallery.segment_file import SegmentEntry
from engine.gallery.shards import Shard, all_shards
from engine.members import find_bureau
from engine.persons import GalleryKind
from indexer.builder import build, choose_merge, rebuild
from support import disturb, first_pass, make_template


def _found(gallery: Gallery) -> list[int]:
    """Numbers of all prints that a search would see."""
    snapshot = gallery.snapshot()
    numbers: list[int] = []
    for segment in snapshot.segments:
        alive = snapshot.alive(segment)
        numbers += segment.prints[slice(None) if alive is None else alive].tolist()
    return sorted(numbers)


def test_there_is_a_shard_for_each_region_and_kind() -> None:
    """Five regions, two kinds; Namibia, whose code is NA, is in Africa."""
    assert len(all_shards()) == 10
    assert Shard(find_bureau("NA").region, GalleryKind.TENPRINT).slug == "africa-tp"


def test_a_print_is_found_as_soon_as_it_is_acknowledged(gallery: Gallery, enrol_template) -> None:
    """Every enrolment shows in the next snapshot, before any segment is written."""
    for number in range(5):
        done = enrol_template(gallery, f"P{number}", make_template(number))
        assert done.prints[0] in _found(gallery)
    assert len(_found(gallery)) == 5


def test_segments_replace_memory_without_a_gap(gallery: Gallery, enrol_template) -> None:
    """Before, between and after builds the same prints are found, each once."""
    for number in range(6):
        enrol_template(gallery, f"P{number}", make_template(number), ncb=["FR", "BR"][number % 2])
        if number in (2, 4):
            build(gallery.catalogue, gallery.folder)
        assert len(set(_found(gallery))) == len(_found(gallery)) == number + 1
    assert len(gallery.snapshot().recent) == 1


def test_another_reader_follows_the_builder(gallery: Gallery, enrol_template) -> None:
    """A reader that was open before sees new segments without being told."""
    reader = Gallery(gallery.catalogue, gallery.folder)
    enrol_template(gallery, "P1", make_template(1))
    assert len(_found(reader)) == 1
    build(gallery.catalogue, gallery.folder)
    assert reader.snapshot().recent == ()
    assert len(_found(reader)) == 1


def test_removed_prints_vanish_at_once_and_are_purged_by_a_merge(
    gallery: Gallery, enrol_template, asker: Asker
) -> None:
    """A withdrawn print is not found from the next snapshot on, in memory and in segments."""
    kept = enrol_template(gallery, "P1", make_template(1)).prints[0]
    gone = enrol_template(gallery, "P2", make_template(2)).prints[0]
    build(gallery.catalogue, gallery.folder)
    late = enrol_template(gallery, "P3", make_template(3)).prints[0]
    withdraw_prints(gallery.catalogue, [gone, late], asker)
    assert _found(gallery) == [kept]
    enrol_template(gallery, "P4", make_template(4))
    enrol_template(gallery, "P5", make_template(5))
    build(gallery.catalogue, gallery.folder)
    stored = np.concatenate([segment.prints for segment in gallery.snapshot().segments])
    assert gone not in stored
    assert late not in stored
    assert len(_found(gallery)) == 3


def test_a_merge_does_not_disturb_a_running_search(embedded: Gallery, enrol_template) -> None:
    """A snapshot taken before a merge is searched to its end though its files are deleted."""
    for number in range(4):
        enrol_template(embedded, f"P{number}", make_template(number))
        build(embedded.catalogue, embedded.folder)
    before = embedded.snapshot()
    rebuild(embedded.catalogue, embedded.folder)
    probe = describe(make_template(2).minutiae)
    best = [float(first_pass(probe, segment).max()) for segment in before.segments]
    assert max(best) > 7


def test_a_rebuild_finds_the_same_prints(embedded: Gallery, enrol_template) -> None:
    """All derived files can be deleted and made again from the catalogue."""
    for number in range(4):
        enrol_template(embedded, f"P{number}", make_template(number))
    build(embedded.catalogue, embedded.folder)
    found = _found(embedded)
    for path in embedded.folder.iterdir():
        path.unlink()
    rebuild(embedded.catalogue, embedded.folder)
    assert _found(Gallery(embedded.catalogue, embedded.folder)) == found


def _entry(prints: int) -> SegmentEntry:
    return SegmentEntry(str(prints), "Europe", "TP", 0, prints, 0, "", "")


@pytest.mark.parametrize(
    ("sizes", "merged"),
    [
        ([100], [100]),
        ([100, 60], [100, 60]),
        ([1000, 100], [100]),
        ([1000, 10, 6, 5], [10, 6, 5]),
        ([200_000, 110_000], [110_000]),
        ([90_000, 200_000, 10, 10], [10, 10]),
    ],
)
def test_segments_of_like_size_are_merged(sizes: list[int], merged: list[int]) -> None:
    """What is joined is the tail, as far as no part dwarfs what follows it."""
    assert [e.prints for e in choose_merge([_entry(size) for size in sizes])] == merged


def test_the_shortlist_ranks_a_mate_first(embedded: Gallery, enrol_template) -> None:
    """Among forty prints the mate of a disturbed probe has the highest first-pass score."""
    for number in range(40):
        enrol_template(embedded, f"P{number}", make_template(number))
    build(embedded.catalogue, embedded.folder)
    (segment,) = embedded.snapshot().segments
    scores = first_pass(describe(disturb(make_template(13), 3).minutiae), segment)
    assert int(scores.argmax()) == 13


def test_the_index_answers_as_an_exact_scan_does(embedded: Gallery, enrol_template) -> None:
    """FAISS finds the same nearest codes as a comparison with all of them."""
    for number in range(10):
        enrol_template(embedded, f"P{number}", make_template(number))
    (segment, *_) = embedded.snapshot().segments
    probe = describe(disturb(make_template(3), 5).minutiae).codes
    codes, rows = coded_rows(segment.content)
    found = segment.pieces[0].nearest(Asked(probe), 5, None).rows
    distances = np.bitwise_count(codes[np.searchsorted(rows, found)] ^ probe[:, None]).sum(axis=2)
    exact = np.bitwise_count(probe[:, None] ^ codes[None]).sum(axis=2, dtype=int)
    assert distances.tolist() == np.sort(exact, axis=1)[:, :5].tolist()


def test_prints_that_are_not_allowed_do_not_take_places(embedded: Gallery, enrol_template) -> None:
    """The selection acts inside the index: what is hidden changes nothing for the rest."""
    for number in range(30):
        enrol_template(embedded, f"P{number}", make_template(number))
    build(embedded.catalogue, embedded.folder)
    (segment,) = embedded.snapshot().segments
    probe = describe(make_template(4).minutiae)
    allowed = np.ones(30, bool)
    allowed[4] = False
    scores = first_pass(probe, segment, allowed)
    assert scores[4] == 0
    assert (scores[allowed] > 0).any()


def test_fingers_are_kept_with_the_prints(embedded: Gallery, enrol_template) -> None:
    """A segment knows each print's finger, from memory and from its file."""
    enrol_template(embedded, "P1", make_template(1), finger=Finger.LEFT_RING)
    assert embedded.snapshot().segments[0].fingers.tolist() == [9]
    build(embedded.catalogue, embedded.folder)
    assert embedded.snapshot().segments[0].fingers.tolist() == [9]


@pytest.mark.parametrize("ending", [".h5", ".faiss"])
@pytest.mark.parametrize("damage", ["flip", "delete", "truncate"])
def test_a_damaged_file_fails_its_shard_alone(
    embedded: Gallery, enrol_template, ending: str, damage: str
) -> None:
    """The shard is named with file and remedy; the others are searched; a rebuild mends it."""
    enrol_template(embedded, "P1", make_template(1), ncb="FR")
    enrol_template(embedded, "P2", make_template(2), ncb="BR")
    build(embedded.catalogue, embedded.folder)
    path = next(embedded.folder.glob(f"europe-tp*{ending}"))
    _damage(path, damage)
    reader = Gallery(embedded.catalogue, embedded.folder)
    snapshot = reader.snapshot()
    assert [shard.region for shard in snapshot.failed] == ["Europe"]
    (reason,) = snapshot.failed.values()
    assert path.name in reason
    assert "rebuild" in reason
    assert [segment.shard.region for segment in snapshot.segments] == ["Americas"]
    rebuild(embedded.catalogue, embedded.folder)
    assert not reader.snapshot().failed
    assert len(_found(reader)) == 2


def _damage(path, damage: str) -> None:
    if damage == "delete":
        path.unlink()
        return
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0x10
    path.write_bytes(data[:-7] if damage == "truncate" else data)


def test_a_damaged_manifest_is_refused_and_rebuilt(embedded: Gallery, enrol_template) -> None:
    """A changed manifest is not believed; the catalogue makes a new one."""
    enrol_template(embedded, "P1", make_template(1))
    build(embedded.catalogue, embedded.folder)
    path = embedded.folder / "manifest.json"
    path.write_text(path.read_text().replace('"prints": 1', '"prints": 2'))
    with pytest.raises(CorruptFile, match="manifest.json: changed"):
        Gallery(embedded.catalogue, embedded.folder).snapshot()
    rebuild(embedded.catalogue, embedded.folder)
    assert len(_found(Gallery(embedded.catalogue, embedded.folder))) == 1
