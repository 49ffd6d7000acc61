"""A notice with what is known about its state on record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from engine.notices.notice import Notice, NoticeKey


@dataclass(frozen=True, slots=True)
class NoticeFile:
    """A notice on record.

    Attributes:
        notice: as readers see it.
        version: of its content, from 1.
        revision: counts every change of whatever kind, from 1.
        recorded_at: when it was first recorded.
        proposed: version that waits for its review; None if none does.
        published_at: when it was published or circulated; None before.
        expires_at: when it ends, or its owner's wish for that; None is as late as can be.
        warned_at: when its owner was told that it ends soon.
    """

    notice: Notice
    version: int
    revision: int
    recorded_at: datetime
    proposed: int | None = None
    published_at: datetime | None = None
    expires_at: datetime | None = None
    warned_at: datetime | None = None

    @property
    def key(self) -> NoticeKey:
        """What names the notice."""
        return self.notice.key

    @property
    def reviewed_version(self) -> int:
        """The version that a review is about."""
        return self.version if self.proposed is None else self.proposed
