"""An act on a notice: one transaction for the change, its record, its news and its audit row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection

from engine import audit
from engine.asker import Asker
from engine.errors import StaleVersion
from engine.gallery.catalogue import Catalogue
from engine.gallery.notice_keys import write_keys
from engine.gallery.notice_log import add_change, read_translations
from engine.gallery.notice_store import read_file, save_file
from engine.noticeboard.persons import as_seen
from engine.noticeboard.telling import tell
from engine.notices import Notice, NoticeKey
from engine.notices.events import Event
from engine.notices.file import NoticeFile
from engine.notices.party import Party, party_of
from engine.notices.record import Changed
from engine.notices.signature import Signature


@dataclass(frozen=True, slots=True)
class Target:
    """The notice that somebody acts on.

    Attributes:
        key: what names it.
        revision: that the asker has read; None is whatever stands there now.
    """

    key: NoticeKey
    revision: int | None = None


@dataclass(frozen=True, slots=True)
class Act:
    """An open transaction on a notice.

    Attributes:
        connection: to write with.
        asker: who acts.
        at: when.
        file: the notice as it stood before.
    """

    connection: Connection
    asker: Asker
    at: datetime
    file: NoticeFile

    @property
    def party(self) -> Party:
        """Who acts, as the rules know it."""
        return party_of(self.asker)

    @property
    def signature(self) -> Signature:
        """What stands beside everything that the act leaves behind."""
        return Signature(self.asker.actor, self.asker.ncb, self.at)


@contextmanager
def acting(catalogue: Catalogue, target: Target, asker: Asker) -> Iterator[Act]:
    """A transaction on a notice that the asker may see.

    Those who may not know how often it has changed are not told: every act refuses them anyway.

    Raises:
        NotFound: there is no such notice, or the asker may not see it.
        StaleVersion: it has changed since the asker read it.
    """
    with catalogue.recording() as connection:
        file = read_file(connection, target.key, asker.ncb)
        if is_inside(file.notice, asker) and target.revision not in (None, file.revision):
            raise StaleVersion(
                f"notice {file.key} is at revision {file.revision}, not {target.revision}"
            )
        yield Act(connection, asker, datetime.now(UTC), file)


def conclude(
    act: Act,
    done: str,
    after: NoticeFile,
    reasons: Sequence[str] = (),
    event: Event | None = None,
    version: int | None = None,
) -> NoticeFile:
    """Write down an act: how the notice stands, what was done and why, the news, the audit row.

    Args:
        act: the open transaction.
        done: name of what was done.
        after: the notice as it stands now.
        reasons: why.
        event: news that it makes, None if it makes none.
        version: that it was done with; None is the one that readers see.

    Returns:
        the notice with its new revision, as far as the asker may see it.
    """
    saved = save_file(act.connection, after)
    status, about = saved.notice.status, version or saved.version
    changed = Changed(about, done, status, tuple(reasons), act.signature)
    add_change(act.connection, saved.key, changed)
    if event is not None:
        tell(act.connection, saved, event, act.at)
    detail: Mapping[str, Any] = {"version": about, "status": status, "reasons": list(reasons)}
    audit.record(act.connection, act.asker, f"notice.{done}", str(saved.key), detail)
    return as_seen(act.connection, [saved], act.asker)[0]


def is_inside(notice: Notice, asker: Asker) -> bool:
    """Whether an asker is of a notice's owner or of the General Secretariat."""
    party = party_of(asker)
    return party.is_secretariat or (bool(party.ncb) and party.ncb == notice.ncb)


def find_anew(connection: Connection, file: NoticeFile) -> None:
    """Make a notice found by what it says now."""
    write_keys(connection, file.notice, read_translations(connection, file.key, file.version))


def with_notice(file: NoticeFile, **changes: Any) -> NoticeFile:
    """The file with another notice in it."""
    return replace(file, notice=replace(file.notice, **changes))
