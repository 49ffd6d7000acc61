"""Clients that act side by side, each act with or without its row of the chain."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, replace
from multiprocessing import get_context

from benchmarks.auditing.databases import PATIENCE, Database
from engine import audit
from engine.asker import Asker
from engine.enrol import register_person
from engine.gallery.catalogue import Catalogue
from engine.persons import Person

PERSONS = 20
"""As many as a search shows."""

ASKER = Asker("bench@fr", "FR", "identification", "bench")


@dataclass(frozen=True, slots=True)
class Crowd:
    """Who acts.

    Attributes:
        clients: that act at once.
        acts: of each.
        processes: that they are spread over; those of one are threads, as in a server.
        recorded: whether each act leaves its row.
    """

    clients: int
    acts: int
    processes: int = 1
    recorded: bool = True


@dataclass(frozen=True, slots=True)
class Timing:
    """Times of one act, in milliseconds.

    Attributes:
        whole: from asking for the transaction until it is committed, the waiting included.
        held: from having the catalogue's clock until it is committed: others wait so long.
        recording: of the row alone.
    """

    whole: float
    held: float
    recording: float


def prepare(catalogue: Catalogue) -> None:
    """Record the persons that the acts are about."""
    for number in range(PERSONS):
        register_person(catalogue, Person(f"bench-{number}", "FR"), ASKER)


def act_at_once(database: Database, crowd: Crowd) -> tuple[list[Timing], float]:
    """Times of all acts of a crowd, and the seconds from the first act to the last."""
    counts = [len(range(one, crowd.clients, crowd.processes)) for one in range(crowd.processes)]
    shares = [replace(crowd, clients=count) for count in counts if count]
    if len(shares) == 1:
        return _act(database, shares[0])
    with ProcessPoolExecutor(len(shares), get_context("spawn")) as pool:
        parts = list(pool.map(_act, [database] * len(shares), shares))
    # Processes do not start together: the longest is what the others overlap with.
    return [one for timings, _ in parts for one in timings], max(took for _, took in parts)


def _act(database: Database, crowd: Crowd) -> tuple[list[Timing], float]:
    """The acts of the clients of one process."""
    ready = threading.Barrier(crowd.clients)
    with closing(database.open()) as catalogue, ThreadPoolExecutor(crowd.clients) as pool:
        _one_act(catalogue, 0, recorded=crowd.recorded)  # what the first one prepares is not timed

        def work(client: int) -> tuple[Sequence[Timing], float, float]:
            ready.wait(PATIENCE)
            start = time.perf_counter()
            timings = [
                _one_act(catalogue, client + one, recorded=crowd.recorded)
                for one in range(crowd.acts)
            ]
            return timings, start, time.perf_counter()

        done = list(pool.map(work, range(crowd.clients)))
    took = max(end for _, _, end in done) - min(start for _, start, _ in done)
    return [one for timings, _, _ in done for one in timings], took


def _one_act(catalogue: Catalogue, number: int, *, recorded: bool) -> Timing:
    """A change of the catalogue: every other one as a search that shows twenty persons."""
    asked = time.perf_counter()
    with catalogue.changing() as change:
        got = time.perf_counter()
        if recorded and number % 2:
            shown = [f"bench-{one}" for one in range(PERSONS)]
            audit.record(change.connection, ASKER, "search", "", {"shown": shown})
        elif recorded:
            subject = f"bench-{number % PERSONS}"
            audit.record(change.connection, ASKER, "read.person", subject, {})
        written = time.perf_counter()
    end = time.perf_counter()
    return Timing(*(1000 * one for one in (end - asked, end - got, written - got)))
