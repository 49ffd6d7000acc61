"""The suite on images: real ones of the laboratory, and synthetic ones."""

from __future__ import annotations

import json
from pathlib import Path

import cv2
import pytest

from benchmarks.cli import main
from benchmarks.synthetic import CLEAN, make_impression, make_master


def read(capfd: pytest.CaptureFixture[str]) -> dict[str, object]:
    """The object that was printed."""
    found: dict[str, object] = json.loads(capfd.readouterr().out)
    return found


def test_real_prints(lab_data: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Two impressions of three real fingers: all are found, through the whole path."""
    rows = [
        f"{lab_data}/fvc2002/DB1_B/{f}_{i}.png,{f},{i}" for f in (101, 102, 103) for i in (1, 2)
    ]
    manifest = tmp_path / "few.csv"
    manifest.write_text("\n".join(["path,finger,impression", *rows]))
    options = ["--dataset", str(manifest), "--engine", "classical", "--results", str(tmp_path)]
    assert main(["run", "verification", *options, "--json"]) == 0
    found = read(capfd)
    assert (found["dataset"], found["genuine"], found["impostor"]) == ("few", 3, 12)
    assert found["eer"] < 0.3  # type: ignore[operator]
    assert main(["run", "identification", *options, "--json"]) == 0
    found = read(capfd)
    assert (found["probes"], found["gallery"], found["failures"]) == (3, 3, 0)
    assert found["rank1"] == 1  # type: ignore[operator]


def test_failures_count(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """A blank image is a failure; its genuine pair scores as a miss."""
    folder = tmp_path / "DB"
    folder.mkdir()
    for finger in (1, 2):
        picture = make_impression(make_master(finger), 1, CLEAN)
        cv2.imwrite(str(folder / f"{finger}_1.tif"), picture)
        cv2.imwrite(str(folder / f"{finger}_2.tif"), picture if finger == 1 else 0 * picture + 255)
    (folder / "3_1.png").write_bytes(b"not an image")
    options = ["--dataset", str(folder), "--engine", "classical", "--results", str(tmp_path)]
    main(["run", "verification", *options, "--json"])
    found = read(capfd)
    assert (found["failures"], found["genuine"], found["impostor"]) == (2, 2, 8)
    assert found["fnmr_at_fmr_1e-4"] == 0.5
    main(["run", "identification", *options, "--json"])
    found = read(capfd)
    assert (found["probes"], found["failures"], found["failures_to_enrol"]) == (2, 2, 1)
    assert found["rank1"] == 0.5
