"""From which score on a print is worth the attention of a latent's examiner, unasked.

Scores of small parts of a finger lie higher by chance than those of whole prints, so the
calibration of whole prints does not hold: with 20 minutiae six times as many chance matches reach
the score that it states one in 10^4 for. The scores here are those that one in 10^5 impostor
comparisons reached, and mates reach them in 97 % (40 minutiae), 87 % (20), 67 % (12), 47 % (8) and
5 % (5): 400,000 at each number of minutiae, parts of 640 prints of FVC2000 and FVC2002
marked as an examiner would (`benchmarks.protocols.cropping`) against all prints of other fingers.

One in 10^5 is chosen so that a bureau with a thousand unsolved latents gets one false alert in a
hundred new prints: about one in ten persons enrolled by the whole network, for which an examiner
needs a minute. It does not follow the size of the gallery, which would tell an owner how many
latents others hide.
"""

from __future__ import annotations

import numpy as np

ALERT_FMR = 1e-5
"""Share of comparisons with prints of other fingers that raise an alert."""

MINUTIAE = (5.0, 8.0, 12.0, 20.0, 40.0)
SCORES = (0.375, 0.309, 0.289, 0.243, 0.215)
"""Score by number of minutiae of the latent; the lines between are straight."""


def alert_score(minutiae: int) -> float:
    """Least score of an alert about a latent with so many minutiae."""
    return float(np.interp(minutiae, MINUTIAE, SCORES))
