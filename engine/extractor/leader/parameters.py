"""Tuned numbers of the LEADER finder."""

from __future__ import annotations

MIN_RESPONSE = 0.2
"""Least blurred probability of a minutia. The authors' 0.6 suits lists for people; matching
gains by every weak but true one. Over the eight FVC B sets, mean EER in % / FNMR in % at a
pooled FMR of 10^-4: 0.3 gives 0.58 / 1.2, 0.25 0.46 / 1.1, 0.2 0.32 / 1.0, 0.15 0.40 / 1.1."""

BLUR_SIZE = 5
"""Gaussian over the probability before its maxima are taken, pixels (as in pyfing)."""

SUPPRESSION_SIZE = 7
"""A minutia is the maximum of a square of this side, pixels (as in pyfing)."""

CELL = 32
"""The network halves its input five times: sides are multiples of this, pixels."""

BLUR_SIGMA = 13 / 6
"""Blur of the gradient magnitude, pixels of the halved print (GMFS: 13/3 at full size)."""

STRENGTH = 0.12
"""Part of the strong gradients' magnitude that counts as ridges. GMFS's 0.2 leaves out faint
parts of dry prints: 5 of 1000 clear minutiae were lost with it, 1 of 1000 with 0.12."""

OPENING_SIZE = 9
"""What is narrower than this is no part of a print, pixels of the halved print."""

MIN_PART = 0.05
"""Parts smaller than this share of the largest are dust on the sensor."""

MARGIN = 16
"""Empty rim kept around the ridges, pixels: the network wants to see where a print ends.
With it, 99.8 % of the clear minutiae (response over 0.6) of the whole frame are found again
within 2 pixels; without, 99.6 % for 8 % less area (80 prints of FVC2000 and FVC2002)."""

CONTEXT_MARGIN = 12
"""Margin around the ridges that is computed, pixels of the halved print. Of the minutiae of the
whole window 99.2 % are found again within 2 pixels, of the clear ones (response over 0.6) 99.9 %
(640 prints of FVC2000 and FVC2002), for 15 % less time; error rates do not change. The next
8 pixels cost 8 %."""

HEAD_MARGIN = 4
"""Margin around the ridges in which minutiae are looked for, pixels of the halved print. Hardly
any lie farther out."""
