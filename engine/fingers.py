"""Finger positions and impression types, by the codes of ANSI/NIST-ITL and ISO/IEC 19794-2."""

from __future__ import annotations

from enum import IntEnum

from engine.errors import BadRequest


class Finger(IntEnum):
    """Friction ridge position codes 0 to 10."""

    UNKNOWN = 0
    RIGHT_THUMB = 1
    RIGHT_INDEX = 2
    RIGHT_MIDDLE = 3
    RIGHT_RING = 4
    RIGHT_LITTLE = 5
    LEFT_THUMB = 6
    LEFT_INDEX = 7
    LEFT_MIDDLE = 8
    LEFT_RING = 9
    LEFT_LITTLE = 10

    @property
    def label(self) -> str:
        """The name used in requests and answers: `right_index`."""
        return self.name.lower()


class Impression(IntEnum):
    """Impression type codes that a fingerprint record may carry."""

    LIVE_PLAIN = 0
    LIVE_ROLLED = 1
    NONLIVE_PLAIN = 2
    NONLIVE_ROLLED = 3
    LATENT_IMPRESSION = 4
    LATENT_TRACING = 5
    LATENT_PHOTO = 6
    LATENT_LIFT = 7
    LIVE_SWIPE = 8
    UNKNOWN = 29

    @property
    def label(self) -> str:
        """The name used in requests and answers: `live_plain`."""
        return self.name.lower()


def parse_finger(text: str | None) -> Finger:
    """Read a finger by name (`right_index`, `Right Index`) or code (`2`); None is unknown.

    Raises:
        BadRequest: names no finger.
    """
    if text is None or not text.strip():
        return Finger.UNKNOWN
    key = text.strip().upper().replace("-", "_").replace(" ", "_")
    if key in Finger.__members__:
        return Finger[key]
    if key.isdecimal() and int(key) in Finger._value2member_map_:
        return Finger(int(key))
    names = ", ".join(finger.label for finger in Finger)
    raise BadRequest(f"unknown finger {text!r}; known are: {names}, or the codes 0 to 10")


def parse_impression(text: str | None) -> Impression:
    """Read an impression type by name or code; None is a plain live print.

    Raises:
        BadRequest: names no impression type.
    """
    if text is None or not text.strip():
        return Impression.LIVE_PLAIN
    key = text.strip().upper().replace("-", "_").replace(" ", "_")
    if key in Impression.__members__:
        return Impression[key]
    if key.isdecimal() and int(key) in Impression._value2member_map_:
        return Impression(int(key))
    names = ", ".join(impression.label for impression in Impression)
    raise BadRequest(f"unknown impression type {text!r}; known are: {names}")
