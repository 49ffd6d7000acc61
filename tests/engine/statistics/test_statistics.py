"""Statistics on both databases: counts of what the asker may see, and no others."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from centre_support import asked, operator_in, work
from engine.asker import Asker
from engine.centre_desk.working import finish_item, take_item
from engine.errors import BadRequest, Forbidden
from engine.fingers import Finger
from engine.gallery.gallery import Gallery
from engine.handling import HandlingChange, change_person_handling
from engine.members import parse_regions
from engine.noticeboard.acting import Target
from engine.noticeboard.restricting import restrict
from engine.notices import Colour
from engine.policy import parse_recipients
from engine.search_modes import SearchMode
from engine.search_record import record_search
from engine.statistics.reading import MOST_DAYS, Statistics, read_all_statistics
from examination_support import (
    ASKING_OFFICER,
    CENTRAL,
    OWNING_OFFICER,
    SECRETARY,
    STRANGER,
    confirmed,
    person_of,
)
from notice_support import OWNER, all_but, publish


def counts(gallery: Gallery, asker: Asker) -> Statistics:
    """Statistics of today."""
    today = datetime.now(UTC).date()
    return read_all_statistics(gallery.catalogue, today, today, asker)


def test_notices_are_counted_by_those_who_see_them(gallery: Gallery) -> None:
    """By colour and region of the bureau, published today and in force."""
    file = publish(gallery, Colour.RED)
    publish(gallery, Colour.BLUE)
    found = counts(gallery, STRANGER)
    assert [(one.colour, one.region, one.notices) for one in found.published] == [
        ("blue", "Europe", 1),
        ("red", "Europe", 1),
    ]
    restrict(gallery.catalogue, Target(file.key), all_but("JP"), OWNER)
    found = counts(gallery, STRANGER)
    assert [one.colour for one in found.published] == ["blue"]
    assert [one.colour for one in found.active] == ["blue"]


def test_hits_are_counted_by_their_bureaus_and_the_network(gallery: Gallery) -> None:
    """Unless the person is hidden from them."""
    confirmed(gallery)
    for asker, expected in ((ASKING_OFFICER, 1), (CENTRAL, 1), (SECRETARY, 1), (STRANGER, 0)):
        assert sum(one.hits for one in counts(gallery, asker).hits) == expected
    hide = HandlingChange(restriction=parse_recipients("DENY", ["CCC", "FR"]))
    change_person_handling(gallery.catalogue, "P", hide, 1, OWNING_OFFICER)
    for asker in (ASKING_OFFICER, CENTRAL):
        assert counts(gallery, asker).hits == ()


def test_searches_are_counted_by_region(gallery: Gallery) -> None:
    """A bureau's own, and all for the network."""
    for asker in (ASKING_OFFICER, ASKING_OFFICER, STRANGER):
        with gallery.catalogue.recording() as connection:
            scope = ([Finger.UNKNOWN], parse_regions(None), SearchMode.PRINTS)
            record_search(connection, asker, scope, [])
    own = counts(gallery, ASKING_OFFICER).searches
    assert [(one.region, one.searches) for one in own] == [("Europe", 2)]
    every = counts(gallery, CENTRAL).searches
    assert {one.region: one.searches for one in every} == {
        "Asia & South Pacific": 1,
        "Europe": 2,
    }


def test_messages_are_counted_with_the_time_to_their_acknowledgement(gallery: Gallery) -> None:
    """To and from the asker's bureau."""
    for number in (1, 2):
        asked(gallery, number)
    anne = operator_in(gallery, "anne")
    item = work(gallery, anne)[0].id
    take_item(gallery.catalogue, item, anne)
    finish_item(gallery.catalogue, item, "Answered.", anne)
    found = counts(gallery, ASKING_OFFICER).messages
    assert [(one.region, one.received, one.owed, one.acknowledged) for one in found] == [
        ("", 2, 2, 1)
    ]
    assert 0 <= (found[0].seconds or 0) < 60
    assert found[0].day == datetime.now(UTC).date().isoformat()
    assert counts(gallery, STRANGER).messages == ()


def test_days_are_bounded(gallery: Gallery) -> None:
    """A year at most, in their order, and within the calendar."""
    today = datetime.now(UTC).date()
    for first, last in (
        (today, today - timedelta(days=1)),
        (today - timedelta(days=MOST_DAYS), today),
        (date.max, date.max),
    ):
        with pytest.raises(BadRequest, match="days in their order"):
            read_all_statistics(gallery.catalogue, first, last, STRANGER)


def test_statistics_are_for_organisations(gallery: Gallery) -> None:
    """Whoever is of none counts nothing."""
    with pytest.raises(Forbidden):
        counts(gallery, person_of("nobody", ""))
