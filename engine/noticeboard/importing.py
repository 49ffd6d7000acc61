"""Notices that another system has published already: taken over as they are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from engine.asker import Asker
from engine.errors import WhorlError
from engine.gallery.catalogue import Catalogue
from engine.gallery.notice_log import add_version
from engine.gallery.notice_store import add_file
from engine.noticeboard.acting import Act, conclude, find_anew
from engine.notices import Notice
from engine.notices.checking import check_form
from engine.notices.file import NoticeFile
from engine.notices.lifecycle import check_status
from engine.notices.period import LONGEST
from engine.notices.record import Content, Version
from engine.notices.status import IN_FORCE


def publish_notices(
    catalogue: Catalogue, notices: Sequence[Notice], asker: Asker
) -> list[tuple[Notice, WhorlError]]:
    """Record notices of another system, each in a transaction of its own.

    They need be well formed, not complete: public extracts lack much of what a request holds.
    Nobody is told, because their readers have them; five years from now they end.

    Returns:
        those refused, with the reason.
    """
    refused: list[tuple[Notice, WhorlError]] = []
    for notice in notices:
        try:
            _take_over(catalogue, notice, asker)
        except WhorlError as error:
            refused.append((notice, error))
    return refused


def _take_over(catalogue: Catalogue, notice: Notice, asker: Asker) -> None:
    """Record one notice."""
    check_form(notice)
    check_status(notice)
    at, in_force = datetime.now(UTC), notice.status in IN_FORCE
    file = NoticeFile(
        notice=notice,
        version=1,
        revision=0,
        recorded_at=at,
        published_at=at if in_force else None,
        expires_at=at + LONGEST if in_force else None,
    )
    content = Content(notice.fields, notice.person_id, notice.language, notice.public_extract)
    with catalogue.recording() as connection:
        act = Act(connection, asker, at, file)
        add_file(connection, file)
        add_version(connection, file.key, Version(1, content, "", act.signature))
        find_anew(connection, file)
        conclude(act, "import", file)
