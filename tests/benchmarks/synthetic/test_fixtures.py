"""The folder data/fixtures is complete and agrees with itself."""

import csv
import json
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from benchmarks.synthetic.fixture_prints import ENROLMENT, make_finger, ready, write_print
from benchmarks.synthetic.fixtures import FOLDER, NOBODY, write_notices_alone
from benchmarks.synthetic.impression import make_impression
from benchmarks.synthetic.invented_people import REGION_SHARES, invent_people
from benchmarks.synthetic.members import read_members
from engine.fingers import Finger, parse_finger, parse_impression
from engine.notices import parse_notice
from engine.notices.checking import check_request
from engine.persons import parse_status

COLOURS = {"red", "blue", "green", "yellow", "black", "orange", "purple", "un", "silver"}


@pytest.fixture(scope="module")
def rows():
    with (FOLDER / "people.csv").open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture(scope="module")
def notices():
    return json.loads((FOLDER / "notices.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def regions():
    return {member.iso2: member.region for member in read_members()}


def test_every_print_is_there_and_no_other(rows):
    """people.csv and the folder of prints name the same files, each once."""
    named = [row["path"] for row in rows]
    found = {str(path.relative_to(FOLDER)) for path in (FOLDER / "prints").iterdir()}
    assert len(named) == len(set(named))
    assert set(named) == found


def test_at_least_64_persons_with_three_different_fingers(rows):
    """Each person has three prints of different, known fingers."""
    fingers: dict[str, set[Finger]] = {}
    for row in rows:
        fingers.setdefault(row["person"], set()).add(parse_finger(row["finger"]))
        parse_impression(row["impression_type"])
    assert len(fingers) >= 64
    assert all(len(theirs) == 3 and Finger.UNKNOWN not in theirs for theirs in fingers.values())


def test_all_regions_and_namibia(rows, regions):
    """All five regions own records, and NA is read as a country."""
    assert {regions[row["ncb"]] for row in rows} == set(REGION_SHARES)
    assert any(row["ncb"] == "NA" for row in rows)


def test_a_person_reads_the_same_in_each_row(rows):
    """The columns about the person do not contradict each other."""
    about = {(row["person"], *list(row.values())[4:]) for row in rows}
    assert len(about) == len({row["person"] for row in rows})


def test_notices_are_numbered_once_and_about_known_persons(rows, notices, regions):
    """Identifiers do not repeat; persons, owners and countries exist."""
    persons = {row["person"] for row in rows}
    assert max(Counter(notice["entity_id"] for notice in notices).values()) == 1
    for notice in notices:
        assert notice["colour"] in COLOURS
        assert notice.get("person") is None or notice["person"] in persons
        assert {notice["ncb"], *notice.get("nationalities", [])} <= set(regions)


def test_notices_keep_to_the_rules_of_their_colours(rows, notices):
    """Each could be submitted as it is, about the person that it names."""
    statuses = {row["person"]: parse_status(row["person_status"]) for row in rows}
    for row in notices:
        notice = parse_notice(row)
        check_request(notice, statuses.get(notice.person_id))


def test_notices_are_invented_again_alike(notices, tmp_path):
    """The same seed invents the notices of the folder."""
    write_notices_alone(tmp_path)
    assert json.loads((tmp_path / "notices.json").read_text(encoding="utf-8")) == notices


def test_about_half_of_the_persons_have_a_notice(rows, notices):
    """Between 40 and 65 % have one or more, and some have two."""
    noticed = Counter(notice["person"] for notice in notices if "person" in notice)
    assert 0.4 <= len(noticed) / len({row["person"] for row in rows}) <= 0.65
    assert max(noticed.values()) >= 2


def test_probes_tell_the_truth(rows):
    """A probe of an enrolled finger names its row; nobody's names none."""
    enrolled = {(row["person"], row["finger"]) for row in rows}
    probes = json.loads((FOLDER / "probes" / "probes.json").read_text(encoding="utf-8"))
    for probe in probes:
        assert (FOLDER / "probes" / probe["file"]).exists()
        is_enrolled = (probe["person"], probe["finger"]) in enrolled
        assert is_enrolled == (probe["person"] is not None)


def test_pictures_state_500_ppi():
    """Every picture is 8-bit grey and carries its resolution."""
    for path in FOLDER.glob("*/*.png"):
        with Image.open(path) as picture:
            assert picture.mode == "L"
            assert picture.info["dpi"] == pytest.approx((500, 500), abs=0.1)


def test_folder_is_small():
    """A repository can carry it: less than 15 MB."""
    assert sum(path.stat().st_size for path in FOLDER.rglob("*") if path.is_file()) < 15e6


def test_generator_still_makes_these_pictures(rows):
    """The first print of the folder is what its seed gives; processors may round a few pixels."""
    person, finger = rows[0]["person"], parse_finger(rows[0]["finger"])
    pixels = make_impression(make_finger(int(person[3:]), finger), 1, ENROLMENT)
    with Image.open(FOLDER / rows[0]["path"]) as picture:
        assert (np.asarray(picture) == ready(pixels)).mean() > 0.99


def test_people_are_invented_again_alike():
    """The same seed invents the same people."""
    first, again = (invent_people(read_members(), np.random.default_rng(1)) for _ in range(2))
    assert first == again


def test_print_file_keeps_the_ridges(tmp_path: Path):
    """Quantising and cropping a print changes no grey level by more than half a step."""
    pixels = np.full((80, 80), 240, np.uint8)
    pixels[20:60, 20:60:8] = 61
    write_print(tmp_path / "print.png", pixels)
    with Image.open(tmp_path / "print.png") as picture:
        kept = np.asarray(picture)
    assert kept.shape[0] <= 80
    assert set(np.unique(kept)) == {64, 240}


def test_nobody_is_not_enrolled():
    """The stranger's finger is not grown from any enrolled person's number."""
    assert NOBODY not in range(sum(REGION_SHARES.values()) + 1)
    assert make_finger(NOBODY, Finger.RIGHT_INDEX).seed == 100 * NOBODY + 2
