"""The default minutiae finder: the LEADER network, run by a lean graph of our own."""

from engine.extractor.leader.finder import LeaderFinder

__all__ = ["LeaderFinder"]
