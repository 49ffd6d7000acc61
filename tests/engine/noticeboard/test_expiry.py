"""The calendar, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Connection

from engine.asker import Asker
from engine.errors import CatalogueBusy
from engine.gallery.catalogue import Catalogue
from engine.gallery.gallery import Gallery
from engine.noticeboard.acting import Target
from engine.noticeboard.expiry import Expired, run_calendar
from engine.noticeboard.inbox import InboxPage, read_inbox
from engine.noticeboard.reading import open_notice
from engine.noticeboard.steps import StepOrder, take
from engine.notices import NoticeStatus
from engine.notices.file import NoticeFile
from engine.notices.lifecycle import Step
from engine.notices.period import LONGEST
from notice_support import OWNER, READER, SECRETARY, circulate, publish, step

CALENDAR = Asker("calendar", purpose="administration")
DAY = timedelta(days=1)


def run(gallery: Gallery, days: float) -> Expired:
    """Run the calendar so many days from now."""
    return run_calendar(gallery.catalogue, datetime.now(UTC) + timedelta(days=days), CALENDAR, 180)


def status(gallery: Gallery, file: NoticeFile) -> NoticeStatus:
    """How a notice stands."""
    return open_notice(gallery.catalogue, file.key, OWNER).file.notice.status


def test_a_notice_ends_on_its_day(gallery: Gallery) -> None:
    """Not before; and all its readers are told."""
    file, diffusion = publish(gallery), circulate(gallery, "JP")
    assert run(gallery, LONGEST.days - 1).ended == ()
    assert status(gallery, file) is NoticeStatus.PUBLISHED
    assert set(run(gallery, LONGEST.days + 1).ended) == {file.key, diffusion.key}
    assert status(gallery, file) is status(gallery, diffusion) is NoticeStatus.EXPIRED
    entries, _ = read_inbox(gallery.catalogue, InboxPage(0, 50), READER)
    assert [one.event for one in entries].count("expired") == 2


def test_the_owner_is_warned_once(gallery: Gallery) -> None:
    """Some days before, and not again until the notice is renewed."""
    file = publish(gallery)
    days = LONGEST.days - 100
    assert run(gallery, days - 100) == Expired((), ())
    assert run(gallery, days) == Expired((), (file.key,))
    assert run(gallery, days + 50) == Expired((), ())
    entries, _ = read_inbox(gallery.catalogue, InboxPage(0, 50), OWNER)
    assert [one.event for one in entries].count("expires-soon") == 1
    entries, _ = read_inbox(gallery.catalogue, InboxPage(0, 50), READER)
    assert "expires-soon" not in [one.event for one in entries]


def test_a_second_run_does_nothing(gallery: Gallery) -> None:
    """Neither ends nor warns again, and adds no revision."""
    file = publish(gallery)
    assert run(gallery, LONGEST.days + 1).ended == (file.key,)
    before = open_notice(gallery.catalogue, file.key, OWNER).file
    assert run(gallery, LONGEST.days + 1) == Expired((), ())
    assert open_notice(gallery.catalogue, file.key, OWNER).file == before


def test_a_renewed_notice_lives_on_and_is_warned_of_again(gallery: Gallery) -> None:
    """Renewal moves the end, and the next warning comes before the new one."""
    file = publish(gallery)
    run(gallery, LONGEST.days - 100)
    end = datetime.now(UTC) + timedelta(days=200)
    take(gallery.catalogue, Target(file.key), StepOrder(Step.RENEW, ("Again.",), end), OWNER)
    assert run(gallery, 10) == Expired((), ())
    assert run(gallery, 30).warned == (file.key,)
    assert run(gallery, 201).ended == (file.key,)


def test_the_calendar_leaves_what_is_suspended_or_over(gallery: Gallery) -> None:
    """A suspended notice is decided on by the secretariat."""
    suspended, withdrawn = publish(gallery), publish(gallery)
    step(gallery, suspended, Step.SUSPEND, SECRETARY)
    step(gallery, withdrawn, Step.WITHDRAW, OWNER)
    assert run(gallery, LONGEST.days + 1) == Expired((), ())
    assert status(gallery, suspended) is NoticeStatus.SUSPENDED


class Interrupted(Catalogue):
    """A catalogue that is held by another writer after some transactions."""

    left = 1

    @contextmanager
    def recording(self) -> Iterator[Connection]:
        """A transaction, or the end of the machine's patience."""
        if not self.left:
            raise CatalogueBusy("held by another writer")
        self.left -= 1
        with super().recording() as connection:
            yield connection


def test_an_interrupted_run_is_taken_up_again(gallery: Gallery) -> None:
    """What was ended stays so; a second run ends the rest."""
    files = [publish(gallery) for _ in range(3)]
    after = datetime.now(UTC) + LONGEST + DAY
    with pytest.raises(CatalogueBusy):
        run_calendar(Interrupted(gallery.catalogue.database), after, CALENDAR)
    states = [status(gallery, file) for file in files]
    assert states.count(NoticeStatus.EXPIRED) == 1
    assert len(run(gallery, LONGEST.days + 1).ended) == 2
