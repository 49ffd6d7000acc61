"""Reading notices: one, a page of them, and what their owner and the secretariat may know."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from engine import audit
from engine.asker import Asker
from engine.errors import Forbidden
from engine.gallery.catalogue import Catalogue
from engine.gallery.inbox_store import Receipt, read_receipts
from engine.gallery.notice_log import read_history, read_translations
from engine.gallery.notice_query import NoticeFilter, Page, list_files
from engine.gallery.notice_store import read_file
from engine.gallery.print_store import PrintRecord
from engine.noticeboard.acting import is_inside
from engine.noticeboard.persons import as_seen, history_as_seen
from engine.notices import Notice, NoticeKey
from engine.notices.file import NoticeFile
from engine.notices.record import History
from engine.notices.texts import Reading, read_in
from engine.seeing import see_prints_of, sees_person


@dataclass(frozen=True, slots=True)
class Opened:
    """A notice that somebody opened.

    Attributes:
        file: as it stands.
        reading: its fields in the language asked for.
        inside: whether the asker is its owner or the General Secretariat.
    """

    file: NoticeFile
    reading: Reading
    inside: bool


def open_notice(
    catalogue: Catalogue, key: NoticeKey, asker: Asker, language: str | None = None
) -> Opened:
    """A notice in a language; none is that of the original.

    Raises:
        NotFound: there is no such notice, or the asker may not see it.
    """
    with catalogue.recording() as connection:
        file = read_file(connection, key, asker.ncb)
        audit.record(connection, asker, "read.notice", str(key), {"version": file.version})
        texts = read_translations(connection, key, file.version)
        inside = is_inside(file.notice, asker)
        (file,) = as_seen(connection, [file], asker)
    wanted = language or file.notice.language
    return Opened(file, read_in(file.notice, wanted, texts), inside)


def list_notices(
    catalogue: Catalogue, wanted: NoticeFilter, page: Page, asker: Asker
) -> tuple[list[NoticeFile], int]:
    """A page of the notices that the asker may see, and the number of all that fit.

    About a person whom the asker may not see there are none.

    Raises:
        BadRequest: too many words.
    """
    with catalogue.recording() as connection:
        named = wanted.person_id
        about_none = named is not None and not sees_person(connection, named, asker)
        found, total = ([], 0) if about_none else list_files(connection, wanted, asker.ncb, page)
        shown = [str(file.key) for file in found]
        audit.record(connection, asker, "list.notices", "", {"shown": shown})
        return as_seen(connection, found, asker), total


def list_images(
    catalogue: Catalogue, key: NoticeKey, asker: Asker
) -> tuple[Notice, list[PrintRecord]]:
    """A notice with the prints of the person that it is about.

    Raises:
        NotFound: there is no such notice, or the asker may not see it.
    """
    with catalogue.recording() as connection:
        notice = read_file(connection, key, asker.ncb).notice
        audit.record(connection, asker, "read.notice-images", str(key), {})
        prints = _prints_about(connection, notice, asker)
        return notice, prints


def _prints_about(connection: Connection, notice: Notice, asker: Asker) -> list[PrintRecord]:
    """The prints that the asker may see of the person that a notice is about."""
    if notice.person_id is None or not sees_person(connection, notice.person_id, asker):
        return []
    return see_prints_of(connection, notice.person_id, asker)


def read_life(catalogue: Catalogue, key: NoticeKey, asker: Asker) -> History:
    """All versions, changes and findings of a notice.

    Raises:
        NotFound: there is no such notice, or the asker may not see it.
        Forbidden: the asker is neither its owner nor the General Secretariat.
    """
    with catalogue.recording() as connection:
        _require_inside(read_file(connection, key, asker.ncb).notice, asker)
        audit.record(connection, asker, "read.notice-history", str(key), {})
        return history_as_seen(connection, read_history(connection, key), asker)


def list_receipts(catalogue: Catalogue, key: NoticeKey, asker: Asker) -> list[Receipt]:
    """Who got news of a notice, and who has read it.

    Raises:
        NotFound: there is no such notice, or the asker may not see it.
        Forbidden: the asker is neither its owner nor the General Secretariat.
    """
    with catalogue.recording() as connection:
        _require_inside(read_file(connection, key, asker.ncb).notice, asker)
        audit.record(connection, asker, "read.notice-receipts", str(key), {})
        return read_receipts(connection, key)


def _require_inside(notice: Notice, asker: Asker) -> None:
    """Check that an asker may know a notice's life.

    Raises:
        Forbidden: the asker may not.
    """
    if not is_inside(notice, asker):
        raise Forbidden("the life of a notice is for its owner and the General Secretariat")
