"""Probes of real fingers, and what their searches gave."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.engines.base import TemplateSource
from benchmarks.protocols.base import Plan, extract_prints, telling
from benchmarks.protocols.enrolment import ASKER, split_probes
from benchmarks.scale.gallery import person_of, position_of
from engine.candidates import SearchRequest
from engine.descriptor.features import describe
from engine.fingers import Finger
from engine.gallery.print_store import prints_of
from engine.records import Template
from engine.scope import Found, choose_parts, shortlist_parts
from engine.search import Searcher

EACH = 2
"""Probes of each finger."""

WARM_UP = 5


@dataclass(frozen=True, slots=True)
class MatedProbe:
    """A probe whose mate is in the gallery.

    Attributes:
        name: of the print.
        finger: number of the real finger.
        template: of the probe.
    """

    name: str
    finger: int
    template: Template

    @property
    def person(self) -> str:
        """Whose it is."""
        return person_of(self.finger)


@dataclass(frozen=True, slots=True)
class Searched:
    """What a search gave.

    Attributes:
        milliseconds: of the whole search after extraction.
        cpu_ms: CPU time of all threads meanwhile, which the machine's load inflates less.
        rank: of the mate's person, 0 if it is not in the list.
        stages: milliseconds of each stage.
    """

    milliseconds: float
    cpu_ms: float
    rank: int
    stages: dict[str, float]


def mated_probes(plan: Plan, source: TemplateSource, each: int = EACH) -> list[MatedProbe]:
    """The first probes of each finger that have a template."""
    numbers = plan.dataset.numbers
    _, prints = split_probes(plan.dataset)
    taken: dict[int, int] = defaultdict(int)
    chosen = []
    for one in prints:
        taken[numbers[one.name]] += 1
        if taken[numbers[one.name]] <= each:
            chosen.append(one)
    found = extract_prints(source, chosen, "Extracting probes")
    return [
        MatedProbe(one.name, numbers[one.name], found[one.name])
        for one in chosen
        if one.name in found
    ]


def search_probes(
    searcher: Searcher, probes: Sequence[MatedProbe], title: str, *, position_known: bool = False
) -> list[Searched]:
    """Search all probes, one after the other, by the whole path."""
    for probe in probes[:WARM_UP]:
        _search(searcher, probe, position_known)
    with telling(title, len(probes)) as progress:
        done = []
        for probe in probes:
            done.append(_search(searcher, probe, position_known))
            progress(1)
    return done


def _search(searcher: Searcher, probe: MatedProbe, position_known: bool) -> Searched:
    """One search."""
    start = time.process_time()
    answer = searcher.search(_request(probe, position_known), ASKER)
    cpu_ms = 1000 * (time.process_time() - start)
    ranks = [one.rank for one in answer.candidates if one.person.id == probe.person]
    rank = ranks[0] if ranks else 0
    return Searched(sum(answer.times.values()), cpu_ms, rank, dict(answer.times))


def _request(probe: MatedProbe, position_known: bool) -> SearchRequest:
    """What is asked for."""
    finger = position_of(probe.finger) if position_known else Finger.UNKNOWN
    return SearchRequest(probe.template, finger=finger)


def listed_share(searcher: Searcher, probes: Sequence[MatedProbe]) -> float:
    """Share of the probes whose mate is in the shortlist, of unknown position."""
    snapshot = searcher.gallery.snapshot()
    hits = []
    for probe in probes:
        parts = choose_parts(snapshot, _request(probe, position_known=False), Finger.UNKNOWN)
        found = shortlist_parts(describe(probe.template.minutiae), parts, searcher.threads)
        hits.append(_has_mate(searcher, probe, found))
    return float(np.mean(hits))


def _has_mate(searcher: Searcher, probe: MatedProbe, found: Sequence[Found]) -> bool:
    """Whether a print of the probe's person is among those found."""
    with searcher.gallery.catalogue.reading() as connection:
        mates = [record.id for record in prints_of(connection, probe.person)]
    numbers = np.concatenate([one.segment.prints[one.rows] for one in found])
    return bool(np.isin(mates, numbers).any())
