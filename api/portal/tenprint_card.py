"""The tenprint card: which print stands in which of its ten fields."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.fingers import Finger
from engine.gallery.print_store import PrintRecord

FINGERS = 10

PER_HAND = 5

GOOD, FAIR = 60, 30
"""Qualities of NFIQ 2 from which a print is usually good, and from which it is of some use."""


@dataclass(frozen=True, slots=True)
class CardField:
    """One field of the card.

    Attributes:
        finger: its position.
        shown: the best print of the finger; None if there is none.
        more: the others, best first.
    """

    finger: Finger
    shown: PrintRecord | None
    more: tuple[PrintRecord, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """A tenprint card.

    Attributes:
        right, left: five fields each, from the thumb on.
        others: prints of which the finger is not known.
    """

    right: tuple[CardField, ...]
    left: tuple[CardField, ...]
    others: tuple[PrintRecord, ...]

    @property
    def filled(self) -> int:
        """Number of fields with a print."""
        return sum(field.shown is not None for field in (*self.right, *self.left))


def lay_out(prints: Sequence[PrintRecord]) -> Card:
    """Lay out the prints of a person."""
    best = sorted(prints, key=lambda one: (-one.quality, one.id))
    fields = [_field(Finger(code), best) for code in range(1, FINGERS + 1)]
    others = tuple(one for one in best if one.finger is Finger.UNKNOWN)
    return Card(tuple(fields[:PER_HAND]), tuple(fields[PER_HAND:]), others)


def quality_kind(quality: int) -> str:
    """How a quality is marked: good, fair or poor."""
    if quality >= GOOD:
        return "good"
    return "fair" if quality >= FAIR else "poor"


def _field(finger: Finger, best: Sequence[PrintRecord]) -> CardField:
    """The field of a finger."""
    mine = [one for one in best if one.finger is finger]
    return CardField(finger, mine[0] if mine else None, tuple(mine[1:]))
