"""Limits and tuned numbers of image reading, each with its reason."""

MAX_BYTES = 32 * 1024 * 1024
"""Largest file. A raw 16-bit palm at 500 ppi (2750 x 4000) is 22 MB."""

MAX_SIDE = 10_000
"""Longest side in pixels: 20 inches at 500 ppi, 10 at 1000 ppi."""

MAX_PIXELS = 20_000_000
"""Most pixels, before and after rescaling: bounds memory to some tens of megabytes."""

MAX_SIDE_RATIO = 8
"""Longest side over shortest. A slap of four fingers is near 2, a swipe sensor below 4."""

MIN_SIDE = 50
"""Shortest side in pixels at 500 ppi: 2.5 mm, six ridges, hold no usable minutiae."""

MAX_PRINT_SIDE = 4095
"""Longest side in pixels at 500 ppi: 8 inches, a palm. Stored templates reach no further."""

MAX_CHUNKS = 20_000
"""Most PNG chunks; writers cut 20 megapixels into 8 KiB chunks at the smallest."""

MAX_SEGMENTS = 2_000
"""Most JPEG, JPEG 2000 and WSQ segments walked over; real files have tens."""

MAX_SCANS = 100
"""Most scans of a progressive JPEG (ten are usual): each costs a pass over all pixels."""

MAX_TILES = 1024
"""Most tiles of a TIFF or JPEG 2000 image: 4472 x 4472 in tiles of 140 x 140."""

MAX_LAYERS = 256
"""Most JPEG 2000 quality layers; the fingerprint profile (NIST SP 500-289) needs under 50."""

MIN_PRECINCT_EXPONENT = 5
"""Smallest JPEG 2000 precinct is 2**5 pixels a side, in pixels of the full image: smaller ones
only eat memory. Common writers stay above 2**7."""

MIN_PLAUSIBLE_PPI = 300.0
MAX_PLAUSIBLE_PPI = 1200.0
"""Resolutions that metadata may claim. Fingerprint devices give 300 to 1200 ppi; 72, 96
and 150 are what programs write that know nothing of the scanner."""

MIN_GIVEN_PPI = 100.0
MAX_GIVEN_PPI = 4000.0
"""Resolutions that a caller may claim: 100 shows a ridge in two pixels, 4000 is a flatbed's
best."""

PPI_TOLERANCE = 0.01
"""Relative difference below which two resolutions count as equal: a rescale by under 1 %
blurs more than it corrects (500 ppi kept in whole pixels per cm or metre is off by 0.1 %)."""

WSQ_SECONDS = 20
"""Longest run of the WSQ decoder; 20 megapixels take about two seconds."""

WSQ_MEMORY = 1024 * 1024 * 1024
"""Address space of the WSQ decoder, bytes: it keeps about 20 bytes a pixel."""
