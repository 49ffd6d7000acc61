"""Corrections of what is in force: a new version beside the old, which is kept."""

from __future__ import annotations

from dataclasses import replace

from engine.asker import Asker
from engine.errors import BadRequest, Conflict
from engine.gallery.catalogue import Catalogue
from engine.noticeboard.acting import Target, acting, conclude, with_notice
from engine.noticeboard.drafting import keep_version, require_owner_author, show_content
from engine.noticeboard.persons import seen_status
from engine.notices import NoticeStatus
from engine.notices.checking import check_request
from engine.notices.events import Event
from engine.notices.file import NoticeFile
from engine.notices.record import Content


def correct(
    catalogue: Catalogue, target: Target, content: Content, reason: str, asker: Asker
) -> NoticeFile:
    """Correct a notice that is in force or suspended.

    A diffusion shows the correction at once. A notice shows it when the General Secretariat has
    approved it; until then readers see the old version. A further correction takes the place of
    one that waits.

    Raises:
        NotFound: there is no such notice, or the asker may not see it; or its person is unknown.
        StaleVersion: it has changed meanwhile.
        Forbidden: the asker's organisation does not own it, or the asker has no role that writes.
        Conflict: it is not in force.
        BadRequest: no reason, or the new content breaks the rules of its colour.
    """
    if not reason.strip():
        raise BadRequest("a correction needs a reason")
    with acting(catalogue, target, asker) as act:
        require_owner_author(act)
        if act.file.notice.status not in CORRECTED:
            raise Conflict(
                f"notice {act.file.key} is {act.file.notice.status}: it cannot be corrected"
            )
        new = with_notice(
            act.file,
            fields=content.fields,
            person_id=content.person_id,
            language=content.language,
            public_extract=content.public_extract,
        ).notice
        check_request(new, seen_status(act.connection, new, act.asker))
        number = keep_version(act, content, reason)
        if act.file.notice.status is NoticeStatus.CIRCULATED:
            shown = show_content(act, number, content)
            return conclude(act, "correct", shown, [reason], Event.CORRECTED)
        waiting = replace(act.file, proposed=number)
        event = Event.CORRECTION_PROPOSED
        return conclude(act, "propose", waiting, [reason], event, number)


CORRECTED = frozenset({NoticeStatus.PUBLISHED, NoticeStatus.SUSPENDED, NoticeStatus.CIRCULATED})
"""Where a notice can be corrected."""
