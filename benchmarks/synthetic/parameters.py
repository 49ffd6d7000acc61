"""Tuned numbers of the generator. Lengths are pixels at 500 ppi (19.7 px a millimetre)."""

from __future__ import annotations

MASTER_HEIGHT = 576
MASTER_WIDTH = 416
"""The last joint of a large finger, 29 x 21 mm; even, because ridges grow at half size."""

CREASE_ROW = 556
"""Row of the flexion crease, the real axis of the orientation model."""

OUTLINE_POWER = 2.6
"""Superellipse of the skin that is grown: between an oval and a box, as a finger's pad is."""

LOOP_TIGHTNESS = 0.75
"""How much faster than a confocal parabola a loop turns at its core (0 to 1): real loops have
nearly parallel legs. The smooth counterpart of the piecewise correction of Vizcaya and Gerhardt
(Pattern Recognition 29, 1996)."""

LOOP_REACH = 130.0
"""Distance from the core at which that correction has faded to 1/e."""

FLOW_NOISE = 0.05
FLOW_NOISE_SCALE = 64
"""Individual bends of the ridge flow: radians, and the grid that they are drawn on. Above 0.1
the flow looks drunk; without it all fingers of a class look printed from one plate."""

PERIOD_MEAN = 9.4
PERIOD_SPREAD = 0.45
PERIOD_NOISE = 0.04
PERIOD_NOISE_SCALE = 96
PERIOD_CORE_CHANGE = -0.05
PERIOD_CREASE_CHANGE = 0.14
PERIOD_LIMITS = (7.5, 12.0)
"""Ridge period: mean and spread between fingers, slow change within one, finer at the core and
coarser at the crease, as in adults' prints (0.46 to 0.5 mm)."""

GABOR_SIGMA = 0.4
"""Width of the filter across the ridge, in periods: the SFinGe value, sqrt(9 / (8 ln 1000))
periods, with which three half periods fit in the window."""

GABOR_STRETCH = 1.2
"""Length of the filter along the ridge over its width. Rounder filters leave more minutiae than
real fingers have, longer ones cannot follow the core."""

ORIENTATION_STEPS = 48
PERIOD_STEPS = 8
"""Size of the filter bank: half a step of orientation is 1.9 degrees."""

SEED_DENSITY = (0.008, 0.08)
"""Share of the half-size pixels in which a ridge starts to grow; fingers differ, evenly in the
logarithm. Fronts that meet out of step make the minutiae: more seeds, more of them. Chosen so
that LEADER finds 0.2 a square millimetre, as in FVC2002."""

GROWTH_STEPS = 17
"""Iterations of filtering. Fewer leave blurred fronts; at 36 a third of the minutiae is gone."""

GROWTH_GAIN = 2.5
"""Slope of the saturation after each step; under 1.5 ridges fade, over 3 the seeds' noise stays."""

LINEAR_GAIN = 0.1
"""Slope of the one step that must not saturate: tanh(0.1) is 0.1 within half a percent."""

RIDGE_CONTRAST = 1.6
"""Slope of the last saturation: the profile of a ridge between a sine and a step."""

WAVINESS = 0.55
WAVINESS_SCALE = 14
"""Small bends of single ridges: displacement in pixels, and their scale."""

THICKNESS_NOISE = 0.16
THICKNESS_NOISE_SCALE = 22
"""Lasting differences of ridge thickness along the finger, in units of ridge height."""

PORE_SHARE = 0.8
"""Share of the candidates that become pores: with one candidate in 5 x 5 pixels, and a crest
under a quarter of them, a pore about every 10 pixels of ridge."""
