"""Searches of all modes, on both databases."""

from __future__ import annotations

from typing import Any

import pytest

from engine.candidates import FingerProbe, SearchRequest
from engine.errors import BadRequest
from engine.fingers import Finger
from engine.gallery.gallery import Gallery
from engine.latents.closing import close
from engine.latents.latent import LatentStatus
from engine.latents.marking import template_of_marks
from engine.lights_out import LightsOut
from engine.search import Searcher
from engine.search_modes import SearchMode, parse_mode
from indexer.builder import build
from latent_support import FRENCH, GERMAN, HIDDEN, JAPANESE, add_part, marks_of, part_of
from support import disturb, make_template

LT_TP, TP_UL, LT_LT = SearchMode.LATENT_TO_PRINTS, SearchMode.PRINT_TO_LATENTS, SearchMode.LATENTS


@pytest.fixture
def searcher(gallery: Gallery, enrol_template: Any) -> Searcher:
    """Eight persons and six latents of fingers 0 to 5, half of them in segments."""
    for seed in range(8):
        enrol_template(gallery, f"P{seed}", make_template(seed))
        if seed < 6:
            add_part(gallery, seed, GERMAN if seed % 2 else FRENCH)
        if seed == 3:
            build(gallery.catalogue, gallery.folder)
    return Searcher(gallery, None, threads=1)  # type: ignore[arg-type]


def found(searcher: Searcher, request: SearchRequest, asker: Any = FRENCH) -> list[str]:
    """Latents that a search finds, best first."""
    return [one.latent.id for one in searcher.search(request, asker).latents]


def test_a_latent_finds_its_person(searcher: Searcher) -> None:
    """By marked minutiae; no calibration of prints is stated for it."""
    for seed in (1, 5):
        probe = template_of_marks(marks_of(part_of(seed)))
        answer = searcher.search(SearchRequest(probe, mode=LT_TP), FRENCH)
        best = answer.candidates[0]
        assert (best.person.id, best.calibrated, answer.latents) == (f"P{seed}", None, ())
        assert answer.searched == 8


def test_a_print_finds_its_latent(searcher: Searcher) -> None:
    """Explained, with the owner's case for the owner alone, and no person."""
    for seed, case in ((2, "FR-case-1"), (5, "")):
        probe = disturb(make_template(seed), 9)
        answer = searcher.search(SearchRequest(probe, mode=TP_UL), FRENCH)
        best, second = answer.latents[:2]
        assert (best.latent.id.rpartition("-")[2], best.latent.case_ref) == (str(seed), case)
        assert (answer.candidates, answer.searched) == ((), 6)
        assert best.gap_to_next == pytest.approx(best.score - second.score)
        assert len(best.pairs) > 5
        assert answer.shards_searched[0] == "africa-ul"


def test_a_latent_does_not_find_itself(searcher: Searcher, gallery: Gallery) -> None:
    """A second one of the same finger is found."""
    first = add_part(gallery, 7)
    request = SearchRequest(part_of(7), mode=LT_LT)
    assert found(searcher, request)[0] == first.id
    alone = SearchRequest(part_of(7), mode=LT_LT, leave_out=first.number)
    assert first.id not in found(searcher, alone)
    assert searcher.search(alone, FRENCH).searched == 6


def test_prints_of_several_fingers_share_a_ranking(searcher: Searcher) -> None:
    """Each latent counts with the print that it is most like."""
    one, other = disturb(make_template(1), 8), disturb(make_template(4), 8)
    others = (FingerProbe(other, Finger.LEFT_INDEX),)
    request = SearchRequest(one, Finger.RIGHT_INDEX, mode=TP_UL, others=others)
    best = {one.latent.id: one.probe for one in searcher.search(request, FRENCH).latents[:2]}
    assert best == {"DE-L-1": 0, "FR-L-4": 1}


def test_ended_and_hidden_latents_are_not_found(searcher: Searcher, gallery: Gallery) -> None:
    """A hidden one changes nothing of the answer."""
    probe = disturb(make_template(6), 9)
    before = searcher.search(SearchRequest(probe, mode=TP_UL, top=3), JAPANESE)
    hidden = add_part(gallery, 6, handling=HIDDEN)
    after = searcher.search(SearchRequest(probe, mode=TP_UL, top=3), JAPANESE)
    assert [(one.rank, one.score, one.gap_to_next, one.latent) for one in after.latents] == [
        (one.rank, one.score, one.gap_to_next, one.latent) for one in before.latents
    ]
    assert (after.searched, after.compared) == (before.searched, before.compared)
    assert found(searcher, SearchRequest(probe, mode=TP_UL))[0] == hidden.id
    close(gallery.catalogue, hidden.id, LatentStatus.SOLVED, "Invented.", FRENCH)
    assert hidden.id not in found(searcher, SearchRequest(probe, mode=TP_UL))


def test_requests_that_fit_no_mode_are_refused() -> None:
    """Several prints of a latent, and a rule that decides on one."""
    probe = make_template(1)
    others = (FingerProbe(probe, Finger.LEFT_INDEX),)
    with pytest.raises(BadRequest, match="searched alone"):
        SearchRequest(probe, Finger.RIGHT_INDEX, mode=LT_TP, others=others)
    with pytest.raises(BadRequest, match="people alone"):
        SearchRequest(probe, mode=TP_UL, decision=LightsOut())
    with pytest.raises(BadRequest, match="TP-TP, LT-TP"):
        parse_mode("TP")
    assert parse_mode("lt-tp") is LT_TP
