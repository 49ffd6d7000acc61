"""An image to its template: minutiae and quality."""

from engine.extractor.extraction import Extractor, make_extractor

__all__ = ["Extractor", "make_extractor"]
