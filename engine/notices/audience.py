"""Who may see a notice: the one rule behind reading, counting, paging, links and the inbox.

`engine.gallery.notice_audience` says the same to the database; a test holds the two together.
"""

from __future__ import annotations

from engine.identity.organisations import SECRETARIAT
from engine.notices.notice import Notice
from engine.notices.status import IN_FORCE, Kind, NoticeStatus


def may_receive(notice: Notice, ncb: str) -> bool:
    """Whether news of a notice goes to an organisation.

    It goes to the owner, to those its owner admits, and to the General Secretariat unless it is
    a diffusion.
    """
    if ncb and ncb == notice.ncb:
        return True
    if ncb == SECRETARIAT and notice.kind is Kind.NOTICE:
        return True
    return notice.restriction.admits(ncb)


def visible_to(notice: Notice, ncb: str) -> bool:
    """Whether an organisation may see a notice.

    The owner always sees it. The General Secretariat sees notices from the request on, because it
    reviews and publishes them; drafts and diffusions are none of its business unless it is among
    the recipients. Others see what is in force, if the owner admits them.
    """
    if ncb and ncb == notice.ncb:
        return True
    if ncb == SECRETARIAT and notice.kind is Kind.NOTICE:
        return notice.status is not NoticeStatus.DRAFT
    return notice.status in IN_FORCE and may_receive(notice, ncb)
