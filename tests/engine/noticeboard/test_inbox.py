"""The inboxes of bureaus, on both databases."""

from __future__ import annotations

import pytest

from engine.errors import Forbidden, NotFound
from engine.gallery.gallery import Gallery
from engine.identity.organisations import SECRETARIAT
from engine.members import bureaus
from engine.noticeboard.inbox import InboxPage, acknowledge, read_inbox
from engine.noticeboard.reading import list_receipts
from engine.notices.lifecycle import Step
from engine.notices.review import Verdict
from notice_support import (
    OWNER,
    READER,
    SECRETARY,
    circulate,
    draft,
    find,
    officer,
    only,
    publish,
    step,
    under_review,
)

ALL = InboxPage(0, 50)


def news(gallery: Gallery, ncb: str, page: InboxPage = ALL) -> list[str]:
    """What a bureau's inbox tells, newest first."""
    return [one.event.value for one in read_inbox(gallery.catalogue, page, officer(ncb))[0]]


def test_a_publication_reaches_every_member(gallery: Gallery) -> None:
    """Each of them once, the owner and the secretariat as well."""
    file = publish(gallery)
    receipts = list_receipts(gallery.catalogue, file.key, OWNER)
    told = sorted(one.ncb for one in receipts if one.event == "published")
    assert told == sorted([*bureaus(), SECRETARIAT])


def test_what_happens_later_reaches_them_too(gallery: Gallery) -> None:
    """Suspension, resumption, renewal and withdrawal, in order."""
    file = publish(gallery)
    step(gallery, file, Step.SUSPEND, SECRETARY)
    step(gallery, file, Step.RESUME, SECRETARY)
    step(gallery, file, Step.RENEW, OWNER)
    step(gallery, file, Step.WITHDRAW, OWNER)
    expected = ["withdrawn", "renewed", "resumed", "suspended", "published"]
    assert news(gallery, "JP") == expected


def test_the_request_is_between_owner_and_secretariat(gallery: Gallery) -> None:
    """Questions and refusal go to the owner, the request to the secretariat, to others nothing."""
    file = under_review(gallery, draft(gallery))
    find(gallery, file, Verdict.ASK)
    find(gallery, file, Verdict.REFUSE)
    step(gallery, file, Step.REFUSE, SECRETARY)
    assert news(gallery, "FR") == ["refused", "questioned", "under-review"]
    assert news(gallery, SECRETARIAT) == ["requested"]
    assert news(gallery, "JP") == []


def test_news_of_restricted_notices_and_diffusions(gallery: Gallery) -> None:
    """Only those that they are for, and the owner."""
    publish(gallery, restriction=only("NA"))
    circulate(gallery, "JP")
    assert news(gallery, "NA") == ["published"]
    assert news(gallery, "JP") == ["circulated"]
    assert news(gallery, "DE") == []
    assert "circulated" not in news(gallery, SECRETARIAT)


def test_an_entry_is_read_once_and_by_whom_is_kept(gallery: Gallery) -> None:
    """A second reader changes nothing; the owner sees who has read it."""
    file = publish(gallery)
    (entry,) = read_inbox(gallery.catalogue, ALL, READER)[0]
    assert entry.read_at is None
    first = acknowledge(gallery.catalogue, entry.id, READER)
    again = acknowledge(gallery.catalogue, entry.id, officer("JP", "second"))
    assert (again.read_at, again.read_by) == (first.read_at, READER.actor)
    assert news(gallery, "JP", InboxPage(0, 50, unread=True)) == []
    receipts = list_receipts(gallery.catalogue, file.key, OWNER)
    assert [one.read_by for one in receipts if one.ncb == "JP"] == [READER.actor]


def test_nobody_reads_or_marks_anothers_inbox(gallery: Gallery) -> None:
    """An entry of another bureau is answered like none."""
    publish(gallery)
    (entry,) = read_inbox(gallery.catalogue, ALL, READER)[0]
    for number in (entry.id, 10**9, -1, 2**70):
        with pytest.raises(NotFound, match=f"no inbox entry {number}"):
            acknowledge(gallery.catalogue, number, officer("DE"))
    with pytest.raises(Forbidden):
        read_inbox(gallery.catalogue, ALL, officer(""))


def test_receipts_are_for_owner_and_secretariat(gallery: Gallery) -> None:
    """Who has read a notice is not told to its readers."""
    file = publish(gallery)
    assert list_receipts(gallery.catalogue, file.key, SECRETARY)
    with pytest.raises(Forbidden):
        list_receipts(gallery.catalogue, file.key, READER)


def test_an_inbox_is_read_page_by_page(gallery: Gallery) -> None:
    """Newest first, with the number of all."""
    for _ in range(3):
        publish(gallery)
    first, total = read_inbox(gallery.catalogue, InboxPage(0, 2), READER)
    rest, _ = read_inbox(gallery.catalogue, InboxPage(2, 2), READER)
    numbers = [one.id for one in (*first, *rest)]
    assert total == len(numbers) == 3
    assert numbers == sorted(numbers, reverse=True)
