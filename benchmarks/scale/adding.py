"""Searches while prints are added and the index is built, on a copy of a gallery."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from benchmarks.background.finger import FINGERS
from benchmarks.background.gallery import impressions
from benchmarks.protocols.enrolment import ASKER, template_print
from benchmarks.scale.gallery import settings_of
from benchmarks.scale.probes import MatedProbe
from engine.candidates import SearchRequest
from engine.enrol import enrol
from engine.gallery.gallery import Gallery, open_gallery
from engine.persons import Person
from engine.search import Searcher
from indexer.builder import build

SECONDS = 15.0
"""Of each measurement."""

_IMPRESSION = 9
"""No search here is for it."""


def measure_adding(folder: Path, probes: Sequence[MatedProbe], threads: int) -> dict[str, object]:
    """Searches a second alone, and while persons of ten fingers are added and indexed."""
    with TemporaryDirectory(prefix="whorl-benchmark-") as place:
        copy = Path(place) / "gallery"
        shutil.copytree(folder, copy)
        gallery = open_gallery(settings_of(copy))
        try:
            alone, _ = _search(gallery, probes, threads)
            stop, added = threading.Event(), [0]
            adder = threading.Thread(target=_add, args=(gallery, stop, added))
            adder.start()
            beside, failed = _search(gallery, probes, threads)
            stop.set()
            adder.join()
        finally:
            gallery.catalogue.close()
    return {
        "searches_per_s_alone": round(alone, 2),
        "searches_per_s_while_adding": round(beside, 2),
        "searches_failed_while_adding": failed,
        "prints_added_per_s": round(added[0] / SECONDS, 1),
    }


def _search(gallery: Gallery, probes: Sequence[MatedProbe], threads: int) -> tuple[float, int]:
    """Searches a second for a while, and how many failed."""
    searcher = Searcher(gallery, None, threads)  # type: ignore[arg-type]  # probes are templates
    done, failed, start = 0, 0, time.perf_counter()
    while time.perf_counter() - start < SECONDS:
        answer = searcher.search(SearchRequest(probes[done % len(probes)].template), ASKER)
        failed += bool(answer.shards_failed)
        done += 1
    return done / (time.perf_counter() - start), failed


def _add(gallery: Gallery, stop: threading.Event, added: list[int]) -> None:
    """Enrol persons, and build segments after each hundred."""
    number = 0
    while not stop.is_set():
        chunk = impressions(FINGERS * number + np.arange(FINGERS), _IMPRESSION)
        prints = [
            template_print(f"A{number}-{row}", chunk.template(row), chunk.finger(row))
            for row in range(len(chunk))
        ]
        enrol(gallery.catalogue, Person(f"A{number:06}", "FR"), prints, ASKER)
        number += 1
        added[0] += len(prints)
        if number % 100 == 0:
            build(gallery.catalogue, gallery.folder)
