"""Engines under test: by name, remembered, and those of peers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from benchmarks.code_digest import ROOT, code_digest
from benchmarks.datasets import Print, PrintSet
from benchmarks.engines import ENGINES, make_engine
from benchmarks.engines.given import IsoFolder
from benchmarks.engines.nbis_record import write_record
from benchmarks.engines.score_file import ScoreFile
from benchmarks.engines.stored import StoredExtractor
from benchmarks.engines.whorl import WhorlMatcher
from benchmarks.store.templates import TemplateStore
from engine.errors import BadInput, NoFingerprint, WhorlError
from engine.extractor import Extractor
from engine.fingers import Finger, Impression
from engine.records import PrintImage, Template
from engine.templates import FingerView, write_iso
from support import disturb, make_template


def some_set(*stems: str) -> PrintSet:
    """A set of prints without files."""
    prints = [Print("S", *stem.split("_"), Path(stem), stem) for stem in stems]  # type: ignore[arg-type]
    return PrintSet("S", tuple(prints))


def silent(_: int) -> None:
    """No progress."""


class CountingExtractor(Extractor):
    """Gives the same template for every image but black ones, and counts."""

    def __init__(self) -> None:
        self.images = 0

    def extract_many(
        self, images: Sequence[PrintImage], *, exact_quality: bool = True
    ) -> list[Template | NoFingerprint]:
        self.images += len(images)
        return [make_template(1) if one.pixels.any() else NoFingerprint("blank") for one in images]


def image(level: int) -> PrintImage:
    """A plain image."""
    return PrintImage(np.full((8, 9), level, np.uint8), 500, True, "image", "PNG")


def test_what_was_extracted_is_not_extracted_again(tmp_path: Path) -> None:
    """Templates and failures are read back by another process with the same folder."""
    first, second = CountingExtractor(), CountingExtractor()
    images = [image(0), image(7)]
    made = StoredExtractor(first, TemplateStore(tmp_path)).extract_many(images)
    again = StoredExtractor(second, TemplateStore(tmp_path)).extract_many([*images, image(9)])
    assert (first.images, second.images) == (2, 1)
    assert isinstance(again[0], NoFingerprint)
    assert isinstance(made[1], Template)
    assert isinstance(again[1], Template)
    assert np.array_equal(made[1].minutiae.xy, again[1].minutiae.xy)


def test_stored_failure_is_raised(tmp_path: Path) -> None:
    """A search of a print that failed before fails as it did."""
    with pytest.raises(NoFingerprint, match="blank"):
        StoredExtractor(CountingExtractor(), TemplateStore(tmp_path)).extract(image(0))


def test_digest_ignores_comments(tmp_path: Path) -> None:
    """Comments and docstrings do not make other results; code does."""
    plain, told, other = (tmp_path / name for name in ("a.py", "b.py", "c.py"))
    plain.write_text("def f():\n    return 1\n")
    told.write_text('"""Doc."""\n\n# why\ndef f():\n    """Doc."""\n    return 1\n')
    other.write_text("def f():\n    return 2\n")
    digests = [code_digest([str(path)]) for path in (plain, told, other)]
    assert digests[0] == digests[1] != digests[2]
    assert code_digest(["engine/matcher"]) == code_digest([str(ROOT / "engine" / "matcher")])


@pytest.mark.parametrize("name", ["nonsense", "leader+nonsense", "nonsense+whorl", ""])
def test_unknown_engines_are_refused(tmp_path: Path, name: str) -> None:
    """An engine that does not exist is refused with those that do."""
    with pytest.raises(BadInput, match="leader"):
        make_engine(name, tmp_path)


def test_short_names(tmp_path: Path) -> None:
    """A short name is its extractor and matcher."""
    assert make_engine("whorl", tmp_path).name == ENGINES["whorl"]


def test_own_matcher_scores_mates_higher_and_failures_nothing() -> None:
    """A mate scores above others; a failure scores 0; unwanted pairs are not compared."""
    print_a, print_b = make_template(1), make_template(2)
    failure: WhorlError = NoFingerprint("no finger")
    wanted = np.array([[True, True, True, False]])
    candidates = [disturb(print_a, 1), print_b, failure, print_a]
    scores = WhorlMatcher().compare([print_a], candidates, wanted, silent)[0]
    assert scores[0] > scores[1]
    assert scores[2:].tolist() == [0, 0]


def test_records_for_nbis() -> None:
    """What nbis-py reads back is what was written, sorted by x."""
    nbis = pytest.importorskip("nbis")
    settings = nbis.NbisExtractorSettings(
        min_quality=0.0, get_center=False, check_fingerprint=False, compute_nfiq2=False, ppi=500.0
    )
    template = make_template(3)
    loaded = nbis.new_nbis_extractor(settings).load_iso_19794_2_2005(write_record(template)).get()
    places = [(one.x(), one.y()) for one in loaded]
    assert places == sorted(map(tuple, np.rint(template.minutiae.xy).astype(int).tolist()))


def test_bozorth3_scores_mates_higher(tmp_path: Path) -> None:
    """Our minutiae can be given to NIST's matcher."""
    pytest.importorskip("nbis")
    matcher = make_engine("given+bozorth3", tmp_path).matcher  # type: ignore[attr-defined]
    print_a = make_template(1)
    candidates = [disturb(print_a, 1), make_template(2), NoFingerprint("no finger")]
    scores = matcher.compare([print_a], candidates, np.ones((1, 3), bool), silent)[0]
    assert scores[0] > 40 > scores[1]
    assert scores[2] == 0


def test_folder_of_iso_records(tmp_path: Path) -> None:
    """Records are found by set and name or by name; a missing or broken one is a failure."""
    view = FingerView(Finger.UNKNOWN, Impression.LIVE_PLAIN, 0, make_template(1))
    (tmp_path / "S").mkdir()
    (tmp_path / "S" / "1_1.iso").write_bytes(write_iso([view]))
    (tmp_path / "1_2.fmr").write_bytes(write_iso([view]))
    (tmp_path / "1_3.iso").write_bytes(b"FMR")
    found = IsoFolder(tmp_path).templates(some_set("1_1", "1_2", "1_3", "1_4").prints, silent)
    assert [isinstance(one, Template) for one in found] == [True, True, False, False]


def test_file_of_scores(tmp_path: Path) -> None:
    """Scores are found in either order; what is missing counts as the least score."""
    path = tmp_path / "other.csv"
    path.write_text("probe,candidate,score\n1_1,1_2,3.5\nS/2_1,S/1_1,-1\n")
    part = some_set("1_1", "1_2", "2_1", "3_1")
    engine = ScoreFile(path)
    scores = engine.scores(part, part, silent)
    assert (scores[0, 1], scores[1, 0]) == (4.5, 4.5)
    assert (scores[0, 2], scores[1, 2]) == (0, 0)
    assert engine.failures(part, silent) == {"S/3_1": "in no scored pair"}


def test_file_of_scores_with_other_columns(tmp_path: Path) -> None:
    """A file without the columns is refused."""
    (tmp_path / "bad.csv").write_text("a,b\n1,2\n")
    with pytest.raises(BadInput, match="probe, candidate, score"):
        ScoreFile(tmp_path / "bad.csv")
