"""What waits for a review, and which steps are open to whom."""

from __future__ import annotations

from datetime import date

from engine.asker import Asker
from engine.gallery.gallery import Gallery
from engine.gallery.notice_query import NoticeFilter, Page
from engine.noticeboard.acting import Target
from engine.noticeboard.correcting import correct
from engine.noticeboard.reading import list_notices
from engine.notices.lifecycle import Step, steps_open_to
from engine.notices.party import party_of
from notice_support import (
    OWNER,
    READER,
    SECRETARY,
    content,
    draft,
    find,
    publish,
    step,
    under_review,
)

PAGE = Page(0, 50, date(2026, 6, 1))


def waiting(gallery: Gallery, asker: Asker) -> int:
    """How many notices an asker finds that wait for a review."""
    return list_notices(gallery.catalogue, NoticeFilter(waiting=True), PAGE, asker)[1]


def test_a_request_waits_from_its_submission_to_its_end(gallery: Gallery) -> None:
    """For its owner and the General Secretariat; a draft waits for nobody."""
    file = draft(gallery)
    assert waiting(gallery, SECRETARY) == waiting(gallery, OWNER) == 0
    find(gallery, under_review(gallery, file))
    assert waiting(gallery, SECRETARY) == waiting(gallery, OWNER) == 1
    step(gallery, file, Step.PUBLISH, SECRETARY)
    assert waiting(gallery, SECRETARY) == waiting(gallery, OWNER) == 0


def test_a_correction_waits_and_readers_learn_nothing(gallery: Gallery) -> None:
    """They see the notice, and not that something about it waits."""
    file = publish(gallery)
    said = content(description="Corrected (invented).")
    correct(gallery.catalogue, Target(file.key), said, "A slip.", OWNER)
    assert waiting(gallery, SECRETARY) == waiting(gallery, OWNER) == 1
    assert waiting(gallery, READER) == 0


def test_each_side_is_offered_its_own_steps(gallery: Gallery) -> None:
    """Of a notice in force: its owner withdraws or renews, the secretariat suspends or cancels."""
    notice = publish(gallery).notice
    offered = {
        asker.ncb: {rule.step for rule in steps_open_to(notice, party_of(asker))}
        for asker in (OWNER, SECRETARY, READER)
    }
    assert offered[OWNER.ncb] == {Step.WITHDRAW, Step.RENEW}
    assert offered[SECRETARY.ncb] == {Step.SUSPEND, Step.CANCEL}
    assert offered[READER.ncb] == set()
