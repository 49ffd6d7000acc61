"""Fits what scores are worth to measured comparisons, and checks the fit on sets left out."""
