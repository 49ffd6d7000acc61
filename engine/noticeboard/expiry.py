"""The calendar: notices end on their day, and their owners are told before."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from engine.asker import Asker
from engine.gallery.catalogue import Catalogue
from engine.gallery.notice_store import find_file, keys_in_force
from engine.noticeboard.acting import Act, conclude, with_notice
from engine.notices import NoticeKey
from engine.notices.events import Event
from engine.notices.lifecycle import Step, rule_for
from engine.notices.period import has_passed, is_near
from engine.notices.status import IN_FORCE

WARN_DAYS = 180
"""How long before its end an owner is told, unless another time is given."""


@dataclass(frozen=True, slots=True)
class Expired:
    """What a run of the calendar did.

    Attributes:
        ended: notices that are expired now.
        warned: notices whose owners were told that they end soon.
    """

    ended: tuple[NoticeKey, ...]
    warned: tuple[NoticeKey, ...]


def run_calendar(
    catalogue: Catalogue, now: datetime, asker: Asker, warn_days: int = WARN_DAYS
) -> Expired:
    """End the notices whose day has come, and warn the owners of those that end soon.

    Each notice has a transaction of its own, so an interrupted run loses nothing and a second one
    does only what is left: nobody is warned twice of the same end.
    """
    with catalogue.reading() as connection:
        due = keys_in_force(connection, now + timedelta(days=warn_days))
    ended = [key for key in due if _end(catalogue, key, now, asker)]
    warned = [key for key in due if _warn(catalogue, key, now, asker, warn_days)]
    return Expired(tuple(ended), tuple(warned))


def _end(catalogue: Catalogue, key: NoticeKey, now: datetime, asker: Asker) -> bool:
    """End a notice if its day has come; tells whether it did."""
    with catalogue.recording() as connection:
        file = find_file(connection, key)
        if file is None or file.notice.status not in IN_FORCE:
            return False
        if not has_passed(file.expires_at, now):
            return False
        rule = rule_for(file.notice.kind, file.notice.status, Step.EXPIRE)
        after = replace(with_notice(file, status=rule.after), proposed=None)
        conclude(Act(connection, asker, now, file), Step.EXPIRE, after, event=Event.EXPIRED)
        return True


def _warn(catalogue: Catalogue, key: NoticeKey, now: datetime, asker: Asker, days: int) -> bool:
    """Tell the owner that a notice ends soon, once; tells whether it did."""
    with catalogue.recording() as connection:
        file = find_file(connection, key)
        if file is None or file.notice.status not in IN_FORCE or file.warned_at is not None:
            return False
        if not is_near(file.expires_at, now, days):
            return False
        act = Act(connection, asker, now, file)
        conclude(act, "warn", replace(file, warned_at=now), event=Event.EXPIRES_SOON)
        return True
