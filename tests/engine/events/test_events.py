"""Events on both databases: noted with the act, read by whom they concern while these may."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from centre_support import asked, operator_in
from engine.asker import Asker
from engine.errors import Forbidden
from engine.events import EventKind, Subject, SubjectKind
from engine.events.noting import note_event
from engine.events.reading import KEPT, forget_old, read_events
from engine.gallery.gallery import Gallery
from engine.handling import HandlingChange, change_person_handling
from engine.identity.clearance import Clearance
from engine.identity.roles import Scope
from engine.messaging.escalating import escalate
from engine.noticeboard.acting import Target
from engine.noticeboard.restricting import restrict
from engine.notices import Colour
from engine.policy import parse_recipients
from engine.terminal import operator
from examination_support import (
    ASKING_OFFICER,
    CENTRAL,
    OWNING_OFFICER,
    STRANGER,
    confirmed,
    person_of,
)
from notice_support import OWNER, all_but, publish

HIDE = HandlingChange(restriction=parse_recipients("DENY", ["FR"]))


def told(gallery: Gallery, asker: Asker, after: str | None = None) -> list[tuple[str, str]]:
    """Kind and act of each event that somebody is told of."""
    found = read_events(gallery.catalogue, after, 100, asker)
    return [(one.kind.value, one.act) for one in found]


def test_a_hit_is_told_to_its_bureaus_and_the_centre(gallery: Gallery) -> None:
    """And to nobody else; the CCC has work with it."""
    confirmed(gallery)
    assert told(gallery, ASKING_OFFICER) == [("hit", "open")]
    assert told(gallery, OWNING_OFFICER) == [("hit", "open")]
    assert told(gallery, CENTRAL) == [("hit", "open"), ("centre", "opened")]
    assert told(gallery, STRANGER) == []


def test_what_is_hidden_by_now_is_not_told(gallery: Gallery) -> None:
    """Though it was noted before; and whoever has its token goes on as before."""
    confirmed(gallery)
    token = read_events(gallery.catalogue, None, 9, ASKING_OFFICER)[0].token
    change_person_handling(gallery.catalogue, "P", HIDE, 1, OWNING_OFFICER)
    assert told(gallery, ASKING_OFFICER) == []
    asked(gallery)
    thread = asked(gallery, 2).thread
    operator_in(gallery, "anne")
    assert told(gallery, ASKING_OFFICER, token) == []
    assert thread.parties == {"FR", "CCC"}
    assert told(gallery, OWNING_OFFICER) == [("hit", "open"), ("record", "handling")]


def test_a_notice_is_told_to_those_it_is_for(gallery: Gallery) -> None:
    """A restriction takes the news away again; an orange one is work for the CCC."""
    file = publish(gallery, Colour.ORANGE)
    assert ("notice", "published") in told(gallery, STRANGER)
    assert ("centre", "opened") in told(gallery, CENTRAL)
    restrict(gallery.catalogue, Target(file.key), all_but("JP", "CCC"), OWNER)
    assert told(gallery, STRANGER) == []


def test_a_message_is_told_to_its_receivers(gallery: Gallery) -> None:
    """When it comes, and to both sides when its acknowledgement is late."""
    asked(gallery)
    assert told(gallery, CENTRAL) == [("message", "received"), ("centre", "opened")]
    escalate(gallery.catalogue, datetime.now(UTC) + timedelta(days=30), operator())
    assert told(gallery, ASKING_OFFICER) == [("message", "late")]
    assert ("message", "escalated") in told(gallery, CENTRAL)


@pytest.mark.parametrize(
    ("scopes", "kinds"),
    [
        ({Scope.READ}, {"hit", "alert", "record"}),
        ({Scope.MESSAGE}, {"message", "centre"}),
        ({Scope.NOTICE_READ}, {"notice"}),
        ({Scope.ADMIN}, set()),
    ],
)
def test_the_right_to_read_is_the_right_to_be_told(
    gallery: Gallery, scopes: set[Scope], kinds: set[str]
) -> None:
    """One of each kind, about nothing that is hidden."""
    with gallery.catalogue.recording() as connection:
        for kind in EventKind:
            note_event(connection, kind, "test", Subject(SubjectKind.FREE, "x"), ["FR"])
    asker = replace(ASKING_OFFICER, scopes=frozenset(scopes))
    assert {kind for kind, _ in told(gallery, asker)} == kinds


def test_a_person_beside_the_subject_must_be_seen(gallery: Gallery) -> None:
    """By bureau and by clearance."""
    confirmed(gallery)
    with gallery.catalogue.recording() as connection:
        about = Subject(SubjectKind.FREE, "A-1", person_id="P")
        note_event(connection, EventKind.ALERT, "reverse-hit", about, ["JP"])
    assert told(gallery, STRANGER) == [("alert", "reverse-hit")]
    secret = HandlingChange(classification=Clearance.CONFIDENTIAL)
    cleared = replace(OWNING_OFFICER, clearance=Clearance.CONFIDENTIAL)
    change_person_handling(gallery.catalogue, "P", secret, 1, cleared)
    assert told(gallery, STRANGER) == []
    assert told(gallery, replace(STRANGER, clearance=Clearance.CONFIDENTIAL)) != []


def test_reading_goes_on_after_a_token(gallery: Gallery) -> None:
    """In order, each once; an unknown token begins with all that is kept."""
    for number in range(5):
        asked(gallery, number)
    every = read_events(gallery.catalogue, None, 100, CENTRAL)
    seen, token = [], None
    while found := read_events(gallery.catalogue, token, 3, CENTRAL):
        seen += [one.token for one in found]
        token = found[-1].token
    assert seen == [one.token for one in every]
    assert len(read_events(gallery.catalogue, "f" * 32, 100, CENTRAL)) == len(every)


def test_bureaus_know_an_event_by_tokens_of_their_own(gallery: Gallery) -> None:
    """So that none can ask from where another stands, and no number shows a gap."""
    confirmed(gallery)
    tokens = [
        read_events(gallery.catalogue, None, 1, one)[0].token
        for one in (ASKING_OFFICER, OWNING_OFFICER, CENTRAL)
    ]
    assert len(set(tokens)) == 3
    assert told(gallery, OWNING_OFFICER, tokens[0]) == [("hit", "open")]


def test_old_events_are_forgotten(gallery: Gallery) -> None:
    """After thirty days."""
    asked(gallery)
    forget_old(gallery.catalogue, datetime.now(UTC) + KEPT - timedelta(hours=1), operator())
    assert told(gallery, CENTRAL) != []
    forget_old(gallery.catalogue, datetime.now(UTC) + KEPT + timedelta(hours=1), operator())
    assert told(gallery, CENTRAL) == []


def test_an_act_that_fails_leaves_no_event(gallery: Gallery) -> None:
    """They are of one transaction."""

    def fail() -> None:
        with gallery.catalogue.recording() as connection:
            note_event(connection, EventKind.HIT, "test", Subject(SubjectKind.FREE, "x"), ["FR"])
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert told(gallery, ASKING_OFFICER) == []


def test_events_are_told_to_organisations(gallery: Gallery) -> None:
    """Whoever is of none is told of nothing."""
    with pytest.raises(Forbidden):
        told(gallery, person_of("nobody", ""))
