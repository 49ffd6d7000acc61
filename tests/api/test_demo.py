"""The demonstration's own reading and judging."""

from __future__ import annotations

import csv
import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from api.demo import folder_run
from api.demo.bureau import bureau_environment, throw_away_bureau
from api.demo.folder_run import Outcome, first_impressions, read_folder, write_people
from api.demo.probes import read_probes
from engine.errors import BadInput
from engine.members import find_bureau


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Images of two fingers, named as in the FVC sets, and things that are none."""
    for name in ("101_2.png", "101_1.png", "101_10.png", "102_3.TIF", "102_4.TIF", "notes.txt"):
        (tmp_path / name).touch()
    return tmp_path


def names(impressions: Sequence[folder_run.Impression]) -> list[str]:
    """File names of impressions."""
    return [one.path.name for one in impressions]


def test_names_tell_finger_and_impression(folder: Path) -> None:
    """They are sorted as numbers, and other files are passed over."""
    assert names(read_folder(folder)) == [
        "101_1.png", "101_2.png", "101_10.png", "102_3.TIF", "102_4.TIF",
    ]  # fmt: skip


def test_the_lowest_impression_of_a_finger_is_enrolled(folder: Path) -> None:
    """Also where number one is missing."""
    assert names(first_impressions(read_folder(folder))) == ["101_1.png", "102_3.TIF"]


@pytest.mark.parametrize("content", [[], ["101_1.png", "102_1.png"], ["a.png"]])
def test_a_folder_without_pairs_is_refused(tmp_path: Path, content: list[str]) -> None:
    """There would be nothing to identify."""
    for name in content:
        (tmp_path / name).touch()
    with pytest.raises(BadInput, match="no images named like"):
        read_folder(tmp_path)
    with pytest.raises(BadInput):
        read_folder(tmp_path / "missing")


def test_fingers_are_spread_over_regions(tmp_path: Path) -> None:
    """In turn, as persons of a bureau of each region, with the resolution if it is given."""
    firsts = [folder_run.Impression(tmp_path / f"{n}_1.png", n, 1) for n in range(10)]
    write_people(tmp_path / "people.csv", firsts, 569)
    with (tmp_path / "people.csv").open(newline="") as lines:
        rows = list(csv.DictReader(lines))
    regions = [find_bureau(row["ncb"]).region for row in rows]
    assert len(set(regions)) == 5
    assert regions[:5] == regions[5:]
    assert {row["ppi"] for row in rows} == {"569"}


def test_an_outcome_is_found_at_rank_one_only(tmp_path: Path) -> None:
    """The mate at rank two is a miss."""
    impression = folder_run.Impression(tmp_path / "7_2.png", 7, 2)
    assert Outcome(impression, "finger-7", 0.4, 0.4).found
    assert not Outcome(impression, "finger-8", 0.4, 0.3).found


def test_no_demonstration_touches_a_real_gallery(monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings that name one are left out, in this process and in its children."""
    monkeypatch.setenv("WHORL_DATABASE_URL", "postgresql://real/gallery")
    monkeypatch.setenv("WHORL_DATA_DIR", "/real")
    monkeypatch.setenv("WHORL_OIDC_ISSUER", "https://real.example")
    with throw_away_bureau() as settings:
        assert settings.database_url is None
        assert settings.oidc_issuer is None
        assert settings.data_dir.parent.is_dir()
    assert not settings.data_dir.parent.exists()
    real = {"WHORL_DATABASE_URL", "WHORL_DATA_DIR", "WHORL_OIDC_ISSUER"}
    assert not real & set(bureau_environment())
    assert bureau_environment()["PATH"] == os.environ["PATH"]


def test_probes_of_nobody_come_last(tmp_path: Path) -> None:
    """So that their scores can be set against those of mates."""
    (tmp_path / "probes.json").write_text(
        '[{"file": "n.png", "person": null, "finger": "right_index", "description": "d"},'
        ' {"file": "m.png", "person": "FX-1", "finger": "right_index", "description": "d"}]'
    )
    assert [probe.person for probe in read_probes(tmp_path)] == ["FX-1", None]
