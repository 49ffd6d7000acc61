"""What a search is asked and what it answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.calibration.model import Calibrated
from engine.errors import BadRequest
from engine.fingers import Finger
from engine.latents.latent import Latent
from engine.lights_out import Decided, LightsOut
from engine.matcher.alignment import Transform
from engine.members import regions
from engine.notices import Notice
from engine.persons import GalleryKind, Person
from engine.records import Template
from engine.search_modes import SearchMode

MAX_TOP = 100
"""Most candidates that an answer may hold."""


@dataclass(frozen=True, slots=True)
class ImageFile:
    """An image as it came.

    Attributes:
        data: bytes of the file.
        name: for messages.
        ppi: resolution if the sender knows it, pixels per inch.
    """

    data: bytes = field(repr=False)
    name: str
    ppi: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class FingerProbe:
    """A print of a known finger.

    Attributes:
        probe: an image, or a template that was extracted before.
        finger: which finger it is.
    """

    probe: ImageFile | Template
    finger: Finger


@dataclass(frozen=True, slots=True, eq=False)
class SearchRequest:
    """One print to be identified, or prints of several fingers of one person.

    Attributes:
        probe: an image, or a template that was extracted before.
        finger: which finger it is, if known; then only this finger and prints of unknown finger
            are compared.
        regions: regions to search.
        mode: what the probe is, and which gallery is searched.
        top: most candidates wanted.
        exhaustive: compare exactly with every print, without the index; for measuring the index.
        others: prints of further fingers of the same person; then all fingers must be known.
        leave_out: number in the index of what must not be found: a latent that is searched itself.
        decision: whether candidates are all that is wanted, or what a rule says of the first too.
    """

    probe: ImageFile | Template
    finger: Finger = Finger.UNKNOWN
    regions: tuple[str, ...] = field(default_factory=regions)
    mode: SearchMode = SearchMode.PRINTS
    top: int = 20
    exhaustive: bool = False
    others: tuple[FingerProbe, ...] = ()
    leave_out: int | None = None
    decision: LightsOut | None = None

    def __post_init__(self) -> None:
        """Check the number of candidates, and that several prints are of different fingers.

        Raises:
            BadRequest: the number is out of range, a finger is unknown or comes twice, a latent
                does not come alone, or a rule is to decide on latents.
        """
        if not 1 <= self.top <= MAX_TOP:
            raise BadRequest(f"top is {self.top}, it must be from 1 to {MAX_TOP}")
        fingers = [one.finger for one in self.probes]
        if self.others and Finger.UNKNOWN in fingers:
            raise BadRequest("several prints are searched together only if each names its finger")
        twice = sorted({one.label for one in fingers if fingers.count(one) > 1})
        if twice:
            raise BadRequest(f"{', '.join(twice)}: more than one print of a finger")
        if self.others and self.mode.is_of_latent:
            raise BadRequest(f"mode {self.mode}: a latent is searched alone")
        if self.decision is not None and self.mode is not SearchMode.PRINTS:
            raise BadRequest(f"mode {self.mode}: what concerns latents is decided by people alone")

    @property
    def kind(self) -> GalleryKind:
        """The gallery that is searched."""
        return self.mode.gallery

    @property
    def probes(self) -> tuple[FingerProbe, ...]:
        """All prints."""
        return (FingerProbe(self.probe, self.finger), *self.others)


@dataclass(frozen=True, slots=True)
class PairedMinutia:
    """Two minutiae that coincide, in pixels at 500 ppi of their own images (y down).

    Attributes:
        probe, candidate: x, y and direction (radians, counter-clockwise as seen).
    """

    probe: tuple[float, float, float]
    candidate: tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class FingerScore:
    """One of a candidate's prints.

    Attributes:
        print_id: number of the print.
        finger: its position.
        score: of the exact comparison, 0 to 1.
        calibrated: what the score is worth; None if no calibration holds for the two prints.
        quality: of the print, 0 to 100.
        probe: number of the probe that it was compared with, from 0.
    """

    print_id: int
    finger: Finger
    score: float
    calibrated: Calibrated | None
    quality: int
    probe: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """A person whose prints are like the probes. A candidate is a lead, not an identification.

    Attributes:
        rank: from 1.
        score: of the best print, 0 to 1.
        calibrated: what the score is worth; None if no calibration holds for the two prints.
        gap_to_next: how far what ranks the person lies above the next person's: the score, or of
            several fingers the evidence; None for the last compared.
        person: who.
        region: of the person's bureau.
        fingers: the person's compared prints, best first.
        notices: published notices about the person.
        pairs: minutiae of the best print and its probe that coincide.
        transform: from that probe to the best print; None if nothing coincides.
        evidence: of several fingers together: log10 of how many times likelier their scores are
            for one person than for two; None for a single finger, or without a calibration.
    """

    rank: int
    score: float
    calibrated: Calibrated | None
    gap_to_next: float | None
    person: Person
    region: str
    fingers: tuple[FingerScore, ...]
    notices: tuple[Notice, ...]
    pairs: tuple[PairedMinutia, ...]
    transform: Transform | None
    evidence: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class LatentCandidate:
    """An unsolved latent that is like a probe. It is a lead, not an identification.

    No calibration says what its score is worth: see `engine.latents.alarm`.

    Attributes:
        rank: from 1.
        score: 0 to 1.
        gap_to_next: how far the score lies above the next latent's; None for the last compared.
        latent: which, as the asker may see it.
        region: of its owner.
        probe: number of the probe that it is most like, from 0.
        pairs: minutiae of that probe and the latent that coincide.
        transform: from that probe to the latent; None if nothing coincides.
    """

    rank: int
    score: float
    gap_to_next: float | None
    latent: Latent
    region: str
    probe: int
    pairs: tuple[PairedMinutia, ...]
    transform: Transform | None


@dataclass(frozen=True, slots=True, eq=False)
class SearchAnswer:
    """The ranked answer.

    Attributes:
        candidates: persons by falling score; none where latents are searched.
        probe: the template that was searched, the first of several.
        searched: number of prints in the shards searched, after removals and finger.
        compared: number of prints compared exactly.
        shards_searched: names of the shards.
        shards_failed: shards that could not be searched, with the reason.
        times: milliseconds of each stage, in order.
        others: the templates of further fingers.
        mode: as asked.
        latents: unsolved latents by falling score, where those are searched.
        decided: what the rule says, if one was asked for.
    """

    candidates: tuple[Candidate, ...]
    probe: Template
    searched: int
    compared: int
    shards_searched: tuple[str, ...]
    shards_failed: Mapping[str, str]
    times: Mapping[str, float]
    others: tuple[Template, ...] = ()
    mode: SearchMode = SearchMode.PRINTS
    latents: tuple[LatentCandidate, ...] = ()
    decided: Decided | None = None
