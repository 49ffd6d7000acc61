"""A temporary gallery, filled the way of real use, over bureaus of all regions."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.datasets.prints import Dataset, Print
from benchmarks.engines.base import TemplateSource
from benchmarks.engines.given import GivenMinutiae
from benchmarks.engines.stored import ExtractedTemplates
from benchmarks.protocols.base import Plan, telling
from engine.asker import Asker
from engine.enrol import enrol
from engine.errors import WhorlError
from engine.fingers import Finger, Impression
from engine.gallery.gallery import Gallery, open_gallery
from engine.gallery.print_store import NewPrint
from engine.members import bureaus
from engine.persons import GalleryKind, Person
from engine.records import Template
from engine.settings import Settings
from indexer.builder import build
from indexer.enrolment import enrol_batch
from indexer.sources import Entry

ASKER = Asker("benchmarks", "FR", "benchmark")

OTHERS = -1
"""Identity of all distractors: they are nobody's mates."""


@dataclass(frozen=True)
class Enrolment:
    """A gallery with the truth about it.

    Attributes:
        gallery: of a temporary folder.
        identities: number of the finger of each person, `OTHERS` for distractors.
        prints: in the gallery.
        refused: prints that could not be enrolled, with the reason.
    """

    gallery: Gallery
    identities: dict[str, int]
    prints: int
    refused: dict[str, str]


def split_probes(dataset: Dataset) -> tuple[list[Print], list[Print]]:
    """The first impression of each finger, to be enrolled, and all others, to be searched."""
    seen: set[tuple[str, str]] = set()
    enrolled: list[Print] = []
    probes: list[Print] = []
    for one in dataset:
        key = (one.set, one.finger)
        (probes if key in seen else enrolled).append(one)
        seen.add(key)
    return enrolled, probes


@contextmanager
def enrolled_gallery(plan: Plan, source: TemplateSource) -> Iterator[Enrolment]:
    """Enrol the first impressions, and the distractors, each finger as a person of its own."""
    numbers = plan.dataset.numbers
    enrolled, _ = split_probes(plan.dataset)
    with TemporaryDirectory(prefix="whorl-benchmark-") as folder:
        gallery = open_gallery(Settings(data_dir=Path(folder), database_url=None))
        persons = _persons("F", enrolled)
        refused = _enrol(gallery, source, enrolled, persons)
        identities = {
            persons[one.name].id: numbers[one.name] for one in enrolled if one.name not in refused
        }
        others = list(plan.distractors) if plan.distractors else []
        strangers = _persons("D", others)
        given = any(one.row is not None for one in others)
        lost = _enrol(gallery, GivenMinutiae() if given else source, others, strangers)
        identities |= {person.id: OTHERS for person in strangers.values()}
        build(gallery.catalogue, gallery.folder)
        count = len(enrolled) + len(others) - len(refused) - len(lost)
        try:
            yield Enrolment(gallery, identities, count, refused)
        finally:
            gallery.catalogue.close()


def _persons(letter: str, prints: Sequence[Print]) -> dict[str, Person]:
    """A person for each finger, by the print's name; the bureaus of the regions take turns."""
    codes = list({one.region: one.code for one in bureaus().values()}.values())
    numbers = {key: n for n, key in enumerate(dict.fromkeys((p.set, p.finger) for p in prints))}
    persons = {}
    for one in prints:
        number = numbers[one.set, one.finger]
        persons[one.name] = Person(f"{letter}{number:06}", codes[number % len(codes)])
    return persons


def _enrol(
    gallery: Gallery,
    source: TemplateSource,
    prints: Sequence[Print],
    persons: dict[str, Person],
) -> dict[str, str]:
    """Enrol prints; returns those refused, with the reason."""
    if not isinstance(source, ExtractedTemplates):
        return _enrol_templates(gallery, source, prints, persons)
    entries = [Entry(one.path, persons[one.name], one.name, ppi=one.ppi) for one in prints]
    with telling("Enrolling", len(prints)) as progress:
        tally = enrol_batch(entries, gallery.catalogue, source.extractor, ASKER, progress)
    names = {str(one.path): one.name for one in prints}
    return {names[one.source]: one.reason for one in tally.refused}


def _enrol_templates(
    gallery: Gallery,
    source: TemplateSource,
    prints: Sequence[Print],
    persons: dict[str, Person],
) -> dict[str, str]:
    """Enrol prints that have no image."""
    refused = {}
    with telling("Enrolling", len(prints)) as progress:
        for one, found in zip(prints, source.templates(prints, lambda _: None), strict=True):
            if isinstance(found, WhorlError):
                refused[one.name] = str(found)
            else:
                enrol(
                    gallery.catalogue,
                    persons[one.name],
                    [template_print(one.name, found, Finger.UNKNOWN)],
                    ASKER,
                )
            progress(1)
    return refused


def template_print(name: str, template: Template, finger: Finger) -> NewPrint:
    """A template as a print to be stored."""
    return NewPrint(
        template=template,
        finger=finger,
        impression=Impression.LIVE_PLAIN,
        kind=GalleryKind.TENPRINT,
        image=b"",
        image_format="none",
        image_ppi=500,
        image_sha256=hashlib.sha256(name.encode()).hexdigest(),
        source=name,
    )
