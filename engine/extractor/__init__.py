"""An image to its template: minutiae and quality."""

from engine.extractor.extraction import Extractor, extractor_name, make_extractor

__all__ = ["Extractor", "extractor_name", "make_extractor"]
