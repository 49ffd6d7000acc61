"""Protocols: what is compared with what, and which figures come of it."""

from benchmarks.protocols.base import Plan, Protocol
from benchmarks.protocols.catalogue import PROTOCOLS

__all__ = ["PROTOCOLS", "Plan", "Protocol"]
