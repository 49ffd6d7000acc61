"""A server that follows its index by itself."""

from __future__ import annotations

import time

from api.following import keeping_up
from engine.gallery.gallery import Gallery
from engine.protection.erasing import erase_own_person, purge_copies
from engine.terminal import operator
from indexer.builder import build
from support import make_template


def test_an_idle_server_lets_go_of_erased_prints(embedded: Gallery, enrol_template) -> None:
    """No search is needed for it to take up the new files."""
    enrol_template(embedded, "F1", make_template(1))
    build(embedded.catalogue, embedded.folder)
    embedded.snapshot()
    with keeping_up(embedded, seconds=0.02):
        erase_own_person(embedded.catalogue, "F1", operator("FR"))
        purge_copies(embedded.catalogue, embedded.folder)
        for _ in range(500):
            if not embedded._snapshot.segments:
                break
            time.sleep(0.02)
    assert embedded._snapshot.segments == ()
