"""What is kept of a notice's life: versions, changes and findings, each with who and when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.notices.review import Review
from engine.notices.signature import Signature
from engine.notices.status import NoticeStatus


@dataclass(frozen=True, slots=True)
class Content:
    """What a version of a notice says.

    Attributes:
        fields: by the names of the public notices interface.
        person_id: person on record that it is about.
        language: that its texts are written in.
        public_extract: whether an extract may be shown to the public.
    """

    fields: Mapping[str, Any] = field(default_factory=dict)
    person_id: str | None = None
    language: str = "en"
    public_extract: bool = False


@dataclass(frozen=True, slots=True)
class Version:
    """One version; none is ever changed or deleted.

    Attributes:
        number: from 1.
        content: what it says.
        reason: why it was made; empty for the first.
        by: who wrote it.
    """

    number: int
    content: Content
    reason: str
    by: Signature


@dataclass(frozen=True, slots=True)
class Changed:
    """One thing that was done with a notice.

    Attributes:
        version: that it was done with.
        act: its name.
        status: of the notice after it.
        reasons: why.
        by: who did it.
    """

    version: int
    act: str
    status: NoticeStatus
    reasons: tuple[str, ...]
    by: Signature


@dataclass(frozen=True, slots=True)
class SignedReview:
    """A finding with who found it."""

    review: Review
    by: Signature


@dataclass(frozen=True, slots=True)
class History:
    """All that is kept, each in its order."""

    versions: tuple[Version, ...]
    changes: tuple[Changed, ...]
    reviews: tuple[SignedReview, ...]
