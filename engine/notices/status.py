"""Where a notice stands in its life."""

from __future__ import annotations

from enum import StrEnum


class NoticeStatus(StrEnum):
    """Where a notice stands in its life."""

    DRAFT = "DRAFT"
    REQUESTED = "REQUESTED"
    UNDER_REVIEW = "UNDER_REVIEW"
    PUBLISHED = "PUBLISHED"
    CIRCULATED = "CIRCULATED"
    REFUSED = "REFUSED"
    SUSPENDED = "SUSPENDED"
    WITHDRAWN = "WITHDRAWN"
    CANCELLED = "CANCELLED"
    EXPIRED = "EXPIRED"


class Kind(StrEnum):
    """How a notice reaches its readers."""

    NOTICE = "notice"
    """Reviewed and published by the General Secretariat to all members."""

    DIFFUSION = "diffusion"
    """Sent by its bureau, without review, to recipients that the bureau chooses."""


IN_FORCE = frozenset({NoticeStatus.PUBLISHED, NoticeStatus.CIRCULATED})
"""Those that readers see."""

UNREAD = frozenset({NoticeStatus.DRAFT, NoticeStatus.REQUESTED, NoticeStatus.UNDER_REVIEW})
"""Those before a decision: nobody but the owner and the secretariat has seen them."""

UNDER_DECISION = frozenset({NoticeStatus.REQUESTED, NoticeStatus.UNDER_REVIEW})
"""Those that the General Secretariat has to decide on."""

TERMINAL = frozenset(
    {
        NoticeStatus.REFUSED,
        NoticeStatus.WITHDRAWN,
        NoticeStatus.CANCELLED,
        NoticeStatus.EXPIRED,
    }
)
"""The ends of a life."""
