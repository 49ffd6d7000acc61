"""Names of the Fingerprint Verification Competitions: finger, underscore, impression."""

from __future__ import annotations

import re

_NAME = re.compile(r"(.+?)[_-](\d{1,6})")


def parse_name(stem: str) -> tuple[str, int] | None:
    """Finger and impression of a name such as `101_3` or `left-index-2`; None if it has none."""
    match = _NAME.fullmatch(stem)
    return (match[1], int(match[2])) if match else None


def natural(text: str) -> tuple[tuple[int, int, str], ...]:
    """A key that sorts 2 before 10."""
    parts = re.split(r"(\d+)", text)
    return tuple((0, int(p), p) if p.isdecimal() else (1, 0, p) for p in parts if p)
