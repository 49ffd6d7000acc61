"""Scored prints to ranked persons, with what explains each rank."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sqlalchemy import Connection

from engine.calibration.store import calibrate
from engine.candidates import Candidate, FingerScore, PairedMinutia
from engine.descriptor.features import Features
from engine.gallery.notice_store import notices_of
from engine.gallery.organisation_store import regions_of
from engine.gallery.person_store import find_persons
from engine.gallery.print_store import PrintRecord, find_prints
from engine.gallery.segment import Segment, features_of
from engine.matcher.alignment import Alignment, align
from engine.matcher.comparison import compare
from engine.scope import Found

_PRINTS_A_PERSON = 20
"""Prints looked up for each candidate wanted: a person has ten fingers, taken more than once."""


@dataclass(frozen=True, slots=True, eq=False)
class Probe:
    """What candidates are explained with.

    Attributes:
        features: of the probe.
        extractor: that found its minutiae.
        calibration: a calibration file of one's own; None is the one that comes with the program.
    """

    features: Features
    extractor: str
    calibration: Path | None


@dataclass(frozen=True, slots=True, eq=False)
class ScoredPrint:
    """A compared print.

    Attributes:
        record: what is known of it.
        score: of the exact comparison.
        segment, row: where its features are.
    """

    record: PrintRecord
    score: float
    segment: Segment
    row: int


@dataclass(frozen=True, slots=True)
class RankedPerson:
    """A person's compared prints.

    Attributes:
        person_id: who.
        prints: best first.
    """

    person_id: str
    prints: tuple[ScoredPrint, ...]

    @property
    def score(self) -> float:
        """Of the best print."""
        return self.prints[0].score


def rank_persons(connection: Connection, scored: Sequence[Found], top: int) -> list[RankedPerson]:
    """Persons by the score of their best print: the first `top`, and one more for the gap."""
    best = _best_prints(scored, (top + 1) * _PRINTS_A_PERSON)
    records = find_prints(connection, [number for number, *_ in best])
    persons: dict[str, list[ScoredPrint]] = {}
    for number, score, found, row in best:
        record = records.get(number)
        if record is not None:
            one = ScoredPrint(record, score, found.segment, row)
            persons.setdefault(record.person_id, []).append(one)
    ranked = [RankedPerson(person_id, tuple(prints)) for person_id, prints in persons.items()]
    return ranked[: top + 1]


def _best_prints(scored: Sequence[Found], count: int) -> list[tuple[int, float, Found, int]]:
    """Number, score and place of the best prints, best first; equal scores by rising number."""
    if not scored:
        return []
    numbers = np.concatenate([found.segment.prints[found.rows] for found in scored])
    scores = np.concatenate([found.scores for found in scored])
    rows = np.concatenate([found.rows for found in scored])
    part = np.repeat(np.arange(len(scored)), [len(found.rows) for found in scored])
    order = np.lexsort((numbers, -scores))[:count]
    return [(int(numbers[i]), float(scores[i]), scored[part[i]], int(rows[i])) for i in order]


def make_candidates(
    connection: Connection, ranked: Sequence[RankedPerson], top: int, probe: Probe, ncb: str
) -> tuple[Candidate, ...]:
    """Candidates with person, explanation, and the notices that a bureau may see."""
    shown = ranked[:top]
    ids = [one.person_id for one in shown]
    persons, notices = find_persons(connection, ids), notices_of(connection, ids, ncb)
    regions = regions_of(connection, {person.ncb for person in persons.values()})
    candidates = []
    for place, one in enumerate(shown):
        following = ranked[place + 1].score if place + 1 < len(ranked) else None
        best = features_of(one.prints[0].segment, one.prints[0].row)
        alignment = align(probe.features, best, compare(probe.features, best))
        fingers = tuple(_finger_score(scored, probe) for scored in one.prints)
        candidates.append(
            Candidate(
                rank=place + 1,
                score=one.score,
                calibrated=fingers[0].calibrated,
                gap_to_next=None if following is None else one.score - following,
                person=persons[one.person_id],
                region=regions[persons[one.person_id].ncb],
                fingers=fingers,
                notices=tuple(notices.get(one.person_id, ())),
                pairs=_pairs(alignment, probe.features, best),
                transform=alignment.transform if alignment else None,
            )
        )
    return tuple(candidates)


def _finger_score(one: ScoredPrint, probe: Probe) -> FingerScore:
    """A print's score with what it is worth and what is known of the print."""
    record = one.record
    worth = calibrate(one.score, (probe.extractor, record.extractor), probe.calibration)
    return FingerScore(record.id, record.finger, one.score, worth, record.quality)


def _pairs(
    alignment: Alignment | None, probe: Features, candidate: Features
) -> tuple[PairedMinutia, ...]:
    """The coinciding minutiae with their places."""
    if alignment is None:
        return ()
    return tuple(
        PairedMinutia(_place(probe, i), _place(candidate, j)) for i, j in alignment.pairs.tolist()
    )


def _place(features: Features, row: int) -> tuple[float, float, float]:
    """Position (y down) and direction of a minutia."""
    x, y = features.xy[row]
    return float(x), -float(y), float(features.direction[row])
