"""Many probes searched together."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from engine.asker import Asker
from engine.batch.searching import BatchProbe, BatchScope, search_together
from engine.candidates import SearchRequest
from engine.fingers import Finger
from engine.gallery.gallery import Gallery
from engine.gallery.tables import audit
from engine.search import Searcher
from indexer.builder import build
from support import disturb, make_template

BUREAUS = ["FR", "BR", "JP", "NA", "EG"]


@pytest.fixture
def searcher(gallery: Gallery, enrol_template) -> Searcher:  # type: ignore[no-untyped-def]
    """Twenty persons in five regions, half of them in segments."""
    for number in range(20):
        bureau = BUREAUS[number % 5]
        enrol_template(
            gallery, f"P{number}", make_template(number), ncb=bureau, finger=Finger(1 + number % 2)
        )
        if number == 9:
            build(gallery.catalogue, gallery.folder)
    return Searcher(gallery, None, threads=2)  # type: ignore[arg-type]  # probes are templates


def _probes() -> list[BatchProbe]:
    """Mates of some, one of a known finger, one of nobody."""
    mates = [BatchProbe(f"{n}", disturb(make_template(n), n)) for n in (3, 12, 17)]
    known = BatchProbe("known", disturb(make_template(6), 1), Finger.RIGHT_THUMB)
    return [*mates, known, BatchProbe("nobody", make_template(77, 9))]


def test_each_probe_finds_what_it_finds_alone(searcher: Searcher, asker: Asker) -> None:
    """The same persons, scores, and numbers of prints compared."""
    scope = BatchScope(top=5)
    answers = search_together(searcher, _probes(), scope, asker)
    assert [answer.probe.name for answer in answers] == [one.name for one in _probes()]
    for answer, probe in zip(answers, _probes(), strict=True):
        alone = searcher.search(SearchRequest(probe.template, probe.finger, top=5), asker)
        found = [(one.person_id, one.score) for one in answer.ranked[:5]]
        assert found == [(one.person.id, one.score) for one in alone.candidates]
        assert (answer.searched, answer.compared) == (alone.searched, alone.compared)
    assert [answers[n].ranked[0].person_id for n in range(4)] == ["P3", "P12", "P17", "P6"]


def test_each_search_is_recorded(searcher: Searcher, asker: Asker) -> None:
    """One row of the audit chain a probe, as of single searches."""
    search_together(searcher, _probes(), BatchScope(), asker)
    with searcher.gallery.catalogue.reading() as connection:
        actions = select(audit.c.action).where(audit.c.action == "search")
        assert len(connection.execute(actions).all()) == 5


def test_nothing_is_searched_for_nobody(searcher: Searcher, asker: Asker) -> None:
    """An empty portion has an empty answer."""
    assert search_together(searcher, [], BatchScope(), asker) == []
