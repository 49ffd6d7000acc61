"""Whatever happens in whatever order, a search sees exactly what the catalogue holds."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.asker import Asker
from engine.enrol import enrol, withdraw_prints
from engine.gallery.gallery import Gallery, open_gallery
from engine.persons import Person
from engine.settings import Settings
from indexer.builder import build, rebuild
from indexer.checking import check
from support import as_print, make_template

ASKER = Asker("tester")
TEMPLATES = [make_template(number, 12) for number in range(3)]

acts = st.one_of(
    st.tuples(st.just("enrol"), st.sampled_from(["FR", "BR"])),
    st.tuples(st.just("withdraw"), st.integers(0, 100)),
    st.tuples(st.sampled_from(["build", "rebuild", "reopen"]), st.none()),
)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(acts, min_size=1, max_size=10))
def test_segments_and_memory_hold_what_the_catalogue_holds(steps: list[tuple[str, object]]) -> None:
    """After each of any acts the searchable prints are those enrolled less those withdrawn."""
    with tempfile.TemporaryDirectory() as folder:
        gallery = open_gallery(Settings(data_dir=Path(folder)))
        alive: list[int] = []
        for number, (act, value) in enumerate(steps):
            if act == "enrol":
                prints = [as_print(TEMPLATES[number % 3])]
                done = enrol(gallery.catalogue, Person(f"P{number}", str(value)), prints, ASKER)
                alive += done.prints
            elif act == "withdraw" and alive and isinstance(value, int):
                withdraw_prints(gallery.catalogue, [alive.pop(value % len(alive))], ASKER)
            elif act in ("build", "rebuild"):
                (build if act == "build" else rebuild)(gallery.catalogue, gallery.folder)
            elif act == "reopen":
                gallery = Gallery(gallery.catalogue, gallery.folder)
            assert _searchable(gallery) == sorted(alive)
        assert check(gallery.catalogue, gallery.folder).sound
        gallery.catalogue.close()


def _searchable(gallery: Gallery) -> list[int]:
    snapshot = gallery.snapshot()
    numbers: list[int] = []
    for segment in snapshot.segments:
        kept = snapshot.alive(segment)
        numbers += segment.prints[slice(None) if kept is None else kept].tolist()
    return sorted(numbers)
