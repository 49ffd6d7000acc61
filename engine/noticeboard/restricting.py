"""The owner's choice of who may see a notice, which holds from the next answer on."""

from __future__ import annotations

from engine.asker import Asker
from engine.errors import BadRequest
from engine.gallery.catalogue import Catalogue
from engine.members import bureaus
from engine.noticeboard.acting import Act, Target, acting, conclude, with_notice
from engine.noticeboard.drafting import require_owner_author
from engine.noticeboard.telling import tell
from engine.notices import Kind, Restriction, RestrictionMode, may_receive
from engine.notices.events import Event
from engine.notices.file import NoticeFile
from engine.notices.status import IN_FORCE


def restrict(
    catalogue: Catalogue, target: Target, restriction: Restriction, asker: Asker
) -> NoticeFile:
    """Let other bureaus see a notice than before.

    Those who may not see it any more lose the news of it as well; those who may now get it.

    Raises:
        NotFound: there is no such notice, or the asker may not see it.
        StaleVersion: it has changed meanwhile.
        Forbidden: the asker's organisation does not own it, or the asker has no role that writes.
        BadRequest: a diffusion would name those it is not for.
    """
    with acting(catalogue, target, asker) as act:
        require_owner_author(act)
        notice = act.file.notice
        if notice.kind is Kind.DIFFUSION and restriction.mode is RestrictionMode.DENY:
            raise BadRequest("a diffusion names its recipients: use ALLOW with a list, or ALL")
        after = with_notice(act.file, restriction=restriction)
        _tell_the_new(act, after)
        return conclude(act, "restrict", after)


def _tell_the_new(act: Act, after: NoticeFile) -> None:
    """Deliver a notice in force to those who may see it from now on."""
    notice = after.notice
    if notice.status not in IN_FORCE:
        return
    event = Event.PUBLISHED if notice.kind is Kind.NOTICE else Event.CIRCULATED
    new = [
        ncb
        for ncb in bureaus()
        if may_receive(notice, ncb) and not may_receive(act.file.notice, ncb)
    ]
    tell(act.connection, after, event, act.at, only=new)
