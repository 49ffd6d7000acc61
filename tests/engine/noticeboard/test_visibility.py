"""What an asker may not see leaves no trace in what the asker gets, on both databases."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import product
from typing import Any

import pytest
from sqlalchemy import select

from engine.errors import NotFound
from engine.gallery.gallery import Gallery
from engine.gallery.notice_audience import is_received, is_visible
from engine.gallery.notice_query import NoticeFilter, Page
from engine.gallery.notice_store import add_file, notices_of
from engine.gallery.notice_tables import notice
from engine.identity.organisations import SECRETARIAT
from engine.noticeboard.acting import Target
from engine.noticeboard.importing import publish_notices
from engine.noticeboard.inbox import InboxPage, read_inbox
from engine.noticeboard.reading import list_images, list_notices, open_notice
from engine.noticeboard.restricting import restrict
from engine.notices import (
    EVERYBODY,
    Colour,
    Kind,
    Notice,
    NoticeStatus,
    may_receive,
    visible_to,
)
from engine.notices.file import NoticeFile
from engine.notices.lifecycle import Step
from notice_support import OWNER, READER, all_but, circulate, draft, officer, only, publish, step

TODAY = datetime(2026, 6, 1, tzinfo=UTC).date()
FIRST = Page(0, 50, TODAY)


def ids(gallery: Gallery, who: str, /, **wanted: Any) -> tuple[list[str], int]:
    """The notices that a bureau is listed, and how many there are said to be."""
    found, total = list_notices(gallery.catalogue, NoticeFilter(**wanted), FIRST, officer(who))
    return sorted(str(file.key) for file in found), total


def test_the_database_says_what_the_rule_says(gallery: Gallery) -> None:
    """Every status, kind, restriction and owner, for every sort of asker."""
    restrictions = [EVERYBODY, only("JP"), only("FR", "NA"), all_but("JP"), all_but("NA", "FR")]
    notices = [
        Notice(Colour.BLUE, f"2024/{number}", ncb, status, kind=kind, restriction=restriction)
        for number, (ncb, status, kind, restriction) in enumerate(
            product(["FR", SECRETARIAT], NoticeStatus, Kind, restrictions)
        )
    ]
    with gallery.catalogue.recording() as connection:
        for one in notices:
            add_file(connection, NoticeFile(one, 1, 1, datetime.now(UTC)))
        for ncb in ("", "FR", "JP", "NA", "DE", "J", "%", SECRETARIAT, "CCC"):
            for clause, rule in ((is_visible, visible_to), (is_received, may_receive)):
                rows = connection.execute(select(notice.c.entity_id).where(clause(ncb))).scalars()
                expected = {one.entity_id for one in notices if rule(one, ncb)}
                assert set(rows) == expected, (ncb, rule.__name__)


@pytest.fixture
def two(gallery: Gallery) -> Gallery:
    """The gallery with a notice for all, beside which a hidden one can be put."""
    publish(gallery, name="TESTOVA", nationalities=["MD"])
    return gallery


def test_a_hidden_notice_changes_no_answer(two: Gallery) -> None:
    """Lists, totals, filters, names, words and the inbox are as if it were not there."""

    def answers() -> list[object]:
        asked: list[dict[str, Any]] = [
            {},
            {"name": "testova"},
            {"name": "tsetova"},
            {"nationality": "MD"},
            {"words": "whereabouts"},
            {"ncb": "FR"},
            {"status": NoticeStatus.DRAFT},
            {"status": NoticeStatus.REQUESTED},
        ]
        entries, total = read_inbox(two.catalogue, InboxPage(0, 50), READER)
        inbox = [(str(entry.file.key), entry.event) for entry in entries]
        return [*(ids(two, "JP", **wanted) for wanted in asked), inbox, total]

    before = answers()
    publish(two, restriction=all_but("JP"), name="TESTOVA", nationalities=["MD"])
    publish(two, restriction=only("NA"), name="TESTOVA")
    circulate(two, "NA")
    step(two, draft(two, name="TESTOVA"), Step.SUBMIT, OWNER)
    draft(two)
    assert answers() == before
    assert len(ids(two, "NA")[0]) == 4


def test_pages_have_no_holes(gallery: Gallery) -> None:
    """Hidden notices take no place: each page but the last is full."""
    for number in range(6):
        publish(gallery, restriction=all_but("JP") if number % 2 else EVERYBODY)
    pages = [
        list_notices(gallery.catalogue, NoticeFilter(), Page(offset, 2, TODAY), READER)
        for offset in (0, 2, 4)
    ]
    assert [len(found) for found, _ in pages] == [2, 1, 0]
    assert {total for _, total in pages} == {3}


def test_hidden_and_missing_read_alike(gallery: Gallery) -> None:
    """The same error with the same words, for the notice and for its images."""
    hidden = publish(gallery, restriction=only("NA"))
    missing = NoticeFile(Notice(Colour.BLUE, "2024/1", "FR"), 1, 1, datetime.now(UTC))
    told = []
    for file in (hidden, missing):
        for look in (open_notice, list_images):
            with pytest.raises(NotFound) as refusal:
                look(gallery.catalogue, file.key, READER)
            told.append(str(refusal.value).replace(file.notice.entity_id, "ID"))
    assert len(set(told)) == 1


def test_a_restriction_holds_from_the_next_answer(gallery: Gallery) -> None:
    """The notice and the news of it are gone for whom it hides, and back when it is lifted."""
    file = publish(gallery)
    page = InboxPage(0, 50)
    assert read_inbox(gallery.catalogue, page, READER)[1] == 1
    restrict(gallery.catalogue, Target(file.key), all_but("JP"), OWNER)
    assert ids(gallery, "JP") == ([], 0)
    assert read_inbox(gallery.catalogue, page, READER) == ([], 0)
    with pytest.raises(NotFound):
        open_notice(gallery.catalogue, file.key, READER)
    restrict(gallery.catalogue, Target(file.key), EVERYBODY, OWNER)
    assert ids(gallery, "JP") == ([str(file.key)], 1)


def test_who_is_admitted_later_is_told_then(gallery: Gallery) -> None:
    """A bureau that may see it from now on gets the news; others not again."""
    file = publish(gallery, restriction=only("NA"))
    restrict(gallery.catalogue, Target(file.key), only("NA", "JP"), OWNER)
    page = InboxPage(0, 50)
    assert [e.event for e in read_inbox(gallery.catalogue, page, READER)[0]] == ["published"]
    assert read_inbox(gallery.catalogue, page, officer("NA"))[1] == 1


def test_links_of_a_person_are_those_that_may_be_seen(gallery: Gallery, enrol_template) -> None:
    """In force and meant for the bureau; the newest first."""
    from support import make_template  # noqa: PLC0415 - numpy is needed here alone

    enrol_template(gallery, "P1", make_template(1))
    notices = [
        Notice(Colour.BLUE, "2024/1", "FR", person_id="P1"),
        Notice(Colour.GREEN, "2024/2", "FR", person_id="P1", restriction=all_but("JP")),
        Notice(Colour.RED, "2024/3", "FR", NoticeStatus.SUSPENDED, "P1"),
    ]
    assert publish_notices(gallery.catalogue, notices, OWNER) == []
    with gallery.catalogue.reading() as connection:
        linked = {
            ncb: [one.entity_id for one in notices_of(connection, ["P1"], ncb).get("P1", [])]
            for ncb in ("JP", "NA", "FR", "")
        }
    assert linked == {
        "JP": ["2024/1"],
        "NA": ["2024/2", "2024/1"],
        "FR": ["2024/2", "2024/1"],
        "": ["2024/1"],
    }
