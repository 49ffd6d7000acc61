"""Fingerprints of nobody: a generator of our own, in the way of SFinGe.

A master finger grows from an orientation field and a ridge period map; impressions of it are
then taken under stated conditions. The same seeds give the same pixels.
"""

from benchmarks.synthetic.conditions import CLEAN, EVERYDAY, HARD_PARTIAL, WIDE_ROTATION, Conditions
from benchmarks.synthetic.impression import make_impression
from benchmarks.synthetic.master import Master, make_master
from benchmarks.synthetic.pattern import Pattern

__all__ = [
    "CLEAN",
    "EVERYDAY",
    "HARD_PARTIAL",
    "WIDE_ROTATION",
    "Conditions",
    "Master",
    "Pattern",
    "make_impression",
    "make_master",
]
