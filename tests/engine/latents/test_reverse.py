"""Reverse search: new prints against unsolved latents, told to those who may know, once."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from engine.enrol import enrol
from engine.errors import NotFound
from engine.gallery.gallery import Gallery
from engine.gallery.hit_inbox_store import NewsPart
from engine.gallery.latent_alert_store import read_covered
from engine.gallery.tables import audit
from engine.handling import HandlingChange, change_person_handling
from engine.identity.clearance import Clearance
from engine.latents import reverse
from engine.latents.alarm import alert_score
from engine.latents.alerts import acknowledge_alert, read_alerts
from engine.latents.closing import close
from engine.latents.latent import LatentStatus
from engine.latents.reverse import Reversed, search_all_new_prints, search_new_prints
from engine.persons import GalleryKind, Person, PersonStatus
from engine.policy import parse_recipients
from indexer.builder import build
from latent_support import FRENCH, GERMAN, HIDDEN, JAPANESE, add_part
from support import as_print, disturb, make_template

PART = NewsPart(0, 10)
DENY_FRANCE = HandlingChange(restriction=parse_recipients("DENY", ["FR"]))


def enrol_finger(gallery: Gallery, seed: int, person: str, asker: Any = JAPANESE) -> int:
    """Enrol another impression of a finger; returns the print's number."""
    prints = [as_print(disturb(make_template(seed), 5))]
    return enrol(gallery.catalogue, Person(person, asker.ncb), prints, asker).prints[0]


def told(gallery: Gallery, asker: Any = FRENCH) -> list[tuple[str, int]]:
    """Latent and print of the alerts that somebody reads."""
    found, total = read_alerts(gallery.catalogue, PART, asker)
    assert total == len(found)
    return [(one.latent_id, one.print_id) for one in found]


def test_a_new_print_alerts_the_latents_owner(gallery: Gallery) -> None:
    """Whether the latent is in a segment or in memory; another print alerts nobody."""
    for seed, index in ((1, True), (2, False)):
        made = add_part(gallery, seed)
        if index:
            build(gallery.catalogue, gallery.folder)
        number = enrol_finger(gallery, seed, f"JP-{seed}")
        enrol_finger(gallery, seed + 10, f"JP-{seed + 10}")
        assert search_all_new_prints(gallery) == Reversed(2, 1, done=True)
        assert told(gallery)[0] == (made.id, number)
    assert told(gallery, JAPANESE) == told(gallery, GERMAN) == []


def test_a_print_is_searched_once(gallery: Gallery) -> None:
    """Later latents do not bring it back, and nothing is left to do."""
    enrol_finger(gallery, 1, "JP-1")
    assert search_all_new_prints(gallery) == Reversed(0, 0, done=True)
    add_part(gallery, 1)
    assert search_all_new_prints(gallery) == Reversed(0, 0, done=True)
    with gallery.catalogue.reading() as connection:
        covers, now = read_covered(connection)
    assert covers == now


def test_work_that_was_cut_off_is_done_again_and_told_once(
    gallery: Gallery, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stop before the commit leaves nothing, and the next run tells what it would have told."""
    add_part(gallery, 1)
    number = enrol_finger(gallery, 1, "JP-1")

    def stop(*_: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(reverse, "write_covered", stop)
        with pytest.raises(KeyboardInterrupt):
            search_new_prints(gallery)
    assert told(gallery) == []
    again = Gallery(gallery.catalogue, gallery.folder, GalleryKind.UNSOLVED_LATENT)
    assert search_all_new_prints(again).alerts == 1
    assert told(gallery) == [("FR-L-1", number)]


def test_two_workers_tell_once(gallery: Gallery, monkeypatch: pytest.MonkeyPatch) -> None:
    """The one that comes second drops what it has found."""
    add_part(gallery, 1)
    enrol_finger(gallery, 1, "JP-1")
    match = reverse._match

    def overtaken(*given: Any) -> Any:
        monkeypatch.setattr(reverse, "_match", match)
        assert search_all_new_prints(gallery).alerts == 1
        return match(*given)

    monkeypatch.setattr(reverse, "_match", overtaken)
    assert search_new_prints(gallery) == Reversed(0, 0, done=False)
    assert len(told(gallery)) == 1


def test_portions_go_on_where_they_stopped(
    gallery: Gallery, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every print is searched, in the order of its commit."""
    monkeypatch.setattr(reverse, "PORTION", 2)
    add_part(gallery, 3)
    for seed in range(5):
        enrol_finger(gallery, seed, f"JP-{seed}")
    assert search_all_new_prints(gallery) == Reversed(5, 1, done=True)


def test_a_print_hidden_from_the_owner_is_not_told(gallery: Gallery) -> None:
    """Hidden before, there is no alert; hidden later, the alert is gone while it is."""
    for seed in (1, 2):
        add_part(gallery, seed)
        enrol_finger(gallery, seed, f"JP-{seed}")
    change_person_handling(gallery.catalogue, "JP-1", DENY_FRANCE, 1, JAPANESE)
    assert search_all_new_prints(gallery).alerts == 1
    assert [latent for latent, _ in told(gallery)] == ["FR-L-2"]
    change_person_handling(gallery.catalogue, "JP-2", DENY_FRANCE, 1, JAPANESE)
    assert told(gallery) == []
    with pytest.raises(NotFound):
        acknowledge_alert(gallery.catalogue, 1, FRENCH)


def test_a_witness_is_not_found_for_a_crime(gallery: Gallery) -> None:
    """A latent of an investigation raises no alert about people who are no suspects."""
    add_part(gallery, 1)
    prints = [as_print(disturb(make_template(1), 5))]
    person = Person("JP-1", "JP", status=PersonStatus.WITNESS)
    enrol(gallery.catalogue, person, prints, JAPANESE)
    assert search_all_new_prints(gallery).alerts == 0


def test_a_reader_needs_the_clearance(gallery: Gallery) -> None:
    """Of the latent and of the print."""
    add_part(gallery, 1)
    enrol_finger(gallery, 1, "JP-1")
    restricted = HandlingChange(classification=Clearance.RESTRICTED)
    change_person_handling(gallery.catalogue, "JP-1", restricted, 1, JAPANESE)
    search_all_new_prints(gallery)
    assert len(told(gallery)) == 1
    assert told(gallery, replace(FRENCH, clearance=Clearance.OFFICIAL)) == []


def test_the_enroller_learns_nothing_of_a_hidden_latent(gallery: Gallery) -> None:
    """No row that names its person tells of a latent, before the owner reads and after."""
    add_part(gallery, 1, handling=HIDDEN)
    enrol_finger(gallery, 1, "JP-1")
    search_all_new_prints(gallery)
    assert len(told(gallery)) == 1
    with gallery.catalogue.reading() as connection:
        rows = connection.execute(select(audit.c.action, audit.c.persons, audit.c.detail)).all()
    named = {row.action for row in rows if row.persons}
    assert named == {"enrol", "list.prints"}
    assert all("JP-1" not in row.detail for row in rows if "latent" in row.action)


def test_an_ended_latent_raises_no_alert(gallery: Gallery) -> None:
    """Its owner has found whose it is."""
    made = add_part(gallery, 1)
    close(gallery.catalogue, made.id, LatentStatus.SOLVED, "Invented.", FRENCH)
    enrol_finger(gallery, 1, "JP-1")
    assert search_all_new_prints(gallery) == Reversed(0, 0, done=True)


def test_who_reads_first_is_named(gallery: Gallery) -> None:
    """An alert that was read is not among the unread."""
    add_part(gallery, 1)
    enrol_finger(gallery, 1, "JP-1")
    search_all_new_prints(gallery)
    number = read_alerts(gallery.catalogue, PART, FRENCH)[0][0].id
    acknowledge_alert(gallery.catalogue, number, FRENCH)
    again = acknowledge_alert(gallery.catalogue, number, replace(FRENCH, actor="other@fr"))
    assert again.read_by == "examiner@fr"
    assert read_alerts(gallery.catalogue, replace(PART, unread=True), FRENCH) == ([], 0)
    with pytest.raises(NotFound):
        acknowledge_alert(gallery.catalogue, number, GERMAN)


def test_fewer_minutiae_ask_for_a_higher_score() -> None:
    """Small parts are alike by chance more often."""
    scores = [alert_score(count) for count in (5, 8, 12, 20, 40, 255)]
    assert scores == sorted(scores, reverse=True)
    assert scores[-1] == 0.215
