"""Every tuned number of the classical finder, with its unit and its reason.

Lengths are pixels at 500 ppi. They were chosen on FVC2002 and FVC2000 B, by how well the
minutiae found agree with those of the LEADER network over all eight sets at once, and checked
by the error rates of one matcher; neighbouring values score alike unless a comment says so.
"""

from __future__ import annotations

from dataclasses import dataclass

SHRINK = 2
"""Full size over working size. Ridges are 5 to 16 px apart, so at half size each still has two
to eight samples, while a filter has a quarter of the pixels and of the taps. Full size found no
better minutiae in three times the time."""

GRID = 2
"""Working size over the size of the grid of slopes, which are smoothed over many pixels anyway."""


@dataclass(frozen=True, slots=True)
class Segmentation:
    """Where there is a print: where slopes are steep and agree in their axis."""

    noise_blur: float = 1.4  # just takes the grain of the sensor off the slopes
    flow_blur: float = 7.0  # noise has no axis: over 7 px its slopes cancel
    region_blur: float = 8.0  # bridges a ridge or two
    share: float = 0.2  # of the steep parts; 0.3 cuts the faint half of an uneven print off
    steep: float = 95.0  # percentile that stands for the steep parts
    least_slope: float = 1.0  # grey levels a pixel; a blank platen stays below
    closing: float = 8.0  # gaps up to twice this are part of the print
    opening: float = 12.0  # tongues narrower than twice this are not
    least_area: float = 3000.0  # square px: a finger tip of 3 mm; below it nothing is found


@dataclass(frozen=True, slots=True)
class Normalisation:
    """Local mean 0 and deviation 1."""

    blur: float = 8.0  # about a ridge period; 12 leaves the shading of wet prints in
    floor: float = 3.0  # grey levels; flatter neighbourhoods are not blown up to ridges


@dataclass(frozen=True, slots=True)
class Orientation:
    """Smoothing of the axis of the ridges."""

    coarse: tuple[float, ...] = (7.0, 14.0, 28.0)  # small for cores, large for creases
    trust: float = 3.0  # power of coherence by which a scale counts
    fine: float = 7.0  # on the enhanced image, whose noise is gone
    rim: int = 2  # working px of the mask's rim whose slopes are the mask's, not the ridges'


@dataclass(frozen=True, slots=True)
class Period:
    """Distance between ridges."""

    step: int = 12  # a period changes slowly: one measurement in 12 px is plenty
    half_length: int = 20  # across the ridges: two of the widest periods in sight
    half_width: int = 8  # along the ridges: longer runs off the ridge where it bends
    shortest: float = 4.5
    longest: float = 16.0
    least_peak: float = 0.25  # autocorrelation; lower is noise
    blur: float = 24.0
    outlier: float = 0.3  # of the neighbourhood's period; further off is a harmonic
    typical: float = 9.0  # where nothing can be measured: adults at 500 ppi


@dataclass(frozen=True, slots=True)
class Enhancement:
    """The bank of even Gabor filters."""

    angles: int = 36  # steps of 5 degrees: a fifth of a filter's bandwidth
    periods: int = 14  # from the shortest to the longest period
    size: int = 16  # working px square; rows of 16 fill the processor's vectors
    # Deviations of the window, in periods. A wider one smears minutiae away, 0.42 across lost
    # one in ten; a shorter one leaves breaks open.
    across: float = 0.24
    along: float = 0.55


@dataclass(frozen=True, slots=True)
class Tracing:
    """Following a line from its end."""

    longest: int = 24  # steps; further along tells nothing more of the end
    shortest: int = 4  # steps; a shorter line is a speck
    aim: int = 16  # steps to the point that gives the direction
    # Px that a minutia lies beyond the tip: thinning stops short of the end of a ridge, and the
    # end of a valley short of the fork around it. Measured against LEADER.
    ending_shift: float = 0.8
    bifurcation_shift: float = 1.5
    border: float = 3.0  # px of the mask's rim where every line ends


@dataclass(frozen=True, slots=True)
class Quality:
    """How likely an end is a minutia: logistic regression; labels were LEADER's minutiae.

    Weights from FVC2002 B alone and from FVC2000 B alone differ little, and either year's
    rank the candidates of the other as well as their own (area under the curve 0.97).
    Weights are a logit for each unit: px, `enhance`'s amplitude, radians.
    """

    # Px from which on a neighbour, the rim and a fork tell nothing more.
    reach: float = 20.0
    border_reach: float = 40.0
    fork_reach: float = 15.0
    strength_blur: float = 8.0  # the ridge itself and its neighbours
    bias: float = -11.75
    border: float = 0.039
    trace: float = 0.059
    fork: float = -0.264
    facing: float = 0.12
    opposed: float = -0.092
    near: float = 0.204
    strength: float = 18.2
    askew: float = -1.2
    least: float = 0.2  # weak ones still help to match: pooled EER 1.3 %, from 0.3 on 1.5 %


@dataclass(frozen=True, slots=True)
class View:
    """The enhanced image that people look at."""

    steepness: float = 3.0  # a clear ridge is black, and a faint one still grey, not gone


SEGMENTATION = Segmentation()
NORMALISATION = Normalisation()
ORIENTATION = Orientation()
PERIOD = Period()
ENHANCEMENT = Enhancement()
TRACING = Tracing()
QUALITY = Quality()
VIEW = View()
