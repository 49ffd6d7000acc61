"""A large gallery, made the way of real use and kept for the next run."""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.background.chunk import Chunk
from benchmarks.background.finger import FINGERS
from benchmarks.background.gallery import background
from benchmarks.code_digest import code_digest
from benchmarks.engines.base import TemplateSource
from benchmarks.protocols.base import Plan, extract_prints, telling
from benchmarks.protocols.enrolment import ASKER, split_probes, template_print
from benchmarks.store.templates import replace_file
from engine.enrol import enrol
from engine.fingers import Finger
from engine.gallery.gallery import Gallery, open_gallery
from engine.gallery.print_store import NewPrint
from engine.members import bureaus
from engine.persons import Person
from engine.settings import Settings
from indexer.builder import build

FACTS = "facts.json"

_MADE_BY = (
    "benchmarks/background",
    "benchmarks/scale/gallery.py",
    "engine/descriptor",
    *(
        f"engine/gallery/{part}.py"
        for part in ("index_file", "index_model", "print_store", "segment_file", "tables")
    ),
    "engine/templates",
)


@dataclass(frozen=True, slots=True)
class ScaleGallery:
    """A gallery on disk.

    Attributes:
        folder: of its catalogue and index.
        fingers: in it, real ones among them.
        build_seconds: wall time of describing and indexing all of them.
        enrol_seconds: wall time of storing them, a person of ten fingers a transaction.
    """

    folder: Path
    fingers: int
    build_seconds: float
    enrol_seconds: float

    def open(self) -> Gallery:
        """Open it."""
        return open_gallery(settings_of(self.folder))


def settings_of(folder: Path) -> Settings:
    """Settings of a gallery in a folder."""
    return Settings(data_dir=folder, database_url=None)


def position_of(number: int) -> Finger:
    """Finger position that the real finger of this number is enrolled as."""
    return Finger(1 + number % FINGERS)


def person_of(number: int) -> str:
    """Id of the person whom the real finger of this number belongs to."""
    return f"F{number:06}"


def scale_gallery(plan: Plan, source: TemplateSource, fingers: int) -> ScaleGallery:
    """The gallery of so many fingers: from disk, or made now."""
    digest = f"{plan.dataset.digest[:8]}-{source.key}-{code_digest(_MADE_BY)}"
    folder = plan.results / "galleries" / f"{fingers}-{digest}"
    if not (folder / FACTS).exists():
        _make(plan, source, fingers, folder)
    facts = json.loads((folder / FACTS).read_text(encoding="utf-8"))
    return ScaleGallery(folder, **facts)


def _make(plan: Plan, source: TemplateSource, fingers: int, folder: Path) -> None:
    """Make a gallery; it counts only once its facts are written."""
    shutil.rmtree(folder, ignore_errors=True)
    gallery = open_gallery(settings_of(folder))
    start = time.perf_counter()
    with telling("Enrolling", fingers) as progress:
        count = 0
        for person, prints in _people(plan, source, fingers):
            enrol(gallery.catalogue, person, prints, ASKER)
            count += len(prints)
            progress(len(prints))
    enrolled = time.perf_counter()
    with telling("Indexing", count) as progress:
        build(gallery.catalogue, gallery.folder, progress)
    facts = {
        "fingers": count,
        "build_seconds": round(time.perf_counter() - enrolled, 1),
        "enrol_seconds": round(enrolled - start, 1),
    }
    gallery.catalogue.close()
    replace_file(folder / FACTS, json.dumps(facts).encode())


def _people(
    plan: Plan, source: TemplateSource, fingers: int
) -> Iterator[tuple[Person, list[NewPrint]]]:
    """Real fingers, each a person of its own, then synthetic persons of ten."""
    codes = list({one.region: one.code for one in bureaus().values()}.values())
    numbers = plan.dataset.numbers
    enrolled, _ = split_probes(plan.dataset)
    found = extract_prints(source, enrolled, "Extracting")
    real = {numbers[one.name]: found[one.name] for one in enrolled if one.name in found}
    for number, template in real.items():
        person = Person(person_of(number), codes[number % len(codes)])
        yield person, [template_print(f"F{number}", template, position_of(number))]
    for chunk in background(max(0, fingers - len(real)), folder=plan.results / "background"):
        for rows in _persons(chunk):
            person_number = chunk.person(rows[0])
            person = Person(f"D{person_number:06}", codes[person_number % len(codes)])
            prints = [
                template_print(f"D{chunk.fingers[row]}", chunk.template(row), chunk.finger(row))
                for row in rows
            ]
            yield person, prints


def _persons(chunk: Chunk) -> Iterator[list[int]]:
    """Rows of a chunk, person by person."""
    rows: list[int] = []
    for row in range(len(chunk)):
        if rows and chunk.person(row) != chunk.person(rows[0]):
            yield rows
            rows = []
        rows.append(row)
    if rows:
        yield rows


def index_bytes(folder: Path) -> int:
    """Bytes of all index files."""
    return sum(path.stat().st_size for path in (folder / "index").iterdir())


def cores() -> int:
    """Processors of this machine."""
    return os.cpu_count() or 1
