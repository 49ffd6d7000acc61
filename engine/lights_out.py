"""What a rule says of a search without people: a hit, no hit, or that people must look.

It is no identification and opens no hit record: two examiners do. It says which searches need not
wait for them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from engine.calibration.model import Calibration
from engine.errors import BadRequest

DEFAULT_FMR = 1e-6
"""One chance match in a million comparisons: what is measured ends at 1e-5."""

STRICTEST, LOOSEST = 1e-9, 1e-2
"""Beyond the first a fitted tail says nothing any more; above the second every search is a hit."""

DOUBT = 100.0
"""Times the stated rate up to which a score is neither a hit nor none."""

SURE_MINUTIAE = 20
"""With fewer minutiae of the probe a mate may be missed: of 12 minutiae 7 % were, of 80 fingers."""


class Outcome(StrEnum):
    """What the rule says."""

    HIT = "hit"
    NO_HIT = "no_hit"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class LightsOut:
    """A decision by rule that is asked for.

    Attributes:
        fmr: largest false match rate of a comparison with a hit.
    """

    fmr: float = DEFAULT_FMR

    def __post_init__(self) -> None:
        """Check the rate.

        Raises:
            BadRequest: it is out of range.
        """
        if not STRICTEST <= self.fmr <= LOOSEST:
            raise BadRequest(f"fmr {self.fmr:g}: use {STRICTEST:g} to {LOOSEST:g}")


@dataclass(frozen=True, slots=True)
class Decided:
    """What the rule says.

    Attributes:
        outcome: hit, no hit, or undecided.
        reason: in words.
        rule: the rule in words, with its numbers.
        fmr: as stated.
        hit_score, doubt_score: from which on a score is a hit, and a doubt; None without a
            calibration.
    """

    outcome: Outcome
    reason: str
    rule: str
    fmr: float
    hit_score: float | None
    doubt_score: float | None


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rule looks at.

    Attributes:
        scores: of the first two candidates' best prints, falling.
        calibrated: whether a calibration holds for the first.
        whole: whether all shards were searched.
        probes: number of prints that were searched together.
        minutiae: least number of minutiae of a probe.
    """

    scores: Sequence[float]
    calibrated: bool
    whole: bool
    probes: int
    minutiae: int


def decide(asked: LightsOut, facts: Facts, calibration: Calibration | None) -> Decided:
    """Apply the rule.

    A rate holds for each comparison with one print of a person, so several prints share it.
    """
    share = asked.fmr / facts.probes
    hit = calibration.score_at_fmr(share) if calibration else None
    doubt = calibration.score_at_fmr(min(1.0, share * DOUBT)) if calibration else None
    if hit is None or doubt is None:
        rule = "no threshold of a calibration: people decide"
        return Decided(Outcome.UNDECIDED, "no calibration reaches", rule, asked.fmr, None, None)
    rule = (
        f"hit: one person alone reaches {hit:.3f} (FMR {share:g}) and no other {doubt:.3f}; "
        f"no hit: nobody reaches {doubt:.3f} (FMR {share * DOUBT:g}) and each probe has "
        f"{SURE_MINUTIAE} minutiae; all shards searched; else undecided"
    )
    outcome, reason = _outcome(facts, hit, doubt)
    return Decided(outcome, reason, rule, asked.fmr, hit, doubt)


def _outcome(facts: Facts, hit: float, doubt: float) -> tuple[Outcome, str]:
    """What the scores say, and why; the first that is so counts."""
    first, second = [*facts.scores[:2], 0.0, 0.0][:2]
    rules = (
        (not facts.whole, Outcome.UNDECIDED, "a shard could not be searched"),
        (first > 0 and not facts.calibrated, Outcome.UNDECIDED, "no calibration holds"),
        (second >= doubt, Outcome.UNDECIDED, "more than one person is like the probe"),
        (first >= hit, Outcome.HIT, "one person alone is like the probe"),
        (first >= doubt, Outcome.UNDECIDED, "the score is doubtful"),
        (facts.minutiae < SURE_MINUTIAE, Outcome.UNDECIDED, "too few minutiae to rule people out"),
        (True, Outcome.NO_HIT, "nobody is like the probe"),
    )
    return next((outcome, reason) for so, outcome, reason in rules if so)
