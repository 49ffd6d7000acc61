"""Thousands of searches at once, sharing the work between them."""
