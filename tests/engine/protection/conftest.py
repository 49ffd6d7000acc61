"""A gallery of three persons in two bureaus, indexed."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from engine.asker import Asker
from engine.enrol import enrol
from engine.gallery.gallery import Gallery
from engine.persons import Person
from engine.records import Template
from indexer.builder import build
from support import as_print, make_template

IMAGE = b"\x89PNG an invented image, long enough to be found by its bytes alone"


@dataclass(frozen=True, slots=True)
class Held:
    """A person with one print.

    Attributes:
        person: its id.
        number: of the print.
        template, image: as they were enrolled.
    """

    person: str
    number: int
    template: Template
    image: bytes


@pytest.fixture
def held(gallery: Gallery, asker: Asker) -> dict[str, Held]:
    """Two persons of France and one of Japan; their prints are in segments."""
    found = {}
    for seed, (name, ncb) in enumerate((("F1", "FR"), ("F2", "FR"), ("J1", "JP")), 1):
        template, image = make_template(seed), IMAGE + name.encode() * 9
        prints = [as_print(template, image=image)]
        done = enrol(gallery.catalogue, Person(name, ncb, family_name=f"Name{name}"), prints, asker)
        found[name] = Held(name, done.prints[0], template, image)
    build(gallery.catalogue, gallery.folder)
    return found
