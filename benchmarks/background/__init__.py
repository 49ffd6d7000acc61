"""Synthetic templates in any number, to be enrolled beside real prints: minutiae, no images."""

from benchmarks.background.chunk import Chunk
from benchmarks.background.gallery import background, impressions, make_chunk
from benchmarks.background.parameters import PLAIN, ROLLED, Numbers

__all__ = ["PLAIN", "ROLLED", "Chunk", "Numbers", "background", "impressions", "make_chunk"]
