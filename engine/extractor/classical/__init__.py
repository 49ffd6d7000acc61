"""Minutiae by image processing alone: contextual filtering, thinning, crossing number."""
