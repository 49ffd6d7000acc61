"""Which prints of a gallery an asker may find, cheap enough to ask before every search.

Nearly all prints are for everybody. Only the exceptions are read from the catalogue, once after
each change that concerns one, and their facts are few, however many prints share them.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from engine.asker import Asker
from engine.gallery.catalogue import Catalogue
from engine.gallery.gallery import Snapshot
from engine.gallery.handling_store import guarded_prints, read_policy_clock
from engine.gallery.latent_store import guarded_latents
from engine.gallery.segment import BoolArray, Int64Array, Segment
from engine.policy import RecordFacts, may_find

Int32Array = NDArray[np.int32]

ANYBODY = Asker("anybody")
"""Who asks for no bureau, without clearance and purpose."""


@dataclass(frozen=True, slots=True, eq=False)
class Guarded:
    """The prints that are not for everybody, on one day.

    Attributes:
        clock: number of the latest change that concerned one of them.
        day: that the retention dates were compared with.
        numbers: (E,) int64, of the prints, rising.
        kinds: (E,) int32, position of each print's facts in `facts`.
        facts: that occur among them.
    """

    clock: int
    day: date
    numbers: Int64Array
    kinds: Int32Array
    facts: tuple[RecordFacts, ...]

    def hidden_from(self, asker: Asker) -> Int64Array:
        """(H,) int64, rising: the prints that this asker's search may not find."""
        found = [may_find(asker, one, self.day) for one in self.facts]
        hidden: Int64Array = self.numbers[~np.array(found, bool)[self.kinds]]
        return hidden


class Visibility:
    """Follows which prints of a catalogue are guarded. Safe to share between threads."""

    def __init__(self, catalogue: Catalogue) -> None:
        """Take a catalogue."""
        self._catalogue = catalogue
        self._guarded: Guarded | None = None
        self._lock = threading.Lock()

    def hidden_from(self, asker: Asker) -> Int64Array:
        """Prints that this asker's search may not find, by all changes acknowledged by now."""
        with self._catalogue.reading() as connection:
            return self.guarded(connection).hidden_from(asker)

    def guarded(self, connection: Connection) -> Guarded:
        """The guarded prints as a transaction sees them."""
        clock, day = read_policy_clock(connection), datetime.now(UTC).date()
        with self._lock:
            held = self._guarded
            if held is None or (held.clock, held.day) != (clock, day):
                held = self._guarded = _read(connection, clock, day)
            return held

    def still_shows(self, connection: Connection, prints: Collection[int], asker: Asker) -> bool:
        """Whether an asker may find all these prints now.

        Within a transaction that holds the catalogue's clock, this holds until its end.
        """
        hidden = self.guarded(connection).hidden_from(asker)
        return not np.isin(np.fromiter(prints, np.int64, len(prints)), hidden).any()


def open_sizes(snapshot: Snapshot, visibility: Visibility) -> dict[str, int]:
    """Prints that everybody may find in each shard that has any: others are told of to nobody."""
    hidden = visibility.hidden_from(ANYBODY)
    sizes: Counter[str] = Counter()
    for segment in snapshot.segments:
        alive, shown = snapshot.alive(segment), shown_in(segment, hidden)
        kept = np.ones(len(segment), bool) if alive is None else alive
        sizes[segment.shard.slug] += int((kept if shown is None else kept & shown).sum())
    return {shard: count for shard, count in sorted(sizes.items()) if count}


def _read(connection: Connection, clock: int, day: date) -> Guarded:
    """The guarded prints and latents from the catalogue."""
    guarded = {**guarded_prints(connection, day), **guarded_latents(connection, day)}
    found = sorted(guarded.items())
    place: dict[RecordFacts, int] = {}
    kinds = [place.setdefault(facts, len(place)) for _, facts in found]
    numbers = np.array([number for number, _ in found], np.int64)
    return Guarded(clock, day, numbers, np.array(kinds, np.int32), tuple(place))


def shown_in(segment: Segment, hidden: Int64Array) -> BoolArray | None:
    """(P,) bool, the prints of a segment that are not hidden; None if none is."""
    places = np.searchsorted(segment.prints, hidden)
    inside = places < len(segment)
    places, numbers = places[inside], hidden[inside]
    rows = places[segment.prints[places] == numbers]
    if not len(rows):
        return None
    shown = np.ones(len(segment), bool)
    shown[rows] = False
    return shown
