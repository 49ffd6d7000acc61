"""Searches in galleries of up to a million fingers: real mates in a synthetic background."""
