"""Fills and tends the gallery."""
