"""The index alone: how far down the first pass's order the mates stand.

Hit rate at rank r is the share of probes whose mate is among the first r prints; hit rate at
penetration p the share whose mate is within the share p of the gallery (one minus the
pre-selection error of ISO/IEC 19795-1). Equal scores count against the mate; a probe without a
template, and a mate that no code came near, are misses at every rank.
"""

from __future__ import annotations

import math

import numpy as np

from benchmarks.measures.bootstrap import resample_means
from benchmarks.measures.comparisons import Int64Array
from benchmarks.protocols.base import Plan, extract_prints, own_engine, telling
from benchmarks.protocols.enrolment import Enrolment, enrolled_gallery, split_probes
from benchmarks.store.outcome import Outcome
from engine.candidates import SearchRequest
from engine.descriptor.features import Features, describe
from engine.errors import BadInput
from engine.fingers import Finger
from engine.gallery.print_store import find_prints
from engine.gallery.question import ask_of
from engine.gallery.shortlist import check_agreement, check_overlay, shortlist
from engine.records import Float32Array, Template
from engine.scope import Part, choose_parts

RANKS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)

PENETRATIONS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5)


def run_index(plan: Plan) -> Outcome:
    """Measure.

    Raises:
        BadInput: no finger has a second impression, or the engine has another matcher.
    """
    engine = own_engine(plan)
    _, prints = split_probes(plan.dataset)
    if not prints:
        raise BadInput(f"{plan.dataset.name}: no finger has a second impression to search")
    templates = extract_prints(engine.source, prints, "Extracting probes")
    numbers = plan.dataset.numbers
    fingers = np.array([numbers[one.name] for one in prints], np.int64)
    with (
        enrolled_gallery(plan, engine.source) as enrolment,
        telling("Searching the index", len(prints)) as progress,
    ):
        owners = _owners(enrolment)
        ranks = []
        for one in prints:
            template = templates.get(one.name)
            ranks.append(_rank(enrolment, owners, template, numbers[one.name]))
            progress(1)
    return Outcome(
        "index",
        plan.engine.name,
        plan.engine.key,
        _figures(np.array(ranks, np.int64), fingers, enrolment.prints),
        {"ranks": np.array(ranks, np.int64), "fingers": fingers},
    )


def _owners(enrolment: Enrolment) -> dict[int, int]:
    """Number of the finger of each print in the gallery."""
    snapshot = enrolment.gallery.snapshot()
    prints = [int(number) for segment in snapshot.segments for number in segment.prints]
    with enrolment.gallery.catalogue.reading() as connection:
        records = find_prints(connection, prints)
    return {number: enrolment.identities[record.person_id] for number, record in records.items()}


def _rank(
    enrolment: Enrolment, owners: dict[int, int], template: Template | None, finger: int
) -> int:
    """Place of the best mate in the first pass, from 1; 0 if it is not found."""
    if template is None:
        return 0
    numbers, scores = _first_pass(enrolment, template)
    mated = np.array([owners[number] == finger for number in numbers.tolist()], bool)
    best = scores[mated].max(initial=-np.inf)
    return 1 + int((scores[~mated] >= best).sum()) if best > -np.inf else 0


def _first_pass(enrolment: Enrolment, template: Template) -> tuple[Int64Array, Float32Array]:
    """Numbers of all prints in the gallery, and their scores in the first pass."""
    probe = describe(template.minutiae)
    parts = choose_parts(enrolment.gallery.snapshot(), SearchRequest(template), Finger.UNKNOWN)
    scores = [_scores(probe, part) for part in parts]
    return np.concatenate([part.segment.prints for part in parts]), np.concatenate(scores)


def _scores(probe: Features, part: Part) -> Float32Array:
    """(P,) float32, of all prints of a part; -inf where no code came near."""
    scores = np.full(len(part.segment), -np.inf, np.float32)
    for piece in part.segment.pieces:
        (found,) = shortlist(ask_of([probe]), part.segment, piece, part.allowed)
        listed = check_overlay(probe, part.segment, check_agreement(probe, part.segment, found))
        scores[listed.rows] = listed.scores
    return scores


def _figures(ranks: Int64Array, fingers: Int64Array, gallery: int) -> dict[str, object]:
    """Hit rates."""
    figures: dict[str, object] = {"probes": len(ranks), "gallery": gallery}
    intervals = {}
    for rank in (one for one in RANKS if one <= gallery):
        figures[f"hit_at_rank_{rank}"] = _hit_rate(ranks, rank)
        intervals[f"hit_at_rank_{rank}"] = _interval(ranks, rank, fingers)
    for share in PENETRATIONS:
        figures[f"hit_at_penetration_{share:g}"] = _hit_rate(ranks, math.ceil(share * gallery))
    return figures | {"not_found": int((ranks == 0).sum()), "ci95": intervals}


def _hit_rate(ranks: Int64Array, rank: int) -> float:
    """Share of probes whose mate is among the first `rank` prints."""
    return round(float(((ranks > 0) & (ranks <= rank)).mean()), 6)


def _interval(ranks: Int64Array, rank: int, fingers: Int64Array) -> list[float]:
    """95 % interval of a hit rate, over fingers."""
    found = resample_means(((ranks > 0) & (ranks <= rank)).tolist(), fingers)
    return [round(found[0], 6), round(found[1], 6)]
