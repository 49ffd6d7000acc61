"""Probes of cases, as long as they are worked on: in memory alone, and not for long.

A search drops its probe, and a case keeps but its hash. An examiner who cannot see the probe cannot
compare it, so it is given with the case or brought again; nothing of it is written down.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic

from engine.records import Template, UInt8Array

MOST = 200
"""Each takes about a quarter of a megabyte."""

KEPT = 12 * 3600.0
"""Seconds: the second examiner sits on the same shift or the next."""


@dataclass(frozen=True, slots=True, eq=False)
class CaseProbe:
    """A probe that somebody of the bureau has brought.

    Attributes:
        pixels: (H, W) uint8 at 500 ppi.
        template: with its minutiae.
    """

    pixels: UInt8Array = field(repr=False)
    template: Template


class CaseProbes:
    """The probes of one server. Safe to share between threads."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        """Start with none."""
        self._clock = clock
        self._held: OrderedDict[str, tuple[float, CaseProbe]] = OrderedDict()
        self._lock = threading.Lock()

    def put(self, case_id: str, probe: CaseProbe) -> None:
        """Hold the probe of a case; the oldest goes if there are too many."""
        with self._lock:
            self._held.pop(case_id, None)
            self._held[case_id] = (self._clock() + KEPT, probe)
            self._drop()

    def get(self, case_id: str) -> CaseProbe | None:
        """The probe of a case; None if it is not held, or not any more.

        Whoever asks has opened the case, so that they may see it.
        """
        with self._lock:
            self._drop()
            found = self._held.get(case_id)
            return None if found is None else found[1]

    def forget(self, case_id: str) -> None:
        """Let go of the probe of a case that is closed."""
        with self._lock:
            self._held.pop(case_id, None)

    def _drop(self) -> None:
        """Let go of what is over, and of what is too much."""
        now = self._clock()
        for case_id in [one for one, (until, _) in self._held.items() if until < now]:
            del self._held[case_id]
        while len(self._held) > MOST:
            self._held.popitem(last=False)
