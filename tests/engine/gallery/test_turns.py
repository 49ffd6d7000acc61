"""Writers of one process take turns."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import pytest

from engine.errors import CatalogueBusy
from engine.gallery.turns import Turns

CROWD = 8


def run(threads: list[threading.Thread]) -> None:
    """Start all and wait for all."""
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def await_that(holds: Callable[[], bool]) -> None:
    """Wait for something that another thread does."""
    while not holds():
        time.sleep(0.001)


def test_the_order_is_that_of_asking() -> None:
    """Who comes again stands behind those who wait."""
    turns, order = Turns(1, 60), list[int]()

    def work(number: int) -> None:
        for _ in range(2):
            with turns.turn():
                order.append(number)

    with turns.turn():
        threads = [threading.Thread(target=work, args=(number,)) for number in range(CROWD)]
        for number, thread in enumerate(threads, 1):
            thread.start()
            await_that(lambda number=number: len(turns._waiting) == number)
    for thread in threads:
        thread.join()
    assert order[:CROWD] == list(range(CROWD))
    assert sorted(order) == sorted([*range(CROWD)] * 2)


def test_no_more_than_the_places_are_inside() -> None:
    """However many ask."""
    turns, lock, inside, most = Turns(3, 60), threading.Lock(), [0], [0]

    def work() -> None:
        for _ in range(20):
            with turns.turn():
                with lock:
                    inside[0] += 1
                    most[0] = max(most[0], inside[0])
                with lock:
                    inside[0] -= 1

    run([threading.Thread(target=work) for _ in range(CROWD)])
    assert inside == [0]
    assert 1 <= most[0] <= 3


def test_who_waits_too_long_is_told() -> None:
    """And leaves the queue: the place goes to whoever asks next."""
    turns = Turns(1, 0.01)
    with turns.turn(), pytest.raises(CatalogueBusy, match="try again"), turns.turn():
        pass
    with turns.turn():
        """The place is free again."""


def test_a_failure_leaves_the_place() -> None:
    """Nobody waits for a writer that is gone."""
    turns = Turns(1, 0.01)
    for _ in range(2):
        with pytest.raises(RuntimeError), turns.turn():
            raise RuntimeError
