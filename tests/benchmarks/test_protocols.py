"""Protocols compare what they say, on prints that tests make up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from benchmarks.datasets import Dataset, Print, PrintSet, open_dataset
from benchmarks.datasets.opening import Source
from benchmarks.engines import make_engine
from benchmarks.protocols import speed
from benchmarks.protocols.base import Plan
from benchmarks.protocols.catalogue import PROTOCOLS
from benchmarks.protocols.cropping import LEAST_SIDE, crop_image, crop_template
from benchmarks.protocols.enrolment import split_probes
from benchmarks.protocols.pairs import compare_within, fvc_pairs
from benchmarks.protocols.tenprint import run_tenprint
from benchmarks.scale import adding, together
from engine.errors import BadInput
from engine.records import PrintImage
from support import make_template

WriteArchive = Callable[..., Path]


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory, write_archive: WriteArchive) -> Plan:
    """Two sets of four fingers with three impressions."""
    folder = tmp_path_factory.mktemp("bench")
    dataset = open_dataset(Source(str(write_archive(folder / "made.npz", 2, 4, 3))))
    return Plan(dataset, make_engine("given+whorl", folder), folder / "results")


class Zeros:
    """An engine to which all prints are alike."""

    name = key = parameters = "zeros"

    def failures(self, part: PrintSet, progress: object) -> dict[str, str]:
        return {}

    def scores(self, first: PrintSet, second: PrintSet, progress: object) -> np.ndarray:
        return np.zeros((len(first), len(second)), np.float32)


def test_pairs_of_the_fvc(tmp_path: Path) -> None:
    """A B set of 10 fingers x 8 has 280 genuine and 45 impostor pairs, no pair twice."""
    prints = [Print("S", str(f), i, Path(), "") for f in range(10) for i in range(1, 9)]
    part = PrintSet("S", tuple(prints))
    (within,) = compare_within(Plan(Dataset("d", (part,)), Zeros(), tmp_path))  # type: ignore[arg-type]
    assert (len(within.genuine), len(within.impostor)) == (280, 2880)
    chosen = fvc_pairs(part, within)
    assert (len(chosen.genuine), len(chosen.impostor)) == (280, 45)


def test_first_impressions_are_enrolled() -> None:
    """The lowest impression of a finger is enrolled, whatever its number; others are searched."""
    prints = tuple(Print("S", f, i, Path(), "") for f, i in [("a", 2), ("a", 3), ("b", 1)])
    enrolled, probes = split_probes(Dataset("d", (PrintSet("S", prints),)))
    assert [one.stem for one in enrolled] == ["a_2", "b_1"]
    assert [one.stem for one in probes] == ["a_3"]


def test_verification(plan: Plan) -> None:
    """Pairs within two sets: 3 of each of 8 fingers, 54 of different fingers a set."""
    figures = PROTOCOLS["verification"].run(plan).figures
    assert (figures["genuine"], figures["impostor"], figures["failures"]) == (24, 108, 0)
    assert figures["eer"] == 0
    assert figures["fvc_pairs"] == {"genuine": 24, "impostor": 12}


def test_scores_are_not_computed_again(plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second run reads the stored blocks and finds the same."""
    before = PROTOCOLS["verification"].run(plan).figures

    def refuse(*_: object) -> None:
        raise AssertionError("compared again")

    monkeypatch.setattr(type(plan.engine), "scores", refuse)
    assert PROTOCOLS["verification"].run(plan).figures == before


def test_cross(plan: Plan) -> None:
    """Across sets all pairs are impostors, but those declared the same finger are left out."""
    figures = PROTOCOLS["cross"].run(plan).figures
    assert (figures["genuine"], figures["impostor"]) == (24, 108 + 144)
    same = ((("DB1", "1"), ("DB2", "2")),)
    declared = replace(plan, dataset=replace(plan.dataset, same=same))
    figures = PROTOCOLS["cross"].run(declared).figures
    assert (figures["genuine"], figures["impostor"]) == (24, 108 + 144 - 9)
    assert figures["mates_across_sets"] == 9


def test_cross_needs_two_sets(plan: Plan) -> None:
    """A single set has nothing across."""
    alone = replace(plan, dataset=replace(plan.dataset, sets=plan.dataset.sets[:1]))
    with pytest.raises(BadInput, match="two sets"):
        PROTOCOLS["cross"].run(alone)


def test_identification(plan: Plan, write_archive: WriteArchive) -> None:
    """Eight fingers enrolled with four strangers, sixteen impressions searched and found."""
    strangers = open_dataset(Source(str(write_archive(plan.results / "x.npz", 1, 2, 2, seed=9))))
    figures = PROTOCOLS["identification"].run(replace(plan, distractors=strangers)).figures
    assert (figures["probes"], figures["gallery"]) == (16, 12)
    assert (figures["rank1"], figures["rank10"], figures["rank1_loss"]) == (1, 1, 0)
    assert figures["fnir_at_fpir_1e-2"] == 0
    assert set(figures["stages_ms"]) >= {"shortlist", "compare", "rank"}  # type: ignore[call-overload]


def test_scale(plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    """Among a thousand synthetic fingers the mates are found, with every figure that is asked."""
    for place, name, value in (
        (together, "CARDS", 2), (together, "BATCH", 20), (together, "ALONE", 4),
        (adding, "SECONDS", 0.5),
    ):  # fmt: skip
        monkeypatch.setattr(place, name, value)
    figures = PROTOCOLS["scale"].run(replace(plan, fingers=(1000,))).figures
    assert (figures["fingers"], figures["probes"]) == (1000, 16)
    assert (figures["hit_rate"], figures["rank1"], figures["exhaustive_rank1"]) == (1, 1, 1)
    asked = {"p50_ms", "p95_ms", "bytes_per_finger", "build_seconds", "threads"}
    assert asked <= set(figures)
    assert figures["ten_fingers_rank1"] == 1
    assert figures["searches_failed_while_adding"] == 0


def test_scale_needs_a_gallery_worth_the_name(plan: Plan) -> None:
    """Too few fingers, or more than a machine holds, are refused."""
    with pytest.raises(BadInput, match="5 fingers"):
        PROTOCOLS["scale"].run(replace(plan, fingers=(5,)))


def test_index(plan: Plan) -> None:
    """All mates come first in the first pass over eight easy prints."""
    figures = PROTOCOLS["index"].run(plan).figures
    assert (figures["hit_at_rank_1"], figures["hit_at_penetration_0.5"]) == (1, 1)


def test_partials(plan: Plan) -> None:
    """Twelve marked minutiae find their finger more often than five."""
    figures = PROTOCOLS["partials"].run(plan).figures
    assert float(str(figures["rank1_marked_12"])) >= float(str(figures["rank1_marked_5"]))
    assert "rank1_image_12" not in figures  # there are no images


def test_tenprint(plan: Plan) -> None:
    """The four fingers of two persons tell them apart."""
    sets = tuple(
        PrintSet(part.name, tuple(replace(one, person=part.name) for one in part.prints))
        for part in plan.dataset.sets
    )
    figures = run_tenprint(replace(plan, dataset=replace(plan.dataset, sets=sets))).figures
    assert (figures["persons"], figures["fingers"]) == (2, 4)
    assert (figures["rank1_4_fingers"], figures["eer_4_fingers"]) == (1, 0)


def test_tenprint_needs_persons(plan: Plan) -> None:
    """A data set that does not say whose fingers these are is refused."""
    with pytest.raises(BadInput, match="person"):
        run_tenprint(plan)


def test_speed(plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pairs a second are counted over CPU time."""
    monkeypatch.setattr(speed, "SECONDS", 0.05)
    figures = PROTOCOLS["speed"].run(plan).figures
    assert float(str(figures["pairs_per_cpu_s"])) > 100


def test_cropped_template() -> None:
    """A crop has the minutiae asked for, inside a frame of its own."""
    cropped = crop_template(make_template(1), 8, np.random.default_rng(1))
    assert len(cropped.minutiae) == 8
    assert (cropped.minutiae.xy >= 0).all()
    assert (cropped.minutiae.xy <= (cropped.width, cropped.height)).all()


def test_cropped_image() -> None:
    """Around the part is empty ground; the part keeps the print's darkness."""
    whole = PrintImage(np.full((360, 360), 90, np.uint8), 500, True, "print", "PNG")
    cropped = crop_image(whole, make_template(1), 5, np.random.default_rng(2)).pixels
    assert min(cropped.shape) >= LEAST_SIDE
    assert cropped[:8, :8].mean() > 200
    middle = len(cropped) // 2
    assert abs(float(cropped[middle - 4 : middle + 4, middle - 4 : middle + 4].mean()) - 90) < 15


def test_tuned_numbers_are_read_on_sets_left_out(plan: Plan) -> None:
    """Every set has a variant chosen by the others, and figures of both."""
    facts = PROTOCOLS["transfer"].run(plan).figures
    assert facts["left_out"] == ["DB1", "DB2"]
    assert set(facts["chosen"]) <= set(facts["variants"])  # type: ignore[call-overload]
    assert 0 <= facts["eer_in_use"] <= 1  # type: ignore[operator]


def test_one_set_cannot_be_left_out(plan: Plan) -> None:
    """Leaving out the only set leaves nothing to choose by."""
    single = replace(plan, dataset=Dataset("d", plan.dataset.sets[:1]))
    for name in ("transfer", "calibration"):
        with pytest.raises(BadInput, match="two sets"):
            PROTOCOLS[name].run(single)
