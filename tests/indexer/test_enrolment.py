"""Batch enrolment from folders and CSV files."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.asker import Asker
from engine.errors import BadInput, BadRequest, NoFingerprint
from engine.fingers import Finger, Impression
from engine.gallery.gallery import Gallery
from engine.gallery.print_store import count_prints, prints_of
from engine.lookup import look_up_person
from engine.persons import PersonStatus
from engine.records import PrintImage, Template
from indexer.enrolment import enrol_batch
from indexer.sources import Defaults, Entry, Refused, read_source
from support import make_template


class FakeExtractor:
    """Takes an image's mean grey as the seed of a template; black images have no finger."""

    def __init__(self) -> None:
        self.seen: list[str] = []

    def extract_many(
        self, images: Sequence[PrintImage], *, exact_quality: bool = True
    ) -> list[Template | NoFingerprint]:
        self.seen += [Path(image.name).name for image in images]
        return [self._extract(image) for image in images]

    def _extract(self, image: PrintImage) -> Template | NoFingerprint:
        grey = int(image.pixels.mean())
        return make_template(grey) if grey else NoFingerprint(f"{image.name}: no finger")


def _write(path: Path, grey: int) -> None:
    stream = io.BytesIO()
    Image.fromarray(np.full((100, 100), grey, np.uint8)).save(stream, "PNG")
    path.write_bytes(stream.getvalue())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two fingers by two impressions, in the names of the competitions."""
    made = tmp_path / "set"
    made.mkdir()
    for number, name in enumerate(["101_1", "101_2", "102_1", "102_2"]):
        _write(made / f"{name}.png", 100 + number)
    (made / "notes.txt").write_text("no image")
    return made


def test_a_folder_is_read_by_its_names(folder: Path) -> None:
    """Finger and impression make person and occasion; other files are left alone."""
    entries = list(read_source(folder, Defaults(ncb="fr", finger=Finger.LEFT_INDEX)))
    assert [(e.person.id, e.encounter) for e in entries if isinstance(e, Entry)] == [
        ("set-101", "1"),
        ("set-101", "2"),
        ("set-102", "1"),
        ("set-102", "2"),
    ]
    assert {e.finger for e in entries if isinstance(e, Entry)} == {Finger.LEFT_INDEX}


def test_a_pattern_chooses_images(folder: Path) -> None:
    """Only matching names are read."""
    assert len(list(read_source(folder, Defaults(ncb="FR", pattern="*_1.png")))) == 2


def test_a_folder_needs_an_owner_and_images(folder: Path, tmp_path: Path) -> None:
    """Both messages name the folder."""
    with pytest.raises(BadRequest, match=r"set: which bureau owns these prints\? Give --ncb"):
        list(read_source(folder, Defaults()))
    with pytest.raises(BadRequest, match="unknown NCB 'XX'"):
        list(read_source(folder, Defaults(ncb="XX")))
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(BadInput, match="empty: no images"):
        list(read_source(empty, Defaults(ncb="FR")))
    with pytest.raises(BadInput, match="nothing: no such file or folder"):
        read_source(tmp_path / "nothing", Defaults())


CSV = """path,person,finger,impression_type,ncb,person_status,family_name,nationalities
set/101_1.png,A,right_index,live_rolled,NA,suspect,Testova,NA;ZA
set/102_1.png,A,right_thumb,,NA,suspect,Testova,NA;ZA
set/101_2.png,B,toe,,NA,,,
set/102_2.png,C,,,XX,,,
"""


@pytest.fixture
def table(folder: Path) -> Path:
    """A CSV file beside the folder, with two bad rows."""
    path = folder.parent / "people.csv"
    path.write_text(CSV, encoding="utf-8")
    return path


def test_a_table_is_read_row_by_row(table: Path) -> None:
    """Good rows become entries, bad ones are told with line and reason."""
    entries = list(read_source(table, Defaults()))
    first, _, toe, bureau = entries
    assert isinstance(first, Entry)
    assert (first.finger, first.impression) == (Finger.RIGHT_INDEX, Impression.LIVE_ROLLED)
    assert first.person.status is PersonStatus.SUSPECT
    assert first.person.nationalities == ("NA", "ZA")
    assert isinstance(toe, Refused)
    assert toe.source == "people.csv line 4"
    assert "unknown finger 'toe'" in toe.reason
    assert isinstance(bureau, Refused)
    assert "unknown NCB 'XX'" in bureau.reason


@pytest.mark.parametrize(
    ("content", "fault"),
    [(b"name,age\nx,1\n", "no column path, person"), (b"\xff\xfe\x00", "is no CSV text")],
)
def test_a_file_that_is_no_table_is_named(tmp_path: Path, content: bytes, fault: str) -> None:
    """Missing columns and binary files are refused as a whole."""
    path = tmp_path / "bad.csv"
    path.write_bytes(content)
    with pytest.raises(BadInput, match=f"bad.csv: {fault}"):
        list(read_source(path, Defaults()))


def test_a_batch_is_enrolled_once(embedded: Gallery, table: Path, asker: Asker) -> None:
    """The second run stores nothing and extracts nothing; the table says so."""
    for enrolled, known, extracted in ((2, 0, 2), (0, 2, 0)):
        extractor = FakeExtractor()
        entries = read_source(table, Defaults())
        tally = enrol_batch(entries, embedded.catalogue, extractor, asker)
        assert (tally.enrolled, tally.known, len(tally.refused)) == (enrolled, known, 2)
        assert len(extractor.seen) == extracted
    file = look_up_person(embedded.catalogue, "A", asker)
    assert [one.finger for one in file.prints] == [Finger.RIGHT_INDEX, Finger.RIGHT_THUMB]
    assert len({one.encounter_id for one in file.prints}) == 1


def test_an_interrupted_batch_goes_on(embedded: Gallery, folder: Path, asker: Asker) -> None:
    """After a stop between two portions only what was not stored is done."""

    class Stop(Exception):
        """The operator pulled the plug."""

    def stop(_: int) -> None:
        raise Stop

    entries = [e for e in read_source(folder, Defaults(ncb="FR")) if isinstance(e, Entry)]
    with pytest.raises(Stop):
        enrol_batch(entries[:3], embedded.catalogue, FakeExtractor(), asker, stop)
    extractor = FakeExtractor()
    tally = enrol_batch(entries, embedded.catalogue, extractor, asker)
    assert (tally.enrolled, tally.known) == (1, 3)
    assert extractor.seen == ["102_2.png"]


def test_bad_images_are_refused_with_the_reason(
    embedded: Gallery, folder: Path, asker: Asker
) -> None:
    """A missing, a damaged and a fingerless image; the others of the batch are stored."""
    _write(folder / "101_2.png", 0)
    (folder / "102_1.png").write_bytes(b"text")
    entries = list(read_source(folder, Defaults(ncb="FR")))
    (folder / "102_2.png").unlink()
    tally = enrol_batch(entries, embedded.catalogue, FakeExtractor(), asker)
    assert tally.enrolled == 1
    reasons = {Path(one.source).name: one.reason for one in tally.refused}
    assert "no finger" in reasons["101_2.png"]
    assert "102_1.png" in reasons["102_1.png"]
    assert "No such file" in reasons["102_2.png"]


def test_a_duplicate_person_is_refused(embedded: Gallery, folder: Path, asker: Asker) -> None:
    """Prints under an id that belongs to another person are not mixed in."""
    for ncb, enrolled in (("FR", 4), ("DE", 0)):
        for number, path in enumerate(sorted(folder.glob("*.png"))):
            _write(path, 100 + number + 10 * (ncb == "DE"))
        entries = list(read_source(folder, Defaults(ncb=ncb)))
        tally = enrol_batch(entries, embedded.catalogue, FakeExtractor(), asker)
        assert tally.enrolled == enrolled
    assert all("already on record" in one.reason for one in tally.refused)
    with embedded.catalogue.reading() as connection:
        assert count_prints(connection) == 4
        assert len(prints_of(connection, "set-101")) == 2
