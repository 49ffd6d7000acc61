"""Probes are in memory for their session alone, and not for long."""

from __future__ import annotations

import pytest

from api.portal.shelf import LASTS_SECONDS, MOST_OF_SESSION, Shelf, ShelvedProbe
from engine.candidates import ImageFile
from engine.errors import NotFound
from support import make_template


def probe(name: str) -> ShelvedProbe:
    """A probe."""
    return ShelvedProbe(name, ImageFile(b"x", name), b"png", make_template(1))


def test_no_session_sees_anothers_probe() -> None:
    """Though it knows the id."""
    shelf = Shelf()
    shelf.put_probe("one", probe("a"))
    assert shelf.probe("one", "a").png == b"png"
    with pytest.raises(NotFound):
        shelf.probe("two", "a")
    shelf.clear()


def test_a_probe_goes_by_itself_and_with_its_session() -> None:
    """After its time, or at the sign-out."""
    now = [0.0]
    shelf = Shelf(lambda: now[0])
    shelf.put_probe("one", probe("a"))
    shelf.put_probe("two", probe("b"))
    shelf.forget("one")
    with pytest.raises(NotFound):
        shelf.probe("one", "a")
    now[0] = LASTS_SECONDS
    with pytest.raises(NotFound):
        shelf.probe("two", "b")
    shelf.clear()


def test_a_session_has_so_many_at_most() -> None:
    """The oldest go first."""
    shelf = Shelf()
    for number in range(MOST_OF_SESSION + 1):
        shelf.put_probe("one", probe(str(number)))
    with pytest.raises(NotFound):
        shelf.probe("one", "0")
    assert shelf.probe("one", "1")
    shelf.clear()
