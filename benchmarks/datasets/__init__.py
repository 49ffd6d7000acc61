"""Prints with the truth about whose they are."""

from benchmarks.datasets.opening import open_dataset
from benchmarks.datasets.prints import Dataset, Print, PrintSet

__all__ = ["Dataset", "Print", "PrintSet", "open_dataset"]
