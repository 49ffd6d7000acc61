"""Scored prints to ranked persons, with what explains each rank."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sqlalchemy import Connection

from engine.candidates import Candidate, FingerScore, PairedMinutia
from engine.descriptor.features import Features, describe
from engine.gallery.notice_store import notices_of
from engine.gallery.person_store import find_persons
from engine.gallery.print_store import PrintRecord, find_prints, read_template
from engine.matcher.alignment import Alignment, align
from engine.matcher.comparison import compare
from engine.members import find_bureau
from engine.records import Template
from engine.scope import Found

_PRINTS_A_PERSON = 20
"""Prints looked up for each candidate wanted: a person has ten fingers, taken more than once."""


@dataclass(frozen=True, slots=True)
class RankedPerson:
    """A person's compared prints.

    Attributes:
        person_id: who.
        prints: with their scores, best first.
    """

    person_id: str
    prints: tuple[tuple[PrintRecord, float], ...]

    @property
    def score(self) -> float:
        """Of the best print."""
        return self.prints[0][1]


def rank_persons(connection: Connection, scored: Sequence[Found], top: int) -> list[RankedPerson]:
    """Persons by the score of their best print: the first `top`, and one more for the gap."""
    prints, scores = _best_prints(scored, (top + 1) * _PRINTS_A_PERSON)
    records = find_prints(connection, prints)
    persons: dict[str, list[tuple[PrintRecord, float]]] = {}
    for print_id, score in zip(prints, scores, strict=True):
        record = records.get(print_id)
        if record is not None:
            persons.setdefault(record.person_id, []).append((record, score))
    ranked = [RankedPerson(person_id, tuple(found)) for person_id, found in persons.items()]
    return ranked[: top + 1]


def _best_prints(scored: Sequence[Found], count: int) -> tuple[list[int], list[float]]:
    """Numbers and scores of the best prints, best first; equal scores by rising number."""
    if not scored:
        return [], []
    prints = np.concatenate([found.segment.prints[found.rows] for found in scored])
    scores = np.concatenate([found.scores for found in scored])
    order = np.lexsort((prints, -scores))[:count]
    return prints[order].tolist(), scores[order].tolist()


def make_candidates(
    connection: Connection,
    ranked: Sequence[RankedPerson],
    top: int,
    probe: tuple[Template, Features],
) -> tuple[Candidate, ...]:
    """Candidates with person, notices and explanation."""
    shown = ranked[:top]
    ids = [one.person_id for one in shown]
    persons, notices = find_persons(connection, ids), notices_of(connection, ids)
    candidates = []
    for place, one in enumerate(shown):
        following = ranked[place + 1].score if place + 1 < len(ranked) else None
        candidate = read_template(connection, one.prints[0][0].id)
        alignment = _explain(probe[1], candidate)
        candidates.append(
            Candidate(
                rank=place + 1,
                score=one.score,
                gap_to_next=None if following is None else one.score - following,
                person=persons[one.person_id],
                region=find_bureau(persons[one.person_id].ncb).region,
                fingers=tuple(_finger_score(record, score) for record, score in one.prints),
                notices=tuple(notices.get(one.person_id, ())),
                pairs=_pairs(alignment, probe[0], candidate),
                transform=alignment.transform if alignment else None,
            )
        )
    return tuple(candidates)


def _finger_score(record: PrintRecord, score: float) -> FingerScore:
    """A print's score with what is known of the print."""
    return FingerScore(record.id, record.finger, score, record.quality)


def _explain(probe: Features, candidate: Template) -> Alignment | None:
    """How the probe lies on a candidate's print."""
    features = describe(candidate.minutiae)
    return align(probe, features, compare(probe, features))


def _pairs(
    alignment: Alignment | None, probe: Template, candidate: Template
) -> tuple[PairedMinutia, ...]:
    """The coinciding minutiae with their places."""
    if alignment is None:
        return ()
    return tuple(
        PairedMinutia(_place(probe, i), _place(candidate, j)) for i, j in alignment.pairs.tolist()
    )


def _place(template: Template, row: int) -> tuple[float, float, float]:
    """Position and direction of a minutia."""
    x, y = template.minutiae.xy[row]
    return float(x), float(y), float(template.minutiae.direction[row])
