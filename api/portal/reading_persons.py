"""What the page of a person needs: the card, what it is about, and its handling for the owner."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from api.portal.tenprint_card import Card, lay_out
from api.service import Service
from engine.asker import Asker
from engine.examination.file import CaseFile, HitFile
from engine.examining.hits import list_opened
from engine.examining.reading import list_files
from engine.gallery.examination_store import CaseFilter
from engine.gallery.hit_store import HitFilter
from engine.gallery.print_store import PrintRecord
from engine.handling import Handled, look_up_person_handling
from engine.lookup import PersonFile, look_up_person
from engine.policy import may_change
from engine.policy.rules import is_owner
from engine.seeing import today

SHOWN = 20
"""Cases and hits; a person has few."""


@dataclass(frozen=True, slots=True)
class Encounter:
    """Prints that were taken on one occasion."""

    id: str
    at: datetime
    prints: tuple[PrintRecord, ...]


@dataclass(frozen=True, slots=True)
class PersonPage:
    """What the page shows.

    Attributes:
        file: the person's, as far as its reader may see it.
        card: of the prints.
        encounters: the newest first.
        cases: of the reader's bureau, about the person.
        hits: that the reader may see.
        handled: for the people of the owner; None for others.
        owned: whether the reader is one of them.
        changes: whether the reader may change how it is handled.
    """

    file: PersonFile
    card: Card
    encounters: Sequence[Encounter]
    cases: Sequence[CaseFile]
    hits: Sequence[HitFile]
    handled: Handled | None
    owned: bool
    changes: bool


def person_page(service: Service, person_id: str, asker: Asker) -> PersonPage:
    """The page of a person.

    Raises:
        NotFound: there is none that the reader may see.
    """
    file = look_up_person(service.catalogue, person_id, asker)
    handled = person_handling(service, file, asker)
    about = CaseFilter(0, SHOWN, person_id=person_id)
    cases, _ = list_files(service.catalogue, about, asker)
    hits, _ = list_opened(service.catalogue, HitFilter(0, SHOWN, person_id=person_id), asker)
    return PersonPage(
        file=file,
        card=lay_out(file.prints),
        encounters=encounters_of(file.prints, file.taken),
        cases=[one.file for one in cases],
        hits=hits,
        handled=handled,
        owned=is_owner(asker, file.person.ncb),
        changes=handled is not None and may_change(asker, handled.facts, today()),
    )


def person_handling(service: Service, file: PersonFile, asker: Asker) -> Handled | None:
    """How a person is handled; None for those whose business it is not."""
    if not is_owner(asker, file.person.ncb):
        return None
    return look_up_person_handling(service.catalogue, file.person.id, asker)


def encounters_of(prints: Sequence[PrintRecord], taken: Mapping[str, datetime]) -> list[Encounter]:
    """The prints by occasion, the newest first."""
    found: dict[str, list[PrintRecord]] = {}
    for one in prints:
        found.setdefault(one.encounter_id, []).append(one)
    listed = [Encounter(key, taken[key], tuple(many)) for key, many in found.items()]
    return sorted(listed, key=lambda one: one.at, reverse=True)
