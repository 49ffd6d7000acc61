"""Hits of confirmed cases, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from engine.asker import Asker
from engine.enrol import add_to_person
from engine.errors import BadRequest, Conflict, Forbidden, NotFound
from engine.examination.hit import HitStatus, HitStep
from engine.examining.hits import (
    acknowledge_news,
    list_opened,
    open_hit,
    read_news,
    read_statistics,
    step_hit,
)
from engine.gallery.gallery import Gallery
from engine.gallery.hit_inbox_store import NewsPart, deliver_hit
from engine.gallery.hit_store import HitCount, HitFilter, read_changes
from engine.handling import HandlingChange, change_person_handling
from engine.identity.roles import Role
from engine.policy import parse_recipients
from engine.terminal import operator
from examination_support import (
    ASKING_FIRST,
    ASKING_OFFICER,
    ASKING_SECOND,
    CENTRAL,
    EXCLUSION,
    IDENTIFICATION,
    OWNING_OFFICER,
    SECRETARY,
    STRANGER,
    candidate,
    confirmed,
    give,
    opened,
    person_of,
)
from support import as_print, make_template

EVERY = HitFilter(0, 50)
INBOX = NewsPart(0, 50)
DENY_FR = HandlingChange(restriction=parse_recipients("DENY", ["FR"]))


def news(gallery: Gallery, asker: Asker) -> list[str]:
    """What a bureau's inbox tells, newest first."""
    return [one.act for one in read_news(gallery.catalogue, INBOX, asker)[0]]


def hit_of(gallery: Gallery) -> str:
    """Id of the hit of a confirmed case of France about a record of Germany."""
    hit_id = confirmed(gallery).hit_id
    assert hit_id is not None
    return hit_id


def today() -> datetime:
    """The day of the statistics."""
    return datetime.now(UTC)


def test_a_confirmed_identification_is_a_hit(gallery: Gallery) -> None:
    """Both bureaus are told, once each, and read it; the CCC reads it as well."""
    hit_id = hit_of(gallery)
    for asker in (ASKING_OFFICER, OWNING_OFFICER):
        assert news(gallery, asker) == ["open"]
    for asker in (ASKING_OFFICER, OWNING_OFFICER, CENTRAL):
        file = open_hit(gallery.catalogue, hit_id, asker).file
        assert (file.status, file.person_id, file.case_ref) == (HitStatus.OPEN, "P", "case-1")
        assert (file.sides.asking, file.sides.owner) == ("FR", "DE")
        assert list_opened(gallery.catalogue, EVERY, asker) == ([file], 1)
    assert news(gallery, CENTRAL) == news(gallery, STRANGER) == []


def test_no_hit_before_the_second_verdict(gallery: Gallery) -> None:
    """Nor of what was excluded, or of a conflict before it is settled."""
    about = candidate(gallery)
    one, other, third = (
        opened(gallery, replace(about, search=f"transaction:{n}")) for n in range(3)
    )
    give(gallery, one, ASKING_FIRST)
    give(gallery, other, ASKING_FIRST, EXCLUSION)
    give(gallery, third, ASKING_FIRST)
    give(gallery, third, ASKING_SECOND, EXCLUSION)
    assert list_opened(gallery.catalogue, EVERY, CENTRAL) == ([], 0)
    give(gallery, third, ASKING_OFFICER)
    assert list_opened(gallery.catalogue, EVERY, CENTRAL)[1] == 1


def test_one_search_finds_a_person_once(gallery: Gallery) -> None:
    """Two prints of one person make two cases and one hit; it falls with the last of them."""
    about = candidate(gallery)
    further = [as_print(make_template(2))]
    number = add_to_person(gallery.catalogue, "P", further, OWNING_OFFICER).prints[0]
    first = confirmed(gallery, about)
    second = confirmed(gallery, replace(about, print_id=number))
    assert first.hit_id == second.hit_id
    assert news(gallery, OWNING_OFFICER) == ["open"]
    give(gallery, first.file.id, ASKING_SECOND, EXCLUSION, corrects=2)
    assert news(gallery, OWNING_OFFICER) == ["open"]
    give(gallery, second.file.id, ASKING_SECOND, EXCLUSION, corrects=2)
    assert news(gallery, OWNING_OFFICER) == ["withdraw", "open"]


def test_a_hit_falls_with_its_identification(gallery: Gallery) -> None:
    """And comes back when a supervisor confirms it; both bureaus follow."""
    done = confirmed(gallery)
    assert done.hit_id is not None
    give(gallery, done.file.id, ASKING_FIRST, EXCLUSION, corrects=1)
    fallen = open_hit(gallery.catalogue, done.hit_id, OWNING_OFFICER)
    assert fallen.file.status is HitStatus.WITHDRAWN
    give(gallery, done.file.id, ASKING_OFFICER, IDENTIFICATION)
    again = open_hit(gallery.catalogue, done.hit_id, OWNING_OFFICER)
    assert [one.act for one in again.changes] == ["open", "withdraw", "reopen"]
    assert again.file.status is HitStatus.OPEN
    assert news(gallery, ASKING_FIRST) == ["reopen", "withdraw", "open"]


def test_the_owner_has_the_word(gallery: Gallery) -> None:
    """It confirms or refuses with a reason; then either side closes."""
    hit_id = hit_of(gallery)
    with pytest.raises(Forbidden, match="confirm is for the bureau that owns"):
        step_hit(gallery.catalogue, hit_id, HitStep.CONFIRM, "", ASKING_OFFICER)
    with pytest.raises(BadRequest, match="reason"):
        step_hit(gallery.catalogue, hit_id, HitStep.REFUSE, "", OWNING_OFFICER)
    refused = step_hit(gallery.catalogue, hit_id, HitStep.REFUSE, "A twin.", OWNING_OFFICER)
    assert (refused.file.status, refused.changes[-1].reason) == (HitStatus.REFUSED, "A twin.")
    with pytest.raises(Conflict):
        step_hit(gallery.catalogue, hit_id, HitStep.CONFIRM, "", OWNING_OFFICER)
    closed = step_hit(gallery.catalogue, hit_id, HitStep.CLOSE, "Dropped.", ASKING_OFFICER)
    assert closed.file.status is HitStatus.CLOSED
    assert news(gallery, ASKING_OFFICER) == news(gallery, OWNING_OFFICER)
    assert news(gallery, ASKING_OFFICER) == ["close", "refuse", "open"]


def test_what_is_no_text_is_no_reason(gallery: Gallery) -> None:
    """Control characters and whole books are refused."""
    hit_id = hit_of(gallery)
    for reason in ("a\x00b", "x" * 5000):
        with pytest.raises(BadRequest, match="reason"):
            step_hit(gallery.catalogue, hit_id, HitStep.REFUSE, reason, OWNING_OFFICER)


def test_others_see_no_hit(gallery: Gallery) -> None:
    """Nor the General Secretariat, which counts them; in the words for what never was."""
    hit_id = hit_of(gallery)
    with pytest.raises(NotFound) as missing:
        open_hit(gallery.catalogue, "0" * 32, STRANGER)
    for asker in (STRANGER, SECRETARY, operator()):
        with pytest.raises(NotFound) as refusal:
            open_hit(gallery.catalogue, hit_id, asker)
        assert str(refusal.value).replace(hit_id, "0" * 32) == str(missing.value)
        with pytest.raises(NotFound):
            step_hit(gallery.catalogue, hit_id, HitStep.CONFIRM, "", asker)
        assert list_opened(gallery.catalogue, EVERY, asker) == ([], 0)


def test_a_hit_goes_with_the_persons_visibility(gallery: Gallery) -> None:
    """For the bureau that searched: hit, list, news and count; the owner keeps them."""
    hit_id = hit_of(gallery)
    entry = read_news(gallery.catalogue, INBOX, ASKING_OFFICER)[0][0].id
    change_person_handling(gallery.catalogue, "P", DENY_FR, 1, operator("DE"))
    day = today().date()
    for act in (open_hit, lambda c, _, a: acknowledge_news(c, entry, a)):
        with pytest.raises(NotFound):
            act(gallery.catalogue, hit_id, ASKING_OFFICER)
    assert list_opened(gallery.catalogue, EVERY, ASKING_OFFICER) == ([], 0)
    assert read_news(gallery.catalogue, INBOX, ASKING_OFFICER) == ([], 0)
    assert read_statistics(gallery.catalogue, day, day, ASKING_OFFICER) == []
    assert open_hit(gallery.catalogue, hit_id, OWNING_OFFICER).file.id == hit_id
    assert len(read_statistics(gallery.catalogue, day, day, OWNING_OFFICER)) == 1


def test_news_is_delivered_once_however_often_it_is_sent(gallery: Gallery) -> None:
    """Receivers take the same news again without noticing."""
    hit_id = hit_of(gallery)
    with gallery.catalogue.recording() as connection:
        (change,) = read_changes(connection, hit_id)
        for _ in range(2):
            deliver_hit(connection, hit_id, change, ["FR", "DE"])
    assert news(gallery, ASKING_OFFICER) == news(gallery, OWNING_OFFICER) == ["open"]


def test_news_is_read_once_and_by_whom_is_kept(gallery: Gallery) -> None:
    """Another bureau's entry is none, and so is a number that is none."""
    hit_of(gallery)
    (entry,) = read_news(gallery.catalogue, INBOX, OWNING_OFFICER)[0]
    first = acknowledge_news(gallery.catalogue, entry.id, OWNING_OFFICER)
    second = person_of("second", "DE", Role.INVESTIGATOR)
    again = acknowledge_news(gallery.catalogue, entry.id, second)
    assert (again.read_at, again.read_by) == (first.read_at, OWNING_OFFICER.actor)
    assert read_news(gallery.catalogue, NewsPart(0, 9, unread=True), second) == ([], 0)
    for number in (entry.id, 10**9, -1, 2**70):
        with pytest.raises(NotFound, match=f"no inbox entry {number}"):
            acknowledge_news(gallery.catalogue, number, STRANGER)


def test_hits_are_counted_by_day_and_regions(gallery: Gallery) -> None:
    """The secretariat and the CCC count all, a bureau its own, others none; fallen ones not."""
    about = candidate(gallery)
    confirmed(gallery, about)
    japanese = candidate(gallery, "J", "JP")
    confirmed(gallery, japanese)
    day = today().date()
    europe, asia = "Europe", "Asia & South Pacific"
    both = [HitCount(day, europe, asia, 1), HitCount(day, europe, europe, 1)]
    for asker in (SECRETARY, CENTRAL, ASKING_OFFICER):
        assert read_statistics(gallery.catalogue, day, day, asker) == both
    assert read_statistics(gallery.catalogue, day, day, OWNING_OFFICER) == both[1:]
    nobody = person_of("o", "NA", Role.NCB_OFFICER)
    assert read_statistics(gallery.catalogue, day, day, nobody) == []
    before = day - timedelta(days=1)
    assert read_statistics(gallery.catalogue, before, before, SECRETARY) == []
    with pytest.raises(BadRequest, match="give 1 to 366 days"):
        read_statistics(gallery.catalogue, day, before, SECRETARY)


def test_a_fallen_hit_is_not_counted(gallery: Gallery) -> None:
    """From the correction on."""
    done = confirmed(gallery)
    give(gallery, done.file.id, ASKING_FIRST, EXCLUSION, corrects=1)
    day = today().date()
    assert read_statistics(gallery.catalogue, day, day, SECRETARY) == []


def test_a_bureau_is_told_once_of_a_hit_on_its_own_record(gallery: Gallery) -> None:
    """It is owner and asker at once."""
    confirmed(gallery, candidate(gallery, "own", "FR"))
    assert news(gallery, ASKING_OFFICER) == ["open"]


def test_hits_are_listed_by_person(gallery: Gallery) -> None:
    """Of one person there are the hits on that person alone."""
    person = open_hit(gallery.catalogue, hit_of(gallery), OWNING_OFFICER).file.person_id
    for wanted, expected in ((person, 1), ("nobody", 0)):
        about = HitFilter(0, 50, person_id=wanted)
        assert list_opened(gallery.catalogue, about, OWNING_OFFICER)[1] == expected
