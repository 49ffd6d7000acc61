"""Time of each stage of a flow."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager


class Stopwatch:
    """Adds up wall time by stage, in the order of first use.

    Attributes:
        times: milliseconds of each stage that was timed.
        current: the stage that is being timed; empty between stages.
    """

    def __init__(self) -> None:
        """Start with no stages."""
        self.times: dict[str, float] = {}
        self.current = ""

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time the block as part of a stage, milliseconds."""
        start, self.current = time.perf_counter(), name
        try:
            yield
        finally:
            elapsed = 1000 * (time.perf_counter() - start)
            self.current = ""
            self.times[name] = self.times.get(name, 0.0) + elapsed
