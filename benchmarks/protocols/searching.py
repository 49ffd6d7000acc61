"""Searches of probes in the enrolled gallery, by the whole path, with what they answered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from benchmarks.datasets.prints import Print
from benchmarks.engines.base import TemplateSource
from benchmarks.engines.stored import ExtractedTemplates
from benchmarks.measures.searches import Searches
from benchmarks.protocols.base import percentiles, telling
from benchmarks.protocols.enrolment import ASKER, Enrolment
from engine.candidates import ImageFile, SearchAnswer, SearchRequest
from engine.errors import BadImage
from engine.records import Template
from engine.search import Searcher

LISTED = 20
"""Candidates of an answer: as many as a search gives unless told otherwise."""

BEFORE = ("read", "extract")
"""Stages that are over when a search proper starts."""

Probe = ImageFile | Template


@dataclass(slots=True)
class Answers:
    """What searches answered.

    Attributes:
        probes: names of the probes.
        fingers: number of each probe's finger.
        ranks, mates, others: see `Searches`.
        top: person of the best non-mate, empty if there is none.
        times: milliseconds of each stage of each search that had a template.
        compared, searched: prints compared exactly, and within the scope.
        failed: probes without a template, with the reason.
    """

    probes: list[str] = field(default_factory=list)
    fingers: list[int] = field(default_factory=list)
    ranks: list[int] = field(default_factory=list)
    mates: list[float] = field(default_factory=list)
    others: list[float] = field(default_factory=list)
    top: list[str] = field(default_factory=list)
    times: list[dict[str, float]] = field(default_factory=list)
    compared: list[int] = field(default_factory=list)
    searched: list[int] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)

    def searches(self) -> Searches:
        """For the measures."""
        return Searches(
            np.array(self.fingers, np.int64),
            np.array(self.ranks, np.int64),
            np.array(self.mates, np.float32),
            np.array(self.others, np.float32),
        )

    def totals(self) -> list[float]:
        """Milliseconds of each search after extraction."""
        return [sum(ms for name, ms in one.items() if name not in BEFORE) for one in self.times]

    def stages(self) -> dict[str, dict[str, float]]:
        """Median and 95th percentile of each stage after extraction, milliseconds."""
        names = [name for name in (self.times[0] if self.times else {}) if name not in BEFORE]
        return {name: percentiles([one[name] for one in self.times]) for name in names}


def open_searcher(enrolment: Enrolment, source: TemplateSource) -> Searcher:
    """The search of this gallery. An extractor is not needed where probes are templates."""
    extractor = source.extractor if isinstance(source, ExtractedTemplates) else None
    return Searcher(enrolment.gallery, extractor)  # type: ignore[arg-type]


def make_probes(source: TemplateSource, prints: Sequence[Print]) -> list[Probe | str]:
    """What is searched for each print: its image file, or its template, or why there is none."""
    if isinstance(source, ExtractedTemplates):
        return [ImageFile(one.path.read_bytes(), str(one.path), one.ppi) for one in prints]
    found = source.templates(prints, lambda _: None)
    return [one if isinstance(one, Template) else str(one) for one in found]


def search_all(
    searcher: Searcher,
    enrolment: Enrolment,
    probes: Iterable[tuple[str, int, Probe | str]],
    title: str,
    exhaustive: bool = False,
) -> Answers:
    """Search probes, given as name, number of the finger, and image or template."""
    answers, listed = Answers(), list(probes)
    with telling(title, len(listed)) as progress:
        for name, finger, probe in listed:
            answers.probes.append(name)
            answers.fingers.append(finger)
            _note(answers, name, _search(searcher, probe, exhaustive), finger, enrolment)
            progress(1)
    return answers


def _search(searcher: Searcher, probe: Probe | str, exhaustive: bool) -> SearchAnswer | str:
    """The answer, or why the probe could not be searched."""
    if isinstance(probe, str):
        return probe
    try:
        return searcher.search(SearchRequest(probe, top=LISTED, exhaustive=exhaustive), ASKER)
    except BadImage as error:
        return str(error)


def _note(
    answers: Answers, name: str, answer: SearchAnswer | str, finger: int, enrolment: Enrolment
) -> None:
    """Take down an answer; a probe that cannot be searched finds nothing."""
    if isinstance(answer, str):
        answers.failed[name] = answer
        listed = []
    else:
        listed = [(enrolment.identities[c.person.id], c) for c in answer.candidates]
        answers.times.append(dict(answer.times))
        answers.compared.append(answer.compared)
        answers.searched.append(answer.searched)
    mates = [(rank, c) for rank, (number, c) in enumerate(listed, start=1) if number == finger]
    others = [c for number, c in listed if number != finger]
    answers.ranks.append(mates[0][0] if mates else 0)
    answers.mates.append(mates[0][1].score if mates else 0.0)
    answers.others.append(others[0].score if others else 0.0)
    answers.top.append(others[0].person.id if others else "")
