"""Who may see a notice, said to the database: the same as `engine.notices.audience`."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, false, or_

from engine.gallery.notice_tables import notice
from engine.identity.organisations import SECRETARIAT
from engine.notices import Kind, NoticeStatus, Restriction, RestrictionMode
from engine.notices.status import IN_FORCE


def join_codes(restriction: Restriction) -> str:
    """The bureaus of a restriction as the column `ncbs` holds them."""
    return "".join(f"|{ncb}" for ncb in sorted(restriction.ncbs)) + "|" * bool(restriction.ncbs)


def split_codes(mode: str, ncbs: str) -> Restriction:
    """The restriction of a row."""
    return Restriction(RestrictionMode(mode), frozenset(filter(None, ncbs.split("|"))))


def is_received(ncb: str) -> ColumnElement[bool]:
    """`may_receive` of an organisation, for the rows of `notice`."""
    return or_(_is_own(ncb), _is_overseen(ncb), _is_admitted(ncb))


def is_visible(ncb: str) -> ColumnElement[bool]:
    """`visible_to` of an organisation, for the rows of `notice`."""
    seen = and_(_is_overseen(ncb), notice.c.status != NoticeStatus.DRAFT.value)
    in_force = notice.c.status.in_([status.value for status in IN_FORCE])
    return or_(_is_own(ncb), seen, and_(in_force, is_received(ncb)))


def is_inside(ncb: str) -> ColumnElement[bool]:
    """Whether the organisation may know of a notice's life: its owner, and the secretariat."""
    return or_(_is_own(ncb), _is_overseen(ncb))


def _is_own(ncb: str) -> ColumnElement[bool]:
    """Whether the organisation is the owner."""
    return notice.c.ncb == ncb if ncb else false()


def _is_overseen(ncb: str) -> ColumnElement[bool]:
    """Whether the organisation is the General Secretariat, and it is no diffusion."""
    return notice.c.kind == Kind.NOTICE.value if ncb == SECRETARIAT else false()


def _is_admitted(ncb: str) -> ColumnElement[bool]:
    """Whether the owner's restriction admits the bureau."""
    every = notice.c.restriction == RestrictionMode.ALL.value
    if not ncb:
        return every
    listed = notice.c.ncbs.contains(f"|{ncb}|", autoescape=True)
    allow = notice.c.restriction == RestrictionMode.ALLOW.value
    deny = notice.c.restriction == RestrictionMode.DENY.value
    return or_(every, and_(allow, listed), and_(deny, ~listed))
