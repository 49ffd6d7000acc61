"""Owners are told before the last day of their records, once, on both databases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from engine.asker import Asker
from engine.events.reading import read_events
from engine.gallery.gallery import Gallery
from engine.gallery.message_store import ThreadPart
from engine.handling import HandlingChange, change_person_handling
from engine.identity.clearance import Clearance
from engine.messaging.reading import list_opened_threads, read_opened_thread
from engine.retention import WARN_DAYS
from engine.retention_warning import warn_owners
from engine.terminal import operator
from examination_support import OWNING_OFFICER, candidate

NOW = datetime.now(UTC)
CLEARED = operator("DE")


def ends_in(gallery: Gallery, person: str, days: int, revision: int = 1) -> None:
    """Let a person's record of Germany end so many days from now."""
    wanted = HandlingChange(retention_until=NOW.date() + timedelta(days=days))
    change_person_handling(gallery.catalogue, person, wanted, revision, CLEARED)


def texts(gallery: Gallery, asker: Asker = OWNING_OFFICER) -> list[str]:
    """The messages that a bureau got."""
    part = ThreadPart(0, 50)
    found, _ = list_opened_threads(gallery.catalogue, part, asker)
    opened = [read_opened_thread(gallery.catalogue, one.thread.id, part, asker) for one in found]
    return [one.messages[0].text for one in opened]


def soon(gallery: Gallery, asker: Asker) -> list[str]:
    """Persons whose end a listener was told of."""
    found = read_events(gallery.catalogue, None, 99, asker)
    return [one.subject.id for one in found if one.act == "ends-soon"]


def test_an_owner_is_told_once(gallery: Gallery) -> None:
    """Of those that end soon, with their day; another day is told again."""
    for person in ("P", "Q"):
        candidate(gallery, person, search=f"transaction:{person}")
    ends_in(gallery, "P", WARN_DAYS - 1)
    for _ in range(2):
        warn_owners(gallery.catalogue, NOW, operator())
    assert len(texts(gallery)) == 1
    assert "P" in texts(gallery)[0].splitlines()[1]
    assert soon(gallery, OWNING_OFFICER) == ["P"]
    ends_in(gallery, "P", 5, revision=2)
    warn_owners(gallery.catalogue, NOW, operator())
    assert soon(gallery, OWNING_OFFICER) == ["P", "P"]


def test_a_message_names_no_record_of_a_higher_class(gallery: Gallery) -> None:
    """Its event is told to those who may see it."""
    candidate(gallery)
    ends_in(gallery, "P", 5)
    secret = HandlingChange(classification=Clearance.CONFIDENTIAL)
    change_person_handling(gallery.catalogue, "P", secret, 2, CLEARED)
    warn_owners(gallery.catalogue, NOW, operator())
    assert texts(gallery) == []
    assert soon(gallery, OWNING_OFFICER) == []
    assert soon(gallery, CLEARED) == ["P"]


def test_what_has_ended_is_not_warned_of(gallery: Gallery) -> None:
    """It waits to be purged, and nobody can set another day."""
    candidate(gallery)
    ends_in(gallery, "P", 5)
    warn_owners(gallery.catalogue, NOW + timedelta(days=6), operator())
    assert texts(gallery) == []
