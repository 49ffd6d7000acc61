"""Drafts: a bureau writes a notice, and changes it until it is submitted."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from sqlalchemy import Connection

from engine.asker import Asker
from engine.errors import Conflict, Forbidden
from engine.gallery.catalogue import Catalogue
from engine.gallery.notice_log import (
    add_version,
    next_version,
    read_reviews,
    read_translations,
    write_translation,
)
from engine.gallery.notice_store import add_file, find_file
from engine.noticeboard.acting import Act, Target, acting, conclude, find_anew
from engine.noticeboard.persons import seen_status
from engine.notices import EVERYBODY, Colour, Kind, Notice, NoticeKey, NoticeStatus, Restriction
from engine.notices.checking import check_form
from engine.notices.file import NoticeFile
from engine.notices.party import OFFICER, Party, parse_owner, party_of
from engine.notices.record import Content, Version
from engine.notices.review import Review, Verdict
from engine.notices.texts import kept_texts

SERIALS = 10_000_000
"""Serial numbers are drawn, not counted: a gap would tell of notices that one may not see."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A notice that is to be written.

    Attributes:
        colour: of the notice.
        content: what it says.
        kind: notice or diffusion.
        restriction: who may see it; of a diffusion, its recipients.
        expires_at: wish for its end; None is as late as can be.
    """

    colour: Colour
    content: Content
    kind: Kind = Kind.NOTICE
    restriction: Restriction = EVERYBODY
    expires_at: datetime | None = None


def write_draft(catalogue: Catalogue, draft: Draft, asker: Asker) -> NoticeFile:
    """Record the draft of a notice of the asker's organisation.

    Raises:
        Forbidden: the asker has no role that writes.
        BadRequest: a field is unknown, forbidden in this colour, or malformed.
        NotFound: its person is not on record, or the asker may not see it.
    """
    party = party_of(asker)
    _require_author(party)
    at = datetime.now(UTC)
    with catalogue.recording() as connection:
        notice = Notice(
            colour=draft.colour,
            entity_id=_draw_number(connection, draft.colour, at.year),
            ncb=parse_owner(party.ncb),
            status=NoticeStatus.DRAFT,
            kind=draft.kind,
            restriction=draft.restriction,
        )
        file = NoticeFile(_saying(notice, draft.content), 1, 0, at, expires_at=draft.expires_at)
        check_form(file.notice)
        seen_status(connection, file.notice, asker)
        add_file(connection, file)
        act = Act(connection, asker, at, file)
        add_version(connection, file.key, Version(1, draft.content, "", act.signature))
        find_anew(connection, file)
        return conclude(act, "draft", file)


def rewrite(
    catalogue: Catalogue, target: Target, content: Content, asker: Asker, reason: str = ""
) -> NoticeFile:
    """Give a notice that nobody else has seen another content.

    A request under review changes only in answer to the General Secretariat's questions, and must
    then be reviewed anew: what was found about a version holds for that version.

    Raises:
        Forbidden: the asker's organisation does not own it, or the asker has no role that writes.
        Conflict: it is no draft, and no question about it is open.
        BadRequest: a field is unknown, forbidden in this colour, or malformed.
        NotFound: there is no such notice, or its person is not on record.
        StaleVersion: it has changed meanwhile.
    """
    with acting(catalogue, target, asker) as act:
        require_owner_author(act)
        if not _may_rewrite(act):
            raise Conflict(f"notice {act.file.key} is {act.file.notice.status}; correct it instead")
        after = show_content(act, keep_version(act, content, reason), content)
        return conclude(act, "edit", after, [reason] if reason else [])


def keep_version(act: Act, content: Content, reason: str) -> int:
    """Keep a new version; returns its number."""
    new = _saying(act.file.notice, content)
    check_form(new)
    seen_status(act.connection, new, act.asker)
    number = next_version(act.connection, new.key)
    add_version(act.connection, new.key, Version(number, content, reason, act.signature))
    return number


def show_content(act: Act, number: int, content: Content) -> NoticeFile:
    """Make a version what readers see, with the translations that still hold."""
    old, new = act.file.notice, _saying(act.file.notice, content)
    for one in read_translations(act.connection, old.key, act.file.version):
        kept = kept_texts(old, new, one)
        if kept is not None:
            write_translation(act.connection, old.key, number, kept)
    after = replace(act.file, notice=new, version=number, proposed=None)
    find_anew(act.connection, after)
    return after


def require_owner_author(act: Act) -> None:
    """Check that the asker writes for the owner.

    Raises:
        Forbidden: the asker does not.
    """
    _require_author(act.party)
    if not is_owner_author(act.file.notice, act.party):
        raise Forbidden("only its owner changes a notice")


def is_owner_author(notice: Notice, party: Party) -> bool:
    """Whether a party writes for the owner of a notice."""
    return is_author(party) and party.ncb == notice.ncb


def is_author(party: Party) -> bool:
    """Whether a party may write notices of its organisation."""
    return bool(party.ncb) and OFFICER in party.roles


def _require_author(party: Party) -> None:
    """Check that a party may write at all.

    Raises:
        Forbidden: it may not.
    """
    if not is_author(party):
        raise Forbidden(f"writing notices needs a bureau, and the role {OFFICER} there")


def _may_rewrite(act: Act) -> bool:
    """Whether nobody has decided on the content yet, and nobody is about to."""
    found = [one.review for one in read_reviews(act.connection, act.file.key)]
    return is_rewritable(act.file, found)


def is_rewritable(file: NoticeFile, found: Sequence[Review]) -> bool:
    """Whether a notice can get another content, as its reviews stand."""
    if file.notice.status is not NoticeStatus.UNDER_REVIEW:
        return file.notice.status is NoticeStatus.DRAFT
    about = [review.verdict for review in found if review.version == file.version]
    return bool(about) and about[-1] is Verdict.ASK


def _saying(notice: Notice, content: Content) -> Notice:
    """The notice with another content."""
    return replace(
        notice,
        fields=content.fields,
        person_id=content.person_id,
        language=content.language,
        public_extract=content.public_extract,
    )


def _draw_number(connection: Connection, colour: Colour, year: int) -> str:
    """An id that no notice has."""
    while True:
        key = NoticeKey(colour, f"{year}/{secrets.randbelow(SERIALS):07}")
        if find_file(connection, key) is None:
            return key.entity_id
