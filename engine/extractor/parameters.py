"""Tuned numbers of what is common to all extractors: ridge analysis, refusals and quality.

The limits were chosen on 640 prints of FVC2000 and FVC2002 (all accepted) and some 40 other
pictures: photographs, pages, noise, brickwork (all refused).
"""

from __future__ import annotations

SHRINKING = 2
"""Ridges are analysed at half size: the finest (5 pixels) are kept, noise is halved."""

BLOCK = 16
"""Side of an analysed block, pixels of the shrunk print: two to four ridges."""

BLOCK_STEP = 8
"""Distance of the blocks, pixels of the shrunk print."""

MIN_PERIOD = 4.4
MAX_PERIOD = 15.0
"""Ridge periods at 500 ppi, pixels, from small children to wide ridges of grown men."""

MIN_CONTRAST = 4.0
"""Least standard deviation of the grey levels of a block in which anything is seen."""

MIN_CLARITY = 0.35
"""Least clarity of a block with ridges."""

MIN_FLOW = 0.6
"""Least agreement of such a block's direction with its eight neighbours."""

MIN_RIDGE_BLOCKS = 6
SURE_RIDGE_BLOCKS = 12
"""Ridge blocks of a print: 12 are about 3000 pixels, 8 mm2. Real prints had 27 and more."""

MIN_RIDGE_SHARE = 0.04
SURE_RIDGE_SHARE = 0.075
"""Share of ridge blocks among the blocks with contrast. Real prints had 0.10 and more, other
pictures 0.055 and less. Between the two limits the minutiae decide: a smeared print on a dirty
sensor has good ones, a photograph has not."""

MIN_GOOD_MINUTIAE = 8
"""Good minutiae that a doubtful picture must have; photographs and texts had none or one by the
network, up to six of camera pictures by image processing."""

MIN_SIDE = 64
"""Least width and height of a print, pixels: 3 mm."""

MAX_AREA = 2_500_000
"""Largest print, pixels: four fingers of a hand, 1600 x 1500. A network's memory grows with
the area, about 1 GB here."""

MIN_MINUTIAE = 6
"""With fewer, chance decides a comparison."""

CLEAR_RIDGES = 0.6
"""Clarity from which on ridges count as clear in the quality."""

CLEAR_BLOCKS_SCALE = 256
"""Blocks of a well captured finger: 256 x 256 pixels."""

GOOD_MINUTIA = 60
"""Quality from which on a minutia counts in the quality of its print."""

MINUTIAE_SCALE = 60
"""Minutiae of a well captured finger."""

FLOW_WEIGHT, CLEAR_WEIGHT, MINUTIAE_WEIGHT, QUALITY_OFFSET = 58.9, 22.2, 19.3, -18.3
"""Least squares fit of the three parts to NFIQ 2, see `quality.py`."""
