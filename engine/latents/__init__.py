"""Unsolved latents: prints of unknown persons from scenes of crime, and who is told of a match."""
