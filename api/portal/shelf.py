"""Probes that people look at: in memory alone, for their session, for a while.

Nothing of it is written anywhere: a probe is not kept unless its search asks for that.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

from engine.candidates import ImageFile
from engine.errors import NotFound
from engine.fingers import Finger
from engine.records import Template
from engine.stopwatch import Stopwatch

LASTS_SECONDS = 30 * 60.0
"""As long as a session without use."""

MOST_OF_SESSION = 40
"""Two cards of ten fingers, and as many searched before."""

MOST_BYTES = 256 * 1024 * 1024
"""Of all sessions; beyond it the oldest go first."""


@dataclass(frozen=True, slots=True, eq=False)
class ShelvedProbe:
    """A probe that somebody looks at.

    Attributes:
        id: made up for it.
        file: as it was sent.
        png: the print at 500 ppi.
        template: what was found in it.
        finger: which finger its sender says it is.
    """

    id: str
    file: ImageFile
    png: bytes = field(repr=False)
    template: Template
    finger: Finger = Finger.UNKNOWN

    @property
    def size(self) -> int:
        """Bytes in memory, about."""
        return len(self.file.data) + len(self.png) + 4096


@dataclass(frozen=True, slots=True, eq=False)
class RunningSearch:
    """A search of somebody: its probes, and how far it is."""

    probes: tuple[ShelvedProbe, ...]
    watch: Stopwatch

    @property
    def size(self) -> int:
        """Bytes in memory, about."""
        return sum(one.size for one in self.probes)


_Thing = ShelvedProbe | RunningSearch
_Key = tuple[str, str]


class Shelf:
    """The probes and searches of all sessions. Safe to share between threads."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Start empty."""
        self._clock = clock
        self._lock = threading.Lock()
        self._things: OrderedDict[_Key, tuple[float, _Thing]] = OrderedDict()
        self._timer: threading.Timer | None = None

    def put_probe(self, session: str, probe: ShelvedProbe) -> None:
        """Keep a probe for a session, by the id of its sign-in."""
        self._put((session, probe.id), probe)

    def put_search(self, session: str, job_id: str, search: RunningSearch) -> None:
        """Keep what a search of a session was about."""
        self._put((session, f"job:{job_id}"), search)

    def probe(self, session: str, probe_id: str) -> ShelvedProbe:
        """A probe of a session.

        Raises:
            NotFound: there is none, or not any more.
        """
        found = self._get((session, probe_id))
        if not isinstance(found, ShelvedProbe):
            raise NotFound("the image is not in memory any more: choose the file again")
        return found

    def search(self, session: str, job_id: str) -> RunningSearch | None:
        """What a search was about, None if that is forgotten."""
        found = self._get((session, f"job:{job_id}"))
        return found if isinstance(found, RunningSearch) else None

    def forget(self, session: str) -> None:
        """Drop all of a session."""
        with self._lock:
            for key in [key for key in self._things if key[0] == session]:
                del self._things[key]

    def clear(self) -> None:
        """Drop everything."""
        with self._lock:
            self._things.clear()
            if self._timer is not None:
                self._timer.cancel()
                self._timer = None

    def _put(self, key: _Key, thing: _Thing) -> None:
        """Keep something, and drop what is too old or too much."""
        with self._lock:
            self._things[key] = (self._clock(), thing)
            own = [one for one in self._things if one[0] == key[0]]
            for one in own[:-MOST_OF_SESSION]:
                del self._things[one]
            self._drop_old()
            while len(self._things) > 1 and self._bytes() > MOST_BYTES:
                self._things.popitem(last=False)
            self._arm()

    def _get(self, key: _Key) -> _Thing | None:
        """Something that is kept still."""
        with self._lock:
            self._drop_old()
            at_and_thing = self._things.get(key)
            return None if at_and_thing is None else at_and_thing[1]

    def _drop_old(self) -> None:
        """Drop what has been here too long."""
        since = self._clock() - LASTS_SECONDS
        for key in [key for key, (at, _) in self._things.items() if at <= since]:
            del self._things[key]

    def _bytes(self) -> int:
        """Bytes of all."""
        return sum(thing.size for _, thing in self._things.values())

    def _arm(self) -> None:
        """See to it that things go though nobody asks for any more."""
        if self._timer is None and self._things:
            self._timer = threading.Timer(LASTS_SECONDS + 1, self._ring)
            self._timer.daemon = True
            self._timer.start()

    def _ring(self) -> None:
        """The time of the oldest is over."""
        with self._lock:
            self._timer = None
            self._drop_old()
            self._arm()
