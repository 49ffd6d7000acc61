"""Hidden records look like none, on both databases."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.asker import Asker
from engine.candidates import SearchAnswer, SearchRequest
from engine.errors import Forbidden, NotFound, StaleVersion
from engine.gallery.gallery import Gallery
from engine.handling import HandlingChange, change_person_handling, change_print_handling
from engine.identity.clearance import Clearance
from engine.lookup import look_up_image, look_up_person, look_up_print
from engine.persons import PersonStatus
from engine.policy import parse_recipients
from engine.search import Searcher
from engine.terminal import operator
from support import disturb, make_template

OFFICER = operator("DE")
DENY_FR = HandlingChange(restriction=parse_recipients("DENY", ["FR"]))
PROBE = make_template(1)


def seen(gallery: Gallery, asker: Asker) -> tuple[object, ...]:
    """All of an answer but ids and times."""
    answer: SearchAnswer = Searcher(gallery, None, 1).search(SearchRequest(PROBE), asker)  # type: ignore[arg-type]
    ranked = [
        (one.rank, one.person.id, one.score, one.gap_to_next, [f.score for f in one.fingers])
        for one in answer.candidates
    ]
    return ranked, answer.searched, answer.compared, answer.shards_searched


@pytest.mark.parametrize(
    "change",
    [
        DENY_FR,
        HandlingChange(restriction=parse_recipients("ALLOW", ["JP"])),
        HandlingChange(classification=Clearance.CONFIDENTIAL),
        HandlingChange(status=PersonStatus.WITNESS),
    ],
)
def test_a_search_answers_as_if_there_were_none(
    gallery: Gallery, asker: Asker, enrol_template, change: HandlingChange
) -> None:
    """Restricted after indexing, the best candidate leaves no hole in ranks, gaps or counts."""
    for seed in (2, 3, 4):
        enrol_template(gallery, f"P{seed}", make_template(seed))
    enrol_template(gallery, "near", disturb(PROBE, 9))
    without = seen(gallery, asker)
    enrol_template(gallery, "hidden", PROBE, ncb="DE")
    assert seen(gallery, asker) != without
    change_person_handling(gallery.catalogue, "hidden", change, 1, OFFICER)
    assert seen(gallery, asker) == without


def test_reads_answer_as_if_there_were_none(gallery: Gallery, asker: Asker, enrol_template) -> None:
    """Person, print and image, with the words for what never was; the owner still sees them."""
    number = enrol_template(gallery, "hidden", PROBE, ncb="DE").prints[0]
    change_person_handling(gallery.catalogue, "hidden", DENY_FR, 1, OFFICER)
    for look_up, there, none in (
        (look_up_person, "hidden", "nobody"),
        (look_up_print, number, 999),
        (look_up_image, number, 999),
    ):
        with pytest.raises(NotFound) as hidden:
            look_up(gallery.catalogue, there, asker)
        with pytest.raises(NotFound) as missing:
            look_up(gallery.catalogue, none, asker)
        assert str(hidden.value).replace(str(there), str(none)) == str(missing.value)
        look_up(gallery.catalogue, there, replace(asker, ncb="DE"))


def test_a_print_can_be_stricter_than_its_person(
    gallery: Gallery, asker: Asker, enrol_template
) -> None:
    """The person stays visible without it."""
    number = enrol_template(gallery, "P", PROBE, ncb="DE").prints[0]
    change_print_handling(gallery.catalogue, number, DENY_FR, 1, OFFICER)
    assert look_up_person(gallery.catalogue, "P", asker).prints == ()
    assert seen(gallery, asker)[:2] == ([], 0)


def test_only_the_owners_officers_change(gallery: Gallery, asker: Asker, enrol_template) -> None:
    """Others are refused, those to whom it is hidden find nothing, and versions count."""
    enrol_template(gallery, "P", PROBE, ncb="DE")
    with pytest.raises(Forbidden):
        change_person_handling(gallery.catalogue, "P", DENY_FR, 1, operator("FR"))
    with pytest.raises(Forbidden):
        change_person_handling(gallery.catalogue, "P", DENY_FR, 1, replace(asker, ncb="DE"))
    change_person_handling(gallery.catalogue, "P", DENY_FR, 1, OFFICER)
    with pytest.raises(StaleVersion):
        change_person_handling(gallery.catalogue, "P", DENY_FR, 1, OFFICER)
    with pytest.raises(NotFound):
        change_person_handling(gallery.catalogue, "P", DENY_FR, 2, operator("FR"))
