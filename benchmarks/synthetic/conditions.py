"""Under what conditions an impression is taken."""

from __future__ import annotations

from dataclasses import dataclass

Range = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Conditions:
    """What may happen to an impression; pairs are the bounds of an even draw.

    Attributes:
        height, width: the picture in pixels at 500 ppi.
        rotation: degrees, with either sign.
        shift: largest displacement of the finger in the picture, pixels.
        area: length and width of the contact, 1 for a usual flat finger.
        off_centre: pixels by which the contact misses the middle of the pad, any direction.
        distortion: displacement of the skin by shear and twist, pixels at the rim.
        moisture: below 0 dry (thin, broken ridges), above 0 wet (thick, merging ones).
        unevenness: change of the pressure over the contact, in units of `moisture`.
        roughness: raggedness of the ridges' edges, in units of ridge height.
        pores: how clearly sweat pores show, 0 to 1.
        scratches: expected number of thin white lines.
        blots: expected number of spots where the finger is too wet or does not touch.
        noise: deviation of the sensor's noise in grey levels.
        paper: grey level of the empty sensor.
    """

    height: int = 400
    width: int = 352
    rotation: Range = (0.0, 15.0)
    shift: float = 12.0
    area: Range = (0.85, 1.0)
    off_centre: Range = (0.0, 25.0)
    distortion: Range = (2.0, 10.0)
    moisture: Range = (-0.6, 0.4)
    unevenness: float = 0.32
    roughness: float = 0.42
    pores: float = 0.35
    scratches: float = 2.0
    blots: float = 4.0
    noise: float = 4.0
    paper: Range = (225.0, 250.0)


CLEAN = Conditions(
    height=512,
    width=384,
    rotation=(0.0, 3.0),
    shift=3.0,
    area=(1.0, 1.08),
    off_centre=(0.0, 6.0),
    distortion=(0.0, 2.0),
    moisture=(-0.15, 0.05),
    unevenness=0.08,
    roughness=0.15,
    pores=0.2,
    scratches=0.0,
    blots=0.0,
    noise=2.0,
)
"""A careful enrolment of the whole pad."""

EVERYDAY = Conditions()
"""What a clerk gets at a counter."""

WIDE_ROTATION = Conditions(height=432, width=400, rotation=(15.0, 45.0))
"""As everyday, but the finger lies aslant."""

HARD_PARTIAL = Conditions(
    height=320,
    width=304,
    rotation=(20.0, 45.0),
    shift=18.0,
    area=(0.58, 0.74),
    off_centre=(25.0, 65.0),
    distortion=(4.0, 12.0),
    moisture=(-0.75, 0.65),
    unevenness=0.4,
    roughness=0.5,
    pores=0.5,
    scratches=4.0,
    blots=7.0,
    noise=11.0,
    paper=(185.0, 235.0),
)
"""Partial, rotated and noisy: half of the pad or less, dry or wet."""
