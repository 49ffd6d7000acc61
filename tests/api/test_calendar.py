"""What a server does by the clock."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

from api.calendar import keeping_calendar, look_at_clock
from engine.gallery.gallery import Gallery
from engine.gallery.notice_store import find_file
from engine.messages.draft import Draft
from engine.messages.priority import Priority
from engine.messaging.escalating import list_late
from engine.messaging.sending import NewThread, open_thread
from engine.notices.status import NoticeStatus
from examination_support import ASKING_OFFICER, CENTRAL
from notice_support import publish


def test_notices_end_and_late_receipts_are_told(embedded: Gallery) -> None:
    """Both by one look at the clock, and by the next nothing more."""
    notice = publish(embedded)
    new = NewThread("An invented subject", frozenset({"DE"}))
    open_thread(embedded.catalogue, new, Draft("x", Priority.FLASH), "T-1", ASKING_OFFICER)
    later = datetime.now(UTC) + timedelta(days=4000)
    for _ in range(2):
        look_at_clock(embedded.catalogue, later)
    with embedded.catalogue.reading() as connection:
        ended = find_file(connection, notice.notice.key)
    assert ended is not None
    assert ended.notice.status is NoticeStatus.EXPIRED
    assert list_late(embedded.catalogue, 0, 9, CENTRAL)[1] == 1


def test_a_server_keeps_looking(embedded: Gallery) -> None:
    """Until it ends, and it ends at once."""
    start = time.monotonic()
    with keeping_calendar(embedded.catalogue, seconds=0.05):
        time.sleep(0.2)
    assert time.monotonic() - start < 5
