"""Minutiae records: our binary form and the exchange formats."""

from engine.templates.binary import decode, encode, quantise
from engine.templates.finger_view import FingerView
from engine.templates.iso19794_2 import read_iso, write_iso

__all__ = ["FingerView", "decode", "encode", "quantise", "read_iso", "write_iso"]
