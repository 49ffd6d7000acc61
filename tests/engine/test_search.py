"""The search flow on templates: scope, ranking, explanation, audit."""

from __future__ import annotations

import json
import math
from itertools import pairwise

import pytest

from engine.asker import Asker
from engine.candidates import FingerProbe, SearchRequest
from engine.enrol import enrol, withdraw_prints
from engine.errors import BadRequest
from engine.fingers import Finger
from engine.gallery.gallery import Gallery
from engine.gallery.tables import audit
from engine.noticeboard.importing import publish_notices
from engine.notices import Colour, Notice
from engine.persons import Person
from engine.search import Searcher
from engine.search_modes import SearchMode
from indexer.builder import build
from support import as_print, disturb, make_template

BUREAUS = ["FR", "BR", "JP", "NA", "EG"]


class NoExtractor:
    """Tests here search templates, so nothing is extracted."""


@pytest.fixture
def searcher(gallery: Gallery, enrol_template) -> Searcher:
    """Ten persons in five regions, half of them in segments, half in memory."""
    for number in range(10):
        finger = Finger(1 + number % 2)
        enrol_template(
            gallery, f"P{number}", make_template(number), ncb=BUREAUS[number % 5], finger=finger
        )
        if number == 4:
            build(gallery.catalogue, gallery.folder)
    return Searcher(gallery, NoExtractor(), threads=2)


def test_the_mate_is_first_with_its_explanation(searcher: Searcher, asker: Asker) -> None:
    """In segments and in memory alike: rank 1, a wide gap, pairs and the turn."""
    for number in (3, 8):
        probe = disturb(make_template(number), 1, turn=0.3)
        answer = searcher.search(SearchRequest(probe), asker)
        best = answer.candidates[0]
        assert best.person.id == f"P{number}"
        assert best.gap_to_next is not None
        assert best.gap_to_next > 0.1
        assert best.transform is not None
        assert best.transform.rotation == pytest.approx(0.3, abs=0.05)
        assert len(best.pairs) > 20
        assert answer.searched == answer.compared == 10


def test_ranks_and_gaps_are_consistent(searcher: Searcher, asker: Asker) -> None:
    """Scores fall, ranks rise by one, each gap is the difference to the next score."""
    candidates = searcher.search(SearchRequest(make_template(2), top=5), asker).candidates
    assert [one.rank for one in candidates] == [1, 2, 3, 4, 5]
    scores = [one.score for one in candidates]
    assert scores == sorted(scores, reverse=True)
    for one, following in pairwise(candidates):
        assert one.gap_to_next == pytest.approx(one.score - following.score)
    assert candidates[-1].gap_to_next is not None  # the sixth was compared too


def test_the_last_person_has_no_gap(searcher: Searcher, asker: Asker) -> None:
    """When all are shown there is nobody to be apart from."""
    candidates = searcher.search(SearchRequest(make_template(2), top=100), asker).candidates
    assert len(candidates) == 10
    assert candidates[-1].gap_to_next is None


def test_only_the_regions_asked_for_are_searched(searcher: Searcher, asker: Asker) -> None:
    """Other regions' persons are not candidates, and the shards searched are named."""
    answer = searcher.search(SearchRequest(make_template(0), regions=("Africa", "Americas")), asker)
    assert {one.region for one in answer.candidates} == {"Africa", "Americas"}
    assert answer.shards_searched == ("africa-tp", "americas-tp")
    assert answer.searched == 4


def test_a_known_finger_leaves_out_the_others(searcher: Searcher, asker: Asker) -> None:
    """Only prints of that finger, or of none stated, are compared."""
    answer = searcher.search(SearchRequest(make_template(0), finger=Finger.RIGHT_THUMB), asker)
    assert answer.searched == 5
    assert answer.candidates[0].person.id == "P0"
    answer = searcher.search(SearchRequest(make_template(0), finger=Finger.LEFT_RING), asker)
    assert answer.candidates == ()


def test_another_gallery_kind_is_another_gallery(searcher: Searcher, asker: Asker) -> None:
    """Unsolved latents are not tenprints."""
    request = SearchRequest(make_template(0), mode=SearchMode.PRINT_TO_LATENTS)
    answer = searcher.search(request, asker)
    assert (answer.candidates, answer.latents, answer.searched) == ((), (), 0)


def test_the_prints_of_a_person_are_one_candidate(
    searcher: Searcher, gallery: Gallery, asker: Asker
) -> None:
    """Several prints of a person share a rank, the best one first."""
    prints = [as_print(disturb(make_template(6), 4)), as_print(make_template(100))]
    enrol(gallery.catalogue, Person("P6", "BR"), prints, asker)
    best = searcher.search(SearchRequest(make_template(6)), asker).candidates[0]
    assert best.person.id == "P6"
    assert len(best.fingers) == 3
    assert best.fingers[0].score > best.fingers[1].score > best.fingers[2].score


def test_notices_come_with_the_candidate(
    searcher: Searcher, gallery: Gallery, asker: Asker
) -> None:
    """Published notices about a person are linked."""
    notice = Notice(Colour.RED, "2024/77", "FR", person_id="P3")
    publish_notices(gallery.catalogue, [notice], asker)
    best = searcher.search(SearchRequest(make_template(3)), asker).candidates[0]
    assert best.notices == (notice,)
    assert notice.path == "/v1/notices/red/2024-77"


def test_a_withdrawn_print_is_no_candidate(
    searcher: Searcher, gallery: Gallery, asker: Asker
) -> None:
    """From the next search on, whether it was in a segment or in memory."""
    for number in (1, 9):
        best = searcher.search(SearchRequest(make_template(number)), asker).candidates[0]
        withdraw_prints(gallery.catalogue, [best.fingers[0].print_id], asker)
        after = searcher.search(SearchRequest(make_template(number)), asker)
        assert f"P{number}" not in [one.person.id for one in after.candidates]


def test_the_index_loses_nothing_here(searcher: Searcher, asker: Asker) -> None:
    """Shortlist and exhaustive search give the same answer on a small gallery."""
    for number in range(0, 10, 3):
        probe = disturb(make_template(number), number)
        fast = searcher.search(SearchRequest(probe), asker)
        full = searcher.search(SearchRequest(probe, exhaustive=True), asker)
        assert [one.person.id for one in fast.candidates] == [
            one.person.id for one in full.candidates
        ]


def test_a_failed_shard_is_named(searcher: Searcher, gallery: Gallery, asker: Asker) -> None:
    """A partial answer says that it is one, and the rest is searched."""
    next(gallery.folder.glob("europe-tp*.faiss")).unlink()
    again = Searcher(Gallery(gallery.catalogue, gallery.folder), NoExtractor(), threads=1)
    answer = again.search(SearchRequest(make_template(1)), asker)
    assert list(answer.shards_failed) == ["europe-tp"]
    assert "europe-tp" not in answer.shards_searched
    assert answer.candidates[0].person.id == "P1"
    assert all(one.region != "Europe" for one in answer.candidates)


def test_an_empty_gallery_answers_with_nothing(embedded: Gallery, asker: Asker) -> None:
    """No prints, no candidates, no error."""
    answer = Searcher(embedded, NoExtractor()).search(SearchRequest(make_template(1)), asker)
    assert answer.candidates == ()
    assert answer.searched == 0


def test_every_search_is_recorded(searcher: Searcher, gallery: Gallery, asker: Asker) -> None:
    """Who, purpose, case and the persons shown; a search without hits as well."""
    searcher.search(SearchRequest(make_template(4), top=2), asker)
    searcher.search(SearchRequest(make_template(4), finger=Finger.LEFT_RING), asker)
    with gallery.catalogue.reading() as connection:
        rows = connection.execute(
            audit.select().where(audit.c.action == "search").order_by(audit.c.number)
        ).all()
    assert [(row.actor, row.purpose, row.case_ref) for row in rows] == [
        ("tester", "identification", "case-1")
    ] * 2
    shown = [json.loads(row.detail)["shown"] for row in rows]
    assert shown[0][0] == "P4"
    assert len(shown[0]) == 2
    assert shown[1] == []


def test_stages_are_timed(searcher: Searcher, asker: Asker) -> None:
    """Each stage's time is told, in the order of the flow."""
    times = searcher.search(SearchRequest(make_template(4)), asker).times
    assert list(times) == ["describe", "authorise", "shortlist", "compare", "rank", "audit"]
    assert all(math.isfinite(time) and time >= 0 for time in times.values())


@pytest.mark.parametrize("top", [0, 101])
def test_the_number_of_candidates_is_limited(top: int) -> None:
    """A request for too few or too many is refused with the limits."""
    with pytest.raises(BadRequest, match="must be from 1 to 100"):
        SearchRequest(make_template(1), top=top)


@pytest.fixture
def cards(embedded: Gallery, enrol_template) -> Gallery:  # type: ignore[no-untyped-def]
    """Twelve persons with both index fingers, half of them in segments."""
    for number in range(12):
        for finger, seed in ((Finger.RIGHT_INDEX, 100), (Finger.LEFT_INDEX, 200)):
            template = make_template(seed + number)
            enrol_template(embedded, f"C{number}", template, finger=finger)
        if number == 5:
            build(embedded.catalogue, embedded.folder)
    return embedded


def _card(number: int) -> SearchRequest:
    """Other impressions of both index fingers of a person."""
    right, left = disturb(make_template(100 + number), 5), disturb(make_template(200 + number), 6)
    others = (FingerProbe(left, Finger.LEFT_INDEX),)
    return SearchRequest(right, Finger.RIGHT_INDEX, others=others)


def test_two_fingers_find_a_person_together(cards: Gallery, asker: Asker) -> None:
    """Each print is compared with its own finger, and the scores of both count."""
    searcher = Searcher(cards, NoExtractor())
    for number in (2, 9):
        best, *_ = searcher.search(_card(number), asker).candidates
        assert best.person.id == f"C{number}"
        assert {(one.finger, one.probe) for one in best.fingers} == {
            (Finger.RIGHT_INDEX, 0),
            (Finger.LEFT_INDEX, 1),
        }
        assert len(best.pairs) >= 4


def test_fingers_of_two_persons_make_two_candidates(cards: Gallery, asker: Asker) -> None:
    """A card of which each finger is another person's brings both up."""
    mixed = FingerProbe(disturb(make_template(208), 6), Finger.LEFT_INDEX)
    request = SearchRequest(
        disturb(make_template(101), 5), Finger.RIGHT_INDEX, others=(mixed,), top=2
    )
    answer = Searcher(cards, NoExtractor()).search(request, asker)
    assert {one.person.id for one in answer.candidates} == {"C1", "C8"}


def test_several_prints_name_different_fingers() -> None:
    """What is unknown or comes twice is refused."""
    one, other = make_template(1), make_template(2)
    with pytest.raises(BadRequest, match="names its finger"):
        SearchRequest(one, others=(FingerProbe(other, Finger.LEFT_INDEX),))
    with pytest.raises(BadRequest, match="left_index: more than one"):
        SearchRequest(one, Finger.LEFT_INDEX, others=(FingerProbe(other, Finger.LEFT_INDEX),))
