"""Scored prints to ranked persons, with what explains each rank."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np
from sqlalchemy import Connection

from engine.calibration.model import Calibrated
from engine.calibration.store import calibrate
from engine.candidates import Candidate, FingerScore, PairedMinutia
from engine.descriptor.features import Features
from engine.gallery.notice_store import notices_of
from engine.gallery.organisation_store import regions_of
from engine.gallery.person_store import find_persons
from engine.gallery.print_store import PrintRecord, find_prints
from engine.gallery.segment import Segment, features_of
from engine.in_threads import in_threads
from engine.matcher.alignment import Alignment, Transform, align
from engine.matcher.comparison import compare
from engine.scope import Found

_PRINTS_A_PERSON = 20
"""Most prints looked up for each candidate wanted: ten fingers, taken more than once."""


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
        segment, row: where its minutiae are.
        probe: number of the probe that it was compared with.
    """

    record: PrintRecord
    score: float
    segment: Segment
    row: int
    probe: int = 0


@dataclass(frozen=True, slots=True)
class RankedPerson:
    """A person's compared prints.

    Attributes:
        person_id: who.
        prints: best first.
        evidence: of several fingers, see `Candidate`.
    """

    person_id: str
    prints: tuple[ScoredPrint, ...]
    evidence: float | None = None

    @property
    def score(self) -> float:
        """Of the best print."""
        return self.prints[0].score

    @property
    def worth(self) -> float:
        """What the person is ranked by."""
        return self.score if self.evidence is None else self.evidence


def rank_persons(connection: Connection, scored: Sequence[Found], top: int) -> list[RankedPerson]:
    """Persons by the score of their best print: the first `top`, and one more for the gap."""
    best = best_prints(scored, top + 1)
    ranked = [
        RankedPerson(person_id, tuple(prints))
        for person_id, prints in _by_person(connection, [best]).items()
    ]
    return ranked[: top + 1]


def rank_by_evidence(
    connection: Connection, scored: Sequence[Sequence[Found]], top: int, probes: Sequence[Probe]
) -> list[RankedPerson]:
    """Persons by what all their fingers say together, likewise.

    Where no calibration holds for a print, all persons are ranked by their summed scores.

    Args:
        connection: to the catalogue.
        scored: compared prints of each probe.
        top: persons wanted.
        probes: in the same order.
    """
    best = [best_prints(found) for found in scored]
    persons = _by_person(connection, best)
    ranked = [_weigh(person_id, prints, probes) for person_id, prints in persons.items()]
    if any(person.evidence is None for person in ranked):
        ranked = [replace(person, evidence=None) for person in ranked]
        ranked.sort(key=lambda person: -sum(one.score for one in _best_each(person.prints)))
    else:
        ranked.sort(key=lambda person: (-person.worth, -person.score, person.person_id))
    return ranked[: top + 1]


def _weigh(person_id: str, prints: Sequence[ScoredPrint], probes: Sequence[Probe]) -> RankedPerson:
    """A person with the evidence of the best print of each finger."""
    ordered = tuple(sorted(prints, key=lambda one: -one.score))
    worth = [_worth(one, probes[one.probe]) for one in _best_each(ordered)]
    known = [one.log10_lr for one in worth if one is not None]
    return RankedPerson(person_id, ordered, sum(known) if len(known) == len(worth) else None)


def _best_each(prints: Sequence[ScoredPrint]) -> list[ScoredPrint]:
    """The first print of each probe, of prints whose best come first."""
    first: dict[int, ScoredPrint] = {}
    for one in prints:
        first.setdefault(one.probe, one)
    return list(first.values())


def _worth(one: ScoredPrint, probe: Probe) -> Calibrated | None:
    """What a print's score is worth."""
    return calibrate(one.score, (probe.extractor, one.record.extractor), probe.calibration)


Placed = tuple[int, float, Found, int]
"""Number, score and place of a print."""

Explained = tuple[Transform | None, tuple[PairedMinutia, ...]]
"""How a print lies on its probe, and which minutiae coincide."""


def _by_person(
    connection: Connection, best: Sequence[Sequence[Placed]]
) -> dict[str, list[ScoredPrint]]:
    """Prints of each probe, by person in the order of first mention."""
    records = find_prints(connection, list({number for one in best for number, *_ in one}))
    persons: dict[str, list[ScoredPrint]] = {}
    for probe, placed in enumerate(best):
        for number, score, found, row in placed:
            record = records.get(number)
            if record is not None:
                one = ScoredPrint(record, score, found.segment, row, probe)
                persons.setdefault(record.person_id, []).append(one)
    return persons


def best_prints(scored: Sequence[Found], persons: int | None = None) -> list[Placed]:
    """The prints of the persons with the best ones, best first; equal scores by rising number.

    Args:
        scored: compared prints.
        persons: wanted; None is all.
    """
    if not scored:
        return []
    numbers = np.concatenate([found.segment.prints[found.rows] for found in scored])
    scores = np.concatenate([found.scores for found in scored])
    rows = np.concatenate([found.rows for found in scored])
    part = np.repeat(np.arange(len(scored)), [len(found.rows) for found in scored])
    order = np.lexsort((numbers, -scores))
    if persons is not None:
        subjects = np.concatenate([one.segment.content.subjects[one.rows] for one in scored])[order]
        _, first = np.unique(subjects, return_index=True)
        leading = subjects[np.sort(first)[:persons]]
        order = order[np.isin(subjects, leading)][: persons * _PRINTS_A_PERSON]
    return [(int(numbers[i]), float(scores[i]), scored[part[i]], int(rows[i])) for i in order]


def make_candidates(
    connection: Connection,
    ranked: Sequence[RankedPerson],
    top: int,
    probes: Sequence[Probe],
    ncb: str,
    threads: int,
) -> tuple[Candidate, ...]:
    """Candidates with person, explanation, and the notices that a bureau may see.

    Args:
        threads: that share the explaining, a millisecond a candidate.
    """
    shown = ranked[:top]
    ids = [one.person_id for one in shown]
    persons, notices = find_persons(connection, ids), notices_of(connection, ids, ncb)
    regions = regions_of(connection, {person.ncb for person in persons.values()})
    explained = in_threads(partial(_explain_best, probes), shown, threads)
    candidates = []
    for place, (one, (transform, pairs)) in enumerate(zip(shown, explained, strict=True)):
        following = ranked[place + 1].worth if place + 1 < len(ranked) else None
        fingers = tuple(_finger_score(scored, probes[scored.probe]) for scored in one.prints)
        candidates.append(
            Candidate(
                rank=place + 1,
                score=one.score,
                calibrated=fingers[0].calibrated,
                gap_to_next=None if following is None else one.worth - following,
                person=persons[one.person_id],
                region=regions[persons[one.person_id].ncb],
                fingers=fingers,
                notices=tuple(notices.get(one.person_id, ())),
                pairs=pairs,
                transform=transform,
                evidence=one.evidence,
            )
        )
    return tuple(candidates)


def _explain_best(probes: Sequence[Probe], person: RankedPerson) -> Explained:
    """How the best print of a person lies on its probe."""
    best = person.prints[0]
    return explain_print(probes[best.probe].features, best.segment, best.row)


def explain_print(probe: Features, segment: Segment, row: int) -> Explained:
    """How a compared print lies on its probe, and which minutiae coincide."""
    candidate = features_of(segment, row)
    alignment = align(probe, candidate, compare(probe, candidate))
    transform = alignment.transform if alignment else None
    return transform, _pairs(alignment, probe, candidate)


def _finger_score(one: ScoredPrint, probe: Probe) -> FingerScore:
    """A print's score with what it is worth and what is known of the print."""
    record, worth = one.record, _worth(one, probe)
    return FingerScore(record.id, record.finger, one.score, worth, record.quality, one.probe)


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
