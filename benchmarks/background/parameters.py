"""Numbers of the background galleries. Lengths are pixels at 500 ppi (19.7 px a millimetre).

Unless said otherwise they are fitted to the minutiae that LEADER finds in the six real sensors'
sets of FVC2000 B and FVC2002 B (480 prints). Kernels take them as arguments: compiled code kept on
disk must not outlive a changed number.
"""

from __future__ import annotations

from statistics import NormalDist
from typing import NamedTuple


class FlowNumbers(NamedTuple):
    """The ridge flow; see `benchmarks.synthetic.parameters`.

    Attributes:
        loop_tightness, loop_reach: as in the image generator; half as tight as there, because a
            tight loop has nearly parallel legs, and real minutiae beside the core turn more.
        bend: deviation of the coefficients of individual bends, radians; the bends themselves have
            half of it. With less, pairs of minutiae 50 pixels apart agree too well.
        bend_scale: distance of these coefficients.
    """

    loop_tightness: float = 0.383
    loop_reach: float = 130.0
    bend: float = 0.225
    bend_scale: float = 66.3


class PointNumbers(NamedTuple):
    """Where minutiae lie on a finger and which way they point.

    Attributes:
        half_width, bottom, top: the skin that may touch: from the axis, and above the crease;
            wide enough for the largest contact, no wider, because time grows with it.
        density, density_spread: minutiae a square pixel where the flow is straight; deviation of
            its logarithm between fingers, from the counts of prints.
        person_share: how much of that is the person's; a guess.
        crowding: largest density over that of straight flow.
        hard_core, soft_core: no two lie nearer than the first (LEADER reads them as one); up to
            the second some are missing. From the distances to the nearest minutia.
        period: pixels from ridge to ridge, as in the image generator.
        fanning: minutiae that are there over those that fanning ridges demand; above 1, because
            real flow bends more sharply near cores and deltas than the model's. The tail of the
            similarity of impostors' index codes depends on it most of all.
        downward, inward, turning: log odds of pointing down above this height, and of pointing
            to the axis below it. From maps of mean directions: of real minutiae 60 pixels above
            the middle of a print six in ten point down, 80 below it six in ten inwards.
        pair_reach: up to here minutiae influence each other's polarity.
        pair_near, pair_far: log odds of the same polarity at the hard core and at `pair_peak`: of
            real pairs 10 pixels apart 60 % point against each other, of those 26 apart 35 %.
        pair_peak: distance of the strongest likeness.
        facing, facing_reach: log odds of pointing towards a neighbour, and where they end: real
            minutiae have an opposite one 20 pixels ahead twice as often as behind.
        deviation: lasting deviation of directions from the flow, radians.
        bifurcations: share of them.
    """

    half_width: float = 195.0
    bottom: float = 80.0
    top: float = 520.0
    density: float = 0.00069
    density_spread: float = 0.184
    person_share: float = 0.5
    crowding: float = 2.7
    hard_core: float = 8.75
    soft_core: float = 12.8
    period: float = 9.2
    fanning: float = 1.7
    downward: float = 1.0
    inward: float = 0.9
    turning: float = 238.0
    pair_reach: float = 97.5
    pair_near: float = -2.53
    pair_far: float = 0.056
    pair_peak: float = 16.6
    facing: float = 1.42
    facing_reach: float = 25.7
    deviation: float = 0.122
    bifurcations: float = 0.33


class CaptureNumbers(NamedTuple):
    """What differs between two impressions of a finger.

    From genuine scores, and from what is left between mates after alignment: 2 pixels and 0.07
    radians in the median of real ones.

    Attributes:
        lost_below, loss_spread: clarity (standard normal) under which a minutia is not found,
            and how it differs between impressions.
        invented: minutiae found that are none, as a share of the true ones; few, because what
            LEADER finds wrongly it finds again in the next print.
        invented_noise: deviation of their directions from the flow, radians.
        place_noise, direction_noise: deviations, pixels and radians.
        direction_outliers: share of directions with four times that noise.
        mistyped: share of types read wrong; a guess, no step of ours looks at types.
        severity: deviation of the logarithm of a factor of the next three and of the turn: some
            prints are taken badly.
        shift: deviation of the contact's middle along the finger; across it is half of that.
        drag: deviation of the skin's displacement at the rim of the contact.
        stretch, stretch_scale: deviation of smooth local displacements and their scale.
        quality_rise: how fast quality rises with clarity.
        clarity_share: how much of a minutia's quality is its own rather than the impression's.
    """

    lost_below: float = -1.05
    loss_spread: float = 0.376
    invented: float = 0.02
    invented_noise: float = 0.376
    place_noise: float = 0.6
    direction_noise: float = 0.033
    direction_outliers: float = 0.0742
    mistyped: float = 0.12
    severity: float = 0.7
    shift: float = 16.0
    drag: float = 5.0
    stretch: float = 2.6
    stretch_scale: float = 80.0
    quality_rise: float = 1.9
    clarity_share: float = 0.85


def _limits(*shares: float) -> tuple[float, float, float]:
    """Where the standard normal reaches these shares."""
    arches, radial, ulnar = (NormalDist().inv_cdf(share) for share in shares)
    return arches, radial, ulnar


class PeopleNumbers(NamedTuple):
    """How pattern classes are spread over fingers and persons.

    Attributes:
        limits: thumb to little finger: ends of arches, radial loops and ulnar loops on the scale
            of a standard normal. Rounded from the usual tables of dermatoglyphics and scaled to
            the natural frequencies over all fingers (`synthetic.pattern`); good to a few percent.
        pattern_share: how much of a finger's place on this scale is its person's. A guess near the
            correlation of ridge counts between fingers of a hand.
    """

    limits: tuple[tuple[float, float, float], ...]
    pattern_share: float = 0.5


class Scanner(NamedTuple):
    """One way of taking prints.

    Attributes:
        share: of the prints taken so.
        width, height: of the image.
        half_width, half_length: of the contact, mean over fingers.
        spread: deviation of the logarithm of these.
        turn: deviation of rotations, radians.
        found: density of minutiae found, relative to the mean of all scanners.
    """

    share: float
    width: float
    height: float
    half_width: float
    half_length: float
    spread: float
    turn: float
    found: float


class Numbers(NamedTuple):
    """All numbers of a gallery.

    Attributes:
        flow, points, people, capture: see there.
        scanners: ways of taking prints; all prints of a person are taken by one.
    """

    flow: FlowNumbers
    points: PointNumbers
    people: PeopleNumbers
    capture: CaptureNumbers
    scanners: tuple[Scanner, ...]


PLAIN = Numbers(
    FlowNumbers(),
    PointNumbers(),
    PeopleNumbers(
        limits=(
            _limits(0.035, 0.040, 0.585),
            _limits(0.150, 0.330, 0.690),
            _limits(0.090, 0.115, 0.840),
            _limits(0.035, 0.045, 0.580),
            _limits(0.020, 0.023, 0.870),
        ),
    ),
    CaptureNumbers(),
    (
        Scanner(1 / 6, 374, 388, 122, 165, 0.11, 0.12, 1.0),
        Scanner(1 / 6, 260, 492, 122, 185, 0.11, 0.12, 1.06),
        Scanner(1 / 6, 300, 300, 100, 118, 0.14, 0.12, 0.95),
        Scanner(1 / 6, 300, 300, 142, 172, 0.10, 0.12, 0.92),
        Scanner(1 / 6, 256, 364, 122, 172, 0.11, 0.12, 1.0),
        Scanner(1 / 6, 448, 478, 157, 193, 0.20, 0.15, 0.56),
    ),
)
"""Plain prints as in the FVC: six scanners, each with the image size and, in the median, the hull
of the minutiae and their number of one set: DB1, DB2 and DB3 of FVC2002, then of FVC2000."""

ROLLED = PLAIN._replace(
    points=PLAIN.points._replace(half_width=225.0, bottom=50.0, top=545.0),
    scanners=(Scanner(1 / 6, 600, 600, 205, 225, 0.08, 0.08, 0.9),) * 6,
)
"""Prints rolled from nail to nail, as on tenprint cards. Not fitted: there were no real ones; the
finger is that of `PLAIN`, seen as a whole. Six scanners alike, so that the kernels that were
compiled for `PLAIN` serve here too."""
