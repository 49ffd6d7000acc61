"""The story of the demonstration: what waits for a newcomer, over a few of the invented people."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import closing

import pytest

from api.demo.accounts import add_people
from api.demo.bureau import FIXTURES, enrol, throw_away_bureau
from api.demo.story import begin_story
from engine.asker import Asker
from engine.centre_desk.working import list_work
from engine.examination import CaseStatus
from engine.examining.hits import list_opened
from engine.examining.reading import list_files
from engine.gallery.catalogue import Catalogue, open_catalogue
from engine.gallery.centre_store import ItemFilter
from engine.gallery.examination_store import CaseFilter
from engine.gallery.hit_store import HitFilter
from engine.gallery.user_store import find_user
from engine.identity.users import asker_of_user

MATES = {"FX-0001", "FX-0007", "FX-0023"}


@pytest.fixture(scope="module")
def catalogue() -> Iterator[Catalogue]:
    """A bureau in which the story has begun."""
    with throw_away_bureau() as settings:
        settings.data_dir.mkdir(parents=True)
        people = settings.data_dir / "people.csv"
        with (FIXTURES / "people.csv").open(encoding="utf-8", newline="") as source:
            rows = [row for row in csv.DictReader(source) if row["person"] in MATES]
        with people.open("w", encoding="utf-8", newline="") as target:
            table = csv.DictWriter(target, rows[0])
            table.writeheader()
            table.writerows(row | {"path": FIXTURES / row["path"]} for row in rows)
        enrol(settings, people)
        add_people(settings)
        begin_story(settings)
        with closing(open_catalogue(settings)) as opened:
            yield opened


def known(catalogue: Catalogue, user_id: str) -> Asker:
    """One of the invented people."""
    with catalogue.reading() as connection:
        user = find_user(connection, user_id)
    assert user is not None
    return asker_of_user(user, user.scopes, "identification")


def test_each_case_is_about_the_mate_of_its_probe(catalogue: Catalogue) -> None:
    """Found by a real search: the first candidate is who it should be."""
    files, _ = list_files(catalogue, CaseFilter(0, 9), known(catalogue, "officer@fr"))
    found = {one.file.case_ref: one.file.candidate.person_id for one in files}
    assert found == {
        "2026-DEMO-1": "FX-0007",
        "2026-DEMO-2": "FX-0023",
        "2026-DEMO-3": "FX-0001",
    }


def test_the_newcomer_is_the_second_to_look(catalogue: Catalogue) -> None:
    """A verdict of theirs makes the hit of the story."""
    wanted = CaseFilter(0, 9, waiting=True)
    files, _ = list_files(catalogue, wanted, known(catalogue, "examiner@fr"))
    waits = {one.file.case_ref: one.file.case.status for one in files}
    assert waits["2026-DEMO-1"] is CaseStatus.AWAITING_SECOND


def test_a_hit_waits_for_its_owner(catalogue: Catalogue) -> None:
    """The officer of Moldova finds it, and the centre has work of three kinds of urgency."""
    hits, _ = list_opened(catalogue, HitFilter(0, 9), known(catalogue, "officer@md"))
    assert [one.person_id for one in hits] == ["FX-0001"]
    items, _ = list_work(catalogue, ItemFilter(0, 9), known(catalogue, "operator@ccc"))
    assert {one.priority.value for one in items} == {"flash", "urgent", "routine"}
